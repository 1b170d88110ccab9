using VoiceClean.Files;
using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Mp3;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// Streams a file through libsndfile. What the library says about lengths is a hint only: it is wrong for damaged
/// files.
/// </summary>
internal sealed unsafe class SoundFileReader : IAudioReader
{
    // What the first frames of an MP3 that was cut in front refer to is not there, 511 bytes at most: no damage.
    private const int StartFrames = 8 * 1152;

    // A recording of 18 hours at the highest rate and channel count; above it libsndfile means "unknown".
    private const long LargestFrames = 18L * 3600 * 768_000;

    private readonly Stream _stream;
    private VirtualFile _file;
    private readonly long _length;
    private readonly List<Warning> _warnings = [];
    private readonly int[]? _order;
    private readonly bool _isMp3;
    private nint _handle;
    private long _delivered;
    private double? _damage;            // where the decoder first met something that it could not read [s]
    private bool _ended;

    /// <param name="stream">Readable and seekable; owned and disposed of unless this throws.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="frames">What was counted in an MP3 file; null for everything else.</param>
    public SoundFileReader(Stream stream, ContentType type, DecodeLimits limits, MpegStream? frames = null)
    {
        _stream = stream;
        _length = stream.Length;
        _isMp3 = frames is not null;
        _file = frames is null ? new VirtualFile(stream, Id3Tag.Skip(stream)) : OfFrames(frames);
        try
        {
            SoundFileLibrary.FileInfo info = Open(type);
            if (
                info.Channels < 1
                || info.SampleRate < 1
                || info.Channels > limits.MaxChannels
                || info.SampleRate > limits.MaxSampleRate)
            {
                throw new InputException(
                    ReasonCodes.TooLarge,
                    $"The file claims {info.Channels} channels at {info.SampleRate} Hz; at most {limits.MaxChannels} "
                        + $"channels at {limits.MaxSampleRate} Hz are read.");
            }

            uint[]? places = ChannelPlacesOf(type.Container, info.Channels);
            _order = places is null ? null : ChannelPlaces.Reorder(places);
            Format = new AudioFormat(info.SampleRate, info.Channels)
            {
                Container = type.Container,
                Decoder = "sndfile",
                BitDepth = BitDepth(info.Format),
                SpeakerMask = places?.Aggregate(0u, (mask, place) => mask | place) ?? 0,
            };
            Frames = frames?.Samples ?? (info.Frames is > 0 and < LargestFrames ? info.Frames : null);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public AudioFormat Format { get; }

    /// <summary>Samples per channel as counted (MP3) or claimed; null if unknown.</summary>
    public long? Frames { get; }

    public long? SampleCount => Frames * Format.Channels;

    public IReadOnlyList<Warning> Warnings =>
        _damage is not { } seconds ? _warnings
        : [.. _warnings, new Warning(WarningCodes.DamagedData, DamagedFrom(seconds))];

    private static string DamagedFrom(double seconds) => FormattableString.Invariant(
        $"The MP3 is damaged from about {seconds:0.0} s on; what could not be decoded is silent.");

    public int Read(Span<float> interleaved)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        int frames = interleaved.Length / Format.Channels;
        if (frames == 0)
        {
            throw new ArgumentException(
                $"The buffer must hold at least one frame of {Format.Channels} channels.",
                nameof(interleaved));
        }

        if (_ended)
        {
            return 0;
        }

        long read;
        fixed (float* samples = interleaved)
        {
            // at first alone what a stream that was cut in front cannot decode
            frames = _isMp3 && _delivered < StartFrames ? Math.Min(frames, StartFrames - (int)_delivered) : frames;
            LibraryNotes.Enter();
            read = SoundFileLibrary.ReadFrames(_handle, samples, frames);
            _damage = LibraryNotes.Leave() > 0 && _isMp3 && _damage is null && _delivered >= StartFrames
                ? (double)_delivered / Format.SampleRate
                : _damage;
            _delivered += read;
        }

        ThrowIfStreamFailed();
        if (read > 0)
        {
            int samples = (int)read * Format.Channels;
            if (_order is not null)
            {
                ChannelPlaces.Apply(_order, interleaved[..samples]);
            }

            return samples;
        }

        _ended = true;
        if (_stream.Length != _length)
        {
            throw new InputException(
                ReasonCodes.Truncated,
                "The file changed its length while it was being read; try again when nothing writes to it.");
        }

        if (SoundFileLibrary.GetError(_handle) != 0)
        {
            _warnings.Add(new Warning(WarningCodes.DamagedData, $"libsndfile met damaged data: {LastError()}"));
        }

        return 0;
    }

    public void Dispose()
    {
        Close();
        _stream.Dispose();
    }

    private SoundFileLibrary.FileInfo Open(ContentType type)
    {
        SoundFileLibrary.VirtualFile callbacks = VirtualFile.Callbacks;
        SoundFileLibrary.FileInfo info = default;
        LibraryNotes.Enter();
        _handle = SoundFileLibrary.Open(&callbacks, SoundFileLibrary.ModeRead, &info, _file.UserData);
        _ = LibraryNotes.Leave();
        ThrowIfStreamFailed();
        return _handle != 0
            ? info
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"libsndfile cannot read this {type.Container} file: {LastError()}");
    }

    /// <summary>
    /// libsndfile reads no more of an MP3 than its first frame declares, and guesses from that frame's bitrate where it
    /// declares nothing; and the decoder in it remarks on tags and foreign bytes, on standard error. So it is shown
    /// nothing but frames, and in front of them one that declares what was counted.
    /// </summary>
    private VirtualFile OfFrames(MpegStream frames) =>
        new(
            _stream,
            frames.Stretches,
            MpegInfo.Make(
                frames.FirstBytes,
                frames.Frames,
                frames.Info?.Delay,
                frames.IsAsDeclared ? frames.Info!.Padding : 0));

    private void Close()
    {
        if (_handle != 0)
        {
            LibraryNotes.Enter();
            _ = SoundFileLibrary.Close(_handle);
            _ = LibraryNotes.Leave();
            _handle = 0;
        }

        _file.Dispose();
    }

    private string LastError() =>
        (Marshal.PtrToStringUTF8(SoundFileLibrary.GetErrorText(_handle)) ?? "no reason given").Trim();

    private void ThrowIfStreamFailed()
    {
        if (_file.Failure is { } failure)
        {
            throw new InputException(
                ReasonCodes.IoError,
                $"The file cannot be read on: {SystemErrors.Say(failure)}.",
                failure);
        }
    }

    private static int BitDepth(int format) => (format & SoundFileLibrary.SubTypeMask) switch
    {
        1 or 5 or 0x10 or 0x11 => 8,      // PCM_S8, PCM_U8, ULAW, ALAW
        2 or 0x70 => 16,                  // PCM_16, ALAC_16
        0x71 => 20,
        3 or 0x72 => 24,
        4 or 6 or 0x73 => 32,             // PCM_32, FLOAT, ALAC_32
        7 => 64,                          // DOUBLE
        _ => 0,
    };

    private uint[]? ChannelPlacesOf(string container, int channels)
    {
        Span<int> map = stackalloc int[64];
        if (channels > map.Length)
        {
            return null;
        }

        fixed (int* m = map)
        {
            bool known =
                SoundFileLibrary.Command(_handle, SoundFileLibrary.GetChannelMap, m, channels * sizeof(int)) != 0;
            return ChannelPlaces.Of(container, known ? map[..channels] : default, channels);
        }
    }
}

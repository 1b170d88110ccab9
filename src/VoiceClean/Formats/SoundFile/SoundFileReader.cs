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
    // A recording of 18 hours at the highest rate and channel count; above it libsndfile means "unknown".
    private const long LargestFrames = 18L * 3600 * 768_000;

    private readonly Stream _stream;
    private VirtualFile _file;
    private readonly long _length;
    private readonly List<Warning> _warnings = [];
    private readonly int[]? _order;
    private nint _handle;
    private bool _ended;

    /// <param name="stream">Readable and seekable; owned and disposed of unless this throws.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="frames">What was counted in an MP3 file; null for everything else.</param>
    public SoundFileReader(Stream stream, ContentType type, DecodeLimits limits, MpegStream? frames = null)
    {
        _stream = stream;
        _length = stream.Length;
        bool lies = frames is { Info: not null, IsAsDeclared: false };
        _file = lies
            ? WithTrueLength(frames!)
            : new VirtualFile(stream, type.Container == "mp3" ? 0 : Id3Tag.Skip(stream));
        try
        {
            SoundFileLibrary.FileInfo info = Open(type);
            if (frames is not null && info.Frames < frames.Samples && !lies)
            {
                Close();
                _file = WithTrueLength(frames);
                info = Open(type);
            }

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

    public IReadOnlyList<Warning> Warnings => _warnings;

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
            read = SoundFileLibrary.ReadFrames(_handle, samples, frames);
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
        _handle = SoundFileLibrary.Open(&callbacks, SoundFileLibrary.ModeRead, &info, _file.UserData);
        ThrowIfStreamFailed();
        return _handle != 0
            ? info
            : throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"libsndfile cannot read this {type.Container} file: {LastError()}");
    }

    /// <summary>
    /// libsndfile reads no more of an MP3 than its first frame declares, and guesses from that frame's bitrate where it
    /// declares nothing. So it is shown a first frame that declares what was counted.
    /// </summary>
    private VirtualFile WithTrueLength(MpegStream frames) =>
        new(_stream, frames.Start, MpegInfo.Make(frames.FirstBytes, frames.Frames, frames.Info?.Delay));

    private void Close()
    {
        if (_handle != 0)
        {
            _ = SoundFileLibrary.Close(_handle);
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

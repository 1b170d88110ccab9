using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// Streams what an ffmpeg process decodes: float samples behind a WAV header, which carries rate, channels and
/// speakers, so that no second program has to be asked for them.
/// </summary>
internal sealed class FfmpegReader : IAudioReader, IGapReader, IAbortable
{
    private const int LargestSkippedChunk = 1 << 20;

    // A year; more is damage.
    private const double MostSeconds = 3.2e7;

    private readonly Stream _stream;
    private readonly FfmpegInput? _input;
    private readonly IFfmpegOutput _process;
    private readonly List<Warning> _warnings = [];
    private readonly List<Gap> _gaps = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly Func<IReadOnlyList<FfmpegPlaces.Hole>> _findPlaces;
    private long _delivered;
    private bool _ended;

    /// <param name="program">ffmpeg's full path.</param>
    /// <param name="stream">Owned and disposed of unless this throws.</param>
    /// <param name="type">What it holds.</param>
    /// <param name="limits">What may at most be decoded, and how long ffmpeg may stay silent.</param>
    /// <param name="decoded">What ffmpeg has made of it already, owned and disposed of; null = it is started
    /// now.</param>
    /// <param name="track">Which audio stream, 1 for the first.</param>
    /// <exception cref="InputException">ffmpeg refuses the file; the message is its last line.</exception>
    public FfmpegReader(
        string program,
        Stream stream,
        ContentType type,
        DecodeLimits limits,
        DecodedFile? decoded = null,
        int track = 1)
    {
        _stream = stream;
        _input = decoded is null ? new FfmpegInput(stream, type.Demuxer) : null;
        _findPlaces = () => _input is { Path: var path }
            ? FfmpegPlaces.Find(program, path, type.Demuxer, limits.DecoderTimeout, track, _ending.Token)
            : [];
        try
        {
            _process =
                decoded
                ?? (IFfmpegOutput)new FfmpegProcess(
                    program,
                    _input!.Path,
                    type.Demuxer,
                    limits.DecoderTimeout,
                    track);
            (AudioFormat format, _) = ReadHeader(limits) ?? throw Refused(_process.Finish().LastError);
            Format = format with { Container = type.Container, Decoder = "ffmpeg", BitDepth = 0 };
        }
        catch
        {
            _process?.Dispose();
            _input?.Dispose();
            throw;
        }
    }

    public AudioFormat Format { get; }

    public long? SampleCount =>
        DeclaredSeconds is { } seconds && seconds < MostSeconds
            ? (long)(seconds * Format.SampleRate) * Format.Channels
            : null;

    /// <summary>The length by the file's own word [s]; null if it has none.</summary>
    public double? DeclaredSeconds { get; init; }

    public IReadOnlyList<Warning> Warnings => _warnings;

    public IReadOnlyList<Gap> Gaps => _gaps;

    public int Read(Span<float> interleaved)
    {
        int samples = interleaved.Length / Format.Channels * Format.Channels;
        if (samples == 0)
        {
            throw new ArgumentException(
                $"The buffer must hold at least one frame of {Format.Channels} channels.",
                nameof(interleaved));
        }

        if (_ended)
        {
            return 0;
        }

        Span<byte> bytes = MemoryMarshal.AsBytes(interleaved[..samples]);
        int count = _process.Read(bytes) / (sizeof(float) * Format.Channels) * Format.Channels;
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> raw = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(raw, raw);
        }

        if (count == 0)
        {
            End();
        }

        _delivered += count / Format.Channels;
        return count;
    }

    public void Abort()
    {
        _ending.Cancel();
        _process.Abort();
    }

    public void Dispose()
    {
        _process.Dispose();
        _input?.Dispose();
        _stream.Dispose();
        _ending.Dispose();
    }

    private void End()
    {
        _ended = true;
        if (ContainerEnd.OfJoined(_stream) is { } place)
        {
            _warnings.Add(JoinedFile.NotReached(place));
        }

        (int exitCode, string error) = _process.Finish();
        if (exitCode != 0 && _delivered == 0)
        {
            throw Refused(error);
        }

        if (exitCode != 0 || error.Length > 0)
        {
            Complain(error.Length > 0 ? error : $"it stopped with exit code {exitCode}");
        }
    }

    private void Complain(string complaint)
    {
        IReadOnlyList<FfmpegPlaces.Hole> holes = _findPlaces();
        if (holes.Count > 0 && Format.Container == "amr")
        {
            _warnings.Add(
                new Warning(
                    WarningCodes.DamagedData,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"For {holes.Sum(h => h.LengthS):0.000} s the file has no sound (pauses that a telephone does "
                            + $"not send, or damage); silence takes their place.")));
            return;
        }

        _gaps.AddRange(holes.Select(h => new Gap((long)(h.DeliveredS * Format.SampleRate), 0)));

        // Only beside a complaint: the declared length is that of the longest track, which may be the picture.
        double held = (double)_delivered / Format.SampleRate;
        if (holes.Count == 0 && DeclaredSeconds is { } declared && held < declared - 0.1)
        {
            _warnings.Add(GapList.EndsEarly(held, declared));
            return;
        }

        _warnings.Add(
            new Warning(
                WarningCodes.DamagedData,
                holes.Count == 0
                    ? $"ffmpeg met damaged data, it does not say where: {complaint}"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file is damaged {GapList.At(holes.Select(h => h.FileS), holes.Count)}: "
                            + $"{holes.Sum(h => h.LengthS):0.000} s are missing; what follows was joined on.")));
    }

    private static InputException Refused(string error) =>
        new(
            ReasonCodes.DecodeFailed,
            $"ffmpeg cannot decode the file: {(error.Length > 0 ? error : "it gave no reason")}");

    /// <summary>Null if ffmpeg ends before the samples begin.</summary>
    private (AudioFormat Format, SampleCoding Coding)? ReadHeader(DecodeLimits limits)
    {
        Span<byte> header = stackalloc byte[12];
        Span<byte> formatChunk = stackalloc byte[WaveFormatChunk.MaxLength];
        if (_process.Read(header) < header.Length || !header.StartsWith("RIFF"u8))
        {
            return null;
        }

        (AudioFormat, SampleCoding Coding)? format = null;
        while (_process.Read(header[..8]) == 8)
        {
            if (header.StartsWith("data"u8))
            {
                return format is { Coding: SampleCoding.Float32 } ? format : null;
            }

            uint size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            if (size > LargestSkippedChunk)
            {
                return null;
            }

            byte[] chunk = new byte[(size + 1) & ~1u];
            if (_process.Read(chunk) < chunk.Length)
            {
                return null;
            }

            if (header.StartsWith("fmt "u8))
            {
                chunk.AsSpan(0, (int)Math.Min(size, formatChunk.Length)).CopyTo(formatChunk);
                format = WaveFormatChunk.Parse(
                    formatChunk[..(int)Math.Min(size, formatChunk.Length)],
                    bigEndian: false,
                    limits,
                    []);
            }
        }

        return null;
    }
}

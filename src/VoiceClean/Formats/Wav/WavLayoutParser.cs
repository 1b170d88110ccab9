using System.Globalization;
using System.Buffers.Binary;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// Finds the format and the samples in a WAV file and repairs what writers get wrong: sizes of 0 or 0xFFFFFFFF from
/// pipes and crashed recorders, sizes beyond the end, sizes that wrapped at 4 GiB, missing pad bytes, data before
/// format. What cannot be repaired is refused before anything is allocated.
/// </summary>
internal sealed class WavLayoutParser
{
    // A file of nothing but 8-byte chunks would otherwise keep us busy for hours.
    private const int MaxChunks = 4096;

    // Pipes write 0xFFFFFFFF or 0x7FFFFFFF, some less a header: sizes that say "unknown" rather than anything true.
    private const long SmallestStreamedSize = 0x7FFF_0000;

    private readonly ChunkScanner _scanner;
    private readonly WaveContainer _container;
    private readonly DecodeLimits _limits;
    private readonly long _length;
    private readonly List<Warning> _warnings = [];
    private readonly List<Chunk> _data = [];
    private Chunk? _format;
    private long? _dataSize64;
    // of samples that are declared and not there, and the other way round
    private long _missingBytes, _behindBytes;

    private WavLayoutParser(Stream stream, long start, WaveContainer container, DecodeLimits limits)
    {
        _length = stream.Length;
        _container = container;
        _limits = limits;
        _scanner = new ChunkScanner(stream, start, _length, container);
    }

    /// <summary>Reads the header.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="start">Where the container begins [byte]: 0, or behind an ID3v2 tag.</param>
    /// <param name="container">Which container it is.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <exception cref="InputException">Damaged beyond repair, empty, beyond the limits, or in a coding that is not
    /// read here.</exception>
    public static WavLayout Parse(Stream stream, long start, WaveContainer container, DecodeLimits limits)
    {
        var parser = new WavLayoutParser(stream, start, container, limits);
        parser.FindChunks(start + (container == WaveContainer.Wave64 ? 40 : 12));
        return parser.MakeLayout();
    }

    private void FindChunks(long position)
    {
        for (int i = 0; i < MaxChunks && _scanner.TryRead(position, out Chunk chunk); i++)
        {
            switch (chunk.Id)
            {
                case "fmt " when _format is { } first && !_scanner.AreEqual(first, chunk):
                    WarnOfOtherFormat(chunk);
                    return;
                case "fmt ":
                    _format ??= chunk;
                    break;
                case "RIFF" or "RF64" or "RIFX" when _data.Count > 0 && _scanner.IsForm(chunk, "WAVE"u8):
                    position = chunk.Offset + 4;       // joined on: its chunks belong to us
                    continue;
                case "ds64":
                    _dataSize64 = ReadDataSize64(chunk);
                    break;
                case "data":
                    chunk = chunk with { Size = TrueSize(chunk) };
                    _data.Add(chunk);
                    break;
            }

            position = _scanner.Next(chunk, out bool padMissing);
            if (padMissing)
            {
                Warn(
                    WarningCodes.MalformedHeader,
                    $"The chunk before byte {position} has an odd length and no pad byte; read on without it.");
            }
        }

        if (_data.Count > 0)
        {
            long next = _scanner.Next(_data[^1], out _);
            _behindBytes = _length - next >= 8 && !_scanner.IsPlausible(next) ? _length - next : 0;
        }
    }

    private void WarnOfOtherFormat(Chunk chunk) => Warn(
        WarningCodes.Truncated,
        $"From byte {chunk.Offset} the file goes on in another format; {Counted.Of(_length - chunk.Offset, "byte")} "
            + "are left out.");

    private long? ReadDataSize64(Chunk chunk)
    {
        Span<byte> sizes = stackalloc byte[16];
        if (_container != WaveContainer.Rf64 || chunk.Size < sizes.Length || !_scanner.ReadAt(chunk.Offset, sizes))
        {
            return null;
        }

        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(sizes[8..]);
        return size <= long.MaxValue ? (long)size : null;
    }

    /// <summary>How many bytes of samples there are, whatever the header says.</summary>
    private long TrueSize(Chunk data)
    {
        long available = _length - data.Offset;
        long claimed = data.Size;
        if (_container == WaveContainer.Rf64 && claimed == uint.MaxValue && _dataSize64 is { } size64)
        {
            claimed = size64;
        }

        if (claimed == 0 && available > 0 && !_scanner.IsPlausible(data.Offset))
        {
            Warn(
                WarningCodes.MalformedHeader,
                "The header says that there are no samples, as after a crashed recording; read to the end of the file."
            );
            return WithoutChunksBehind(data.Offset, available);
        }

        if (claimed > available)
        {
            if (claimed >= SmallestStreamedSize)
            {
                Warn(
                    WarningCodes.MalformedHeader,
                    "The header gives no true length, as after a pipe; read to the end of the file.");
                return WithoutChunksBehind(data.Offset, available);
            }

            long held = WithoutChunksBehind(data.Offset, available);
            _missingBytes = claimed - held;
            return held;
        }

        if (
            _container is WaveContainer.Riff or WaveContainer.Rifx
            && available - claimed >= 1L << 32
            && ((available - claimed) & uint.MaxValue) <= 1)
        {
            Warn(
                WarningCodes.MalformedHeader,
                "The length in the header has wrapped at 4 GiB; read to the end of the file.");
            return WithoutChunksBehind(data.Offset, available);
        }

        return claimed;
    }

    /// <summary>
    /// Where the length of the samples is unknown they end where chunks begin that reach exactly to the end of the
    /// file: played as samples, their text is a click.
    /// </summary>
    private long WithoutChunksBehind(long offset, long available)
    {
        long start = TrailingChunks.Find(_scanner, offset, _length);
        return start < 0 ? available : start - offset;
    }

    private WavLayout MakeLayout()
    {
        if (_format is not { } formatChunk)
        {
            throw Damaged("ends before its format chunk", ReasonCodes.Truncated);
        }

        if (formatChunk.End > _length)
        {
            throw Damaged(
                $"claims a format chunk of {formatChunk.Size} bytes at byte {formatChunk.Offset}, beyond its end at "
                    + $"byte {_length}",
                ReasonCodes.Truncated);
        }

        Span<byte> bytes = stackalloc byte[WaveFormatChunk.MaxLength];
        bytes = bytes[..(int)Math.Min(formatChunk.Size, WaveFormatChunk.MaxLength)];
        if (!_scanner.ReadAt(formatChunk.Offset, bytes))
        {
            throw Damaged("ends inside its format chunk", ReasonCodes.Truncated);
        }

        (AudioFormat format, SampleCoding coding) = WaveFormatChunk.Parse(
            bytes,
            _scanner.BigEndian,
            _limits,
            _warnings);
        List<DataPart> parts = MakeParts(coding.Bytes() * format.Channels);
        WarnOfSeconds(format.SampleRate * (double)coding.Bytes() * format.Channels, parts.Count);
        return new WavLayout
        {
            Format = format with { Container = _container == WaveContainer.Wave64 ? "w64" : "wav" },
            Coding = coding,
            BigEndian = _scanner.BigEndian,
            Parts = parts,
            Warnings = _warnings,
        };
    }

    private List<DataPart> MakeParts(int frameBytes)
    {
        if (_data.Count == 0)
        {
            throw Damaged("ends before its data chunk", ReasonCodes.Truncated);
        }

        var parts = new List<DataPart>();
        foreach (Chunk data in _data)
        {
            long rest = data.Size % frameBytes;
            if (data.Size > rest)
            {
                parts.Add(new DataPart(data.Offset, data.Size - rest));
                if (rest != 0 && !_scanner.IsPadding(data, rest))
                {
                    Warn(
                        WarningCodes.Truncated,
                        $"The last {Counted.Of(rest, "byte")} of the samples, less than a frame of {frameBytes}, "
                            + "count for nothing.");
                }
            }
        }

        return parts.Count > 0
            ? parts
            : throw new InputException(
                ReasonCodes.EmptyFile,
                "The WAV file contains no audio: its data chunk holds no sample.");
    }

    /// <summary>Says in seconds what the header and the file disagree about.</summary>
    private void WarnOfSeconds(double bytesPerSecond, int parts)
    {
        if (_missingBytes > 0)
        {
            Warn(
                WarningCodes.Truncated,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The file ends {Counted.Of(_missingBytes, "byte")} "
                        + $"({_missingBytes / bytesPerSecond:0.000} s) before the end of its samples."));
        }

        if (parts > 1)
        {
            Warn(
                WarningCodes.MalformedHeader,
                $"The samples stand in {parts} data chunks; all of them are read, one after the other.");
        }

        if (_behindBytes > 0)
        {
            Warn(
                WarningCodes.MalformedHeader,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Counted.Of(_behindBytes, "byte")} behind the declared end of the samples "
                        + $"({_behindBytes / bytesPerSecond:0.000} s, if they are samples) are ignored."));
        }
    }

    private static InputException Damaged(string what, string code) =>
        new(code, $"The WAV file {what}; it is damaged.");

    private void Warn(string code, string message) => _warnings.Add(new Warning(code, message));
}

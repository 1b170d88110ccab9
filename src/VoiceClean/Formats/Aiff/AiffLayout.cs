using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Formats.Aiff;

/// <summary>
/// Finds format and samples in an AIFF file. Sources: Apple, "Audio Interchange File Format 1.3" (1989) and "AIFF-C"
/// draft (1991).
/// </summary>
internal static class AiffLayout
{
    private const int MostChunks = 4096, CommonBytes = 22;

    /// <summary>Bytes behind the end of a file that are nothing to speak of.</summary>
    internal const int MostPadding = 16;

    // From here on a size means "unknown", as writers to a pipe leave it.
    private const long SmallestStreamedSize = 0x7FFF_0000;

    /// <summary>Reads the header.</summary>
    /// <exception cref="InputException">Damaged, empty, beyond the limits, or in a coding that is not read
    /// here.</exception>
    public static WavLayout Parse(Stream stream, long start, DecodeLimits limits)
    {
        long position = start + 12, length = stream.Length;
        byte[]? common = null;
        (long Offset, long Length)? sound = null;
        byte[] head = new byte[16];
        for (int i = 0; i < MostChunks && position + 8 <= length; i++)
        {
            stream.Position = position;
            int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            long size = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)), content = position + 8;
            if (head.AsSpan(0, 4).SequenceEqual("COMM"u8))
            {
                common = new byte[Math.Min(CommonBytes, Math.Min(size, length - content))];
                stream.Position = content;
                stream.ReadExactly(common);
            }
            else if (head.AsSpan(0, 4).SequenceEqual("SSND"u8) && read == head.Length && sound is null)
            {
                long offset = Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)), length);
                long begin = content + 8 + offset;
                bool isUnknown = size is 0 or >= SmallestStreamedSize;
                sound = (begin, isUnknown ? WithoutChunksBehind(stream, begin) : Math.Max(0, size - 8 - offset));
            }

            position = content + size + (size & 1);
        }

        WavLayout layout = Make(common, sound, length, limits);
        return BehindForm(stream, start) is var behind and > MostPadding
            ? layout with
            {
                Warnings =
                [
                    .. layout.Warnings,
                    new Warning(
                        WarningCodes.MalformedHeader,
                        $"{Counted.Of(behind, "byte")} behind the declared end of the file are ignored; was another "
                            + "one joined on?"),
                ],
            }
            : layout;
    }

    /// <summary>How many bytes follow where the file says that it ends; 0 also if it does not say.</summary>
    internal static long BehindForm(Stream stream, long start)
    {
        Span<byte> head = stackalloc byte[8];
        stream.Position = start;
        int read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        long size = read == head.Length ? BinaryPrimitives.ReadUInt32BigEndian(head[4..]) : 0;
        return size is > 0 and < SmallestStreamedSize ? Math.Max(0, stream.Length - start - 8 - size) : 0;
    }

    // Where the writer could not go back to say it, samples end where chunks begin that reach to the end of the file.
    private static long WithoutChunksBehind(Stream stream, long begin)
    {
        long end = TrailingChunks.Find(
            new ChunkScanner(stream, 0, stream.Length, WaveContainer.Rifx),
            begin,
            stream.Length);
        return Math.Max(0, (end < 0 ? stream.Length : end) - begin);
    }

    private static WavLayout Make(byte[]? common, (long Offset, long Length)? sound, long length, DecodeLimits limits)
    {
        if (common is not { Length: >= 18 } || sound is not { } data)
        {
            throw new InputException(ReasonCodes.Truncated, "The AIFF file ends before its samples; it is damaged.");
        }

        int channels = BinaryPrimitives.ReadUInt16BigEndian(common);
        int bits = BinaryPrimitives.ReadUInt16BigEndian(common.AsSpan(6));
        long frames = BinaryPrimitives.ReadUInt32BigEndian(common.AsSpan(2));
        double rate = Extended(common.AsSpan(8, 10));
        string coding = common.Length >= CommonBytes ? Encoding.Latin1.GetString(common, 18, 4) : "NONE";
        if (channels == 0 || !(rate >= 1))
        {
            throw new InputException(
                ReasonCodes.DecodeFailed,
                $"The AIFF header claims {channels} channels at {rate} Hz; the file is damaged.");
        }

        if (channels > limits.MaxChannels || rate > limits.MaxSampleRate)
        {
            throw new InputException(
                ReasonCodes.TooLarge,
                $"The AIFF header claims {channels} channels at {rate} Hz; at most {limits.MaxChannels} channels at "
                    + $"{limits.MaxSampleRate} Hz are read.");
        }

        (SampleCoding code, bool isBigEndian) = CodingOf(coding, bits);
        var format = new AudioFormat((int)Math.Round(rate), channels)
        {
            Container = "aiff",
            Decoder = "aiff",
            BitDepth = bits,
            SpeakerMask = channels switch { 1 => 4u, 2 => 3u, _ => 0 },
        };
        return MakeLayout(format, code, isBigEndian, frames, data, length);
    }

    private static WavLayout MakeLayout(
        AudioFormat format,
        SampleCoding coding,
        bool isBigEndian,
        long frames,
        (long Offset, long Length) data,
        long length)
    {
        var warnings = new List<Warning>();
        int frameBytes = coding.Bytes() * format.Channels;
        long available = Math.Max(0, length - data.Offset) / frameBytes, declared = data.Length / frameBytes;
        long held = declared == 0 ? available : Math.Min(available, declared);
        frames = frames * frameBytes >= SmallestStreamedSize && held < frames ? 0 : frames;
        if (held < Math.Max(frames, declared))
        {
            double rate = format.SampleRate;
            warnings.Add(
                new Warning(
                    WarningCodes.Truncated,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The file ends after {held / rate:0.000} s where it declares "
                            + $"{Math.Max(frames, declared) / rate:0.000} s.")));
        }

        return new WavLayout
        {
            Format = format,
            Coding = coding,
            BigEndian = isBigEndian,
            Parts = held > 0
                ? [new DataPart(data.Offset, held * frameBytes)]
                : throw new InputException(ReasonCodes.EmptyFile, "The AIFF file contains no audio."),
            Warnings = warnings,
        };
    }

    private static (SampleCoding Coding, bool IsBigEndian) CodingOf(string name, int bits) =>
        (name, (bits + 7) / 8) switch
        {
            ("NONE" or "twos" or "sowt", 1) => (SampleCoding.Signed8, true),
            ("raw ", 1) => (SampleCoding.Unsigned8, true),
            ("NONE" or "twos", 2) => (SampleCoding.Signed16, true),
            ("NONE" or "twos" or "in24", 3) => (SampleCoding.Signed24, true),
            ("NONE" or "twos" or "in32", 4) => (SampleCoding.Signed32, true),
            ("sowt", 2) => (SampleCoding.Signed16, false),
            ("sowt" or "42ni", 3) => (SampleCoding.Signed24, false),
            ("sowt" or "23ni", 4) => (SampleCoding.Signed32, false),
            ("fl32" or "FL32", _) => (SampleCoding.Float32, true),
            ("fl64" or "FL64", _) => (SampleCoding.Float64, true),
            ("ulaw" or "ULAW", _) => (SampleCoding.MuLaw, true),
            ("alaw" or "ALAW", _) => (SampleCoding.ALaw, true),
            _ => throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"The AIFF file holds samples of {bits} bits coded as '{name}'; convert it to PCM, or install ffmpeg."),
        };

    /// <summary>A number of 80 bits (IEEE 754 extended): sign, 15 bits of exponent, 64 of mantissa.</summary>
    private static double Extended(ReadOnlySpan<byte> b)
    {
        int exponent = BinaryPrimitives.ReadUInt16BigEndian(b) & 0x7FFF;
        return (b[0] & 0x80) != 0
            ? 0
            : Math.ScaleB(BinaryPrimitives.ReadUInt64BigEndian(b[2..]), exponent - 16383 - 63);
    }
}

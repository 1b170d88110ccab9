using System.Buffers.Binary;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// Where the samples of a file end by its own word, because libsndfile takes the end of a cut file for theirs and says
/// nothing. Sources: Apple, "Audio Interchange File Format 1.3" and "Core Audio Format Specification 1.0"; Sun's audio
/// header (.au); Microsoft, "Multimedia Programming Interface" (RIFF).
/// </summary>
/// <param name="Start">Where the samples begin [byte].</param>
/// <param name="Length">How many bytes there are of them, by the header.</param>
internal readonly record struct DeclaredData(long Start, long Length)
{
    private const int MostChunks = 4096;

    // From here on a size means "unknown", as writers to a pipe leave it.
    private const long SmallestStreamedSize = 0x7FFF_0000;

    /// <summary>
    /// How much longer the samples are by the header than in the file, 1 or more; 1 also where it does not say.
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="start">Where the file begins behind tags [byte].</param>
    /// <param name="container">"aiff", "au", "caf", "wav"; everything else is not looked at.</param>
    public static double Excess(Stream stream, long start, string container)
    {
        DeclaredData? data = Of(stream, start, container);
        return data is { Length: > 0 and < SmallestStreamedSize } d
            && stream.Length > d.Start
            && d.Length > stream.Length - d.Start
            ? (double)d.Length / (stream.Length - d.Start)
            : 1;
    }

    /// <summary>
    /// False if the header says that there are no samples, or no size at all, though bytes follow it: the writer could
    /// not go back.
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="start">Where the file begins behind tags [byte].</param>
    /// <param name="container">"aiff", "au" or "caf".</param>
    public static bool IsTold(Stream stream, long start, string container) =>
        Of(stream, start, container) is not { Length: 0 or >= SmallestStreamedSize } data
        || data.Start >= stream.Length;

    /// <summary>
    /// Bytes behind the samples of an .au file, whose format has nothing there, and how much of what is declared they
    /// are; 0 for other containers, which have chunks.
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="start">Where the file begins behind tags [byte].</param>
    /// <param name="container">"aiff", "au", "caf"; only "au" is looked at.</param>
    public static (long Bytes, double Share) Behind(Stream stream, long start, string container) =>
        container == "au"
        && OfSun(stream, start) is { Length: > 0 } d
        && stream.Length - d.Start - d.Length is > 0 and var behind
            ? (behind, (double)behind / d.Length)
            : (0, 0);

    /// <summary>How the samples of a WAV file are coded, by the number in its header; 0 if it has none.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="start">Where the file begins behind tags [byte].</param>
    public static int WaveCoding(Stream stream, long start)
    {
        Span<byte> coding = stackalloc byte[2];
        return FindChunk(stream, start + 12, "fmt "u8, 4, isLittle: true) is { } chunk
            && Read(stream, chunk.Start, coding) == coding.Length
                ? BinaryPrimitives.ReadUInt16LittleEndian(coding)
                : 0;
    }

    private static DeclaredData? Of(Stream stream, long start, string container) => container switch
    {
        "aiff" => FindChunk(stream, start + 12, "SSND"u8, 4),
        "caf" => FindChunk(stream, start + 8, "data"u8, 8),
        "au" => OfSun(stream, start),
        "wav" => FindChunk(stream, start + 12, "data"u8, 4, isLittle: true),
        _ => null,
    };

    private static DeclaredData? FindChunk(
        Stream stream,
        long position,
        ReadOnlySpan<byte> name,
        int sizeBytes,
        bool isLittle = false)
    {
        Span<byte> head = stackalloc byte[12];
        head = head[..(4 + sizeBytes)];
        for (int i = 0; i < MostChunks && position >= 0 && position < stream.Length; i++)
        {
            if (Read(stream, position, head) < head.Length)
            {
                return null;
            }

            long size = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(head[4..])
                : sizeBytes == 4 ? BinaryPrimitives.ReadUInt32BigEndian(head[4..])
                : BinaryPrimitives.ReadInt64BigEndian(head[4..]);
            if (head.StartsWith(name))
            {
                return new DeclaredData(position + head.Length, size);
            }

            if (size < 0)
            {
                return null;
            }

            position += head.Length + size + (sizeBytes == 4 ? size & 1 : 0);
        }

        return null;
    }

    private static DeclaredData? OfSun(Stream stream, long start)
    {
        Span<byte> head = stackalloc byte[12];
        if (Read(stream, start, head) < head.Length)
        {
            return null;
        }

        uint size = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        return size == uint.MaxValue
            ? null
            : new DeclaredData(start + BinaryPrimitives.ReadUInt32BigEndian(head[4..]), size);
    }

    private static int Read(Stream stream, long position, Span<byte> buffer)
    {
        stream.Position = position;
        return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }
}

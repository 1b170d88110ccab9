using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// Texts that travel in a WAV file behind the samples (a LIST chunk of type INFO), where readers that expect 44 bytes
/// of header do not stumble.
/// </summary>
internal sealed record WavInfo
{
    /// <summary>INFO ISFT: the program that made the file; null = none.</summary>
    public string? Software { get; init; }

    /// <summary>INFO ICMT: a comment, for instance where the sound comes from; null = none.</summary>
    public string? Comment { get; init; }

    /// <summary>The chunk as bytes, of even length; empty if there is no text.</summary>
    internal byte[] ToChunk()
    {
        var body = new List<byte>();
        Append(body, "ISFT"u8, Software);
        Append(body, "ICMT"u8, Comment);
        if (body.Count == 0)
        {
            return [];
        }

        byte[] chunk = new byte[12 + body.Count];
        "LIST"u8.CopyTo(chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), 4 + body.Count);
        "INFO"u8.CopyTo(chunk.AsSpan(8));
        body.CopyTo(chunk, 12);
        return chunk;
    }

    private static void Append(List<byte> body, ReadOnlySpan<byte> id, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text + '\0');
        Span<byte> size = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, bytes.Length);
        body.AddRange(id);
        body.AddRange(size);
        body.AddRange(bytes);
        if (bytes.Length % 2 != 0)
        {
            body.Add(0);
        }
    }
}

using System.Text;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Texts as bytes whose order is the ordinal one of the texts: each UTF-16 unit by itself as UTF-8 has it (CESU-8,
/// Unicode Technical Report 26). Names are a third of what they take as strings, and nothing is lost of those that are
/// not valid.
/// </summary>
internal static class CompactText
{
    /// <summary>Most bytes of one unit.</summary>
    public const int MostBytes = 3;

    /// <summary>The bytes of a text.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new byte[MostBytes * text.Length];
        return bytes[..Encode(text, bytes)];
    }

    /// <summary>Writes a text; returns the number of bytes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="to">Takes <see cref="MostBytes"/> for each unit.</param>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> to)
    {
        int n = 0;
        foreach (char c in text)
        {
            if (c < 0x80)
            {
                to[n++] = (byte)c;
                continue;
            }

            if (c < 0x800)
            {
                to[n++] = (byte)(0xC0 | (c >> 6));
            }
            else
            {
                to[n++] = (byte)(0xE0 | (c >> 12));
                to[n++] = (byte)(0x80 | ((c >> 6) & 0x3F));
            }

            to[n++] = (byte)(0x80 | (c & 0x3F));
        }

        return n;
    }

    /// <summary>The text of some bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.Latin1.GetString(bytes);
        }

        var text = new char[bytes.Length];
        return new string(text, 0, Decode(bytes, text));
    }

    /// <summary>Writes the text of some bytes; returns its length.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="to">Takes a unit for each byte.</param>
    public static int Decode(ReadOnlySpan<byte> bytes, Span<char> to)
    {
        // What is ASCII, most often all of it, in one go.
        _ = Ascii.ToUtf16(bytes, to, out int length);
        for (int i = length; i < bytes.Length; length++)
        {
            int first = bytes[i++];
            to[length] =
                first < 0x80 ? (char)first
                : first < 0xE0 ? (char)(((first & 0x1F) << 6) | (bytes[i++] & 0x3F))
                : (char)(((first & 0xF) << 12) | ((bytes[i++] & 0x3F) << 6) | (bytes[i++] & 0x3F));
        }

        return length;
    }
}

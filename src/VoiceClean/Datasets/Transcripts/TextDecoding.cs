using System.Text;
using VoiceClean.Errors;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Turns the bytes of a text file into text, strictly: a byte that its encoding does not know is never replaced. UTF-8
/// and UTF-16 are recognised by their mark or by being valid; the encodings of East Asia by how likely the text is that
/// they give; what stays in doubt is refused by name.
/// </summary>
internal static class TextDecoding
{
    /// <summary>Largest file that is read as text [byte].</summary>
    public const long MostBytes = 1 << 28;

    // Nats by which the best reading must beat the next: one wrong choice in about a hundred doubtful files.
    private const double LeastMargin = 4.5;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Little = new(false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Big = new(bigEndian: true, false, throwOnInvalidBytes: true);

    /// <summary>The text of a file without its mark.</summary>
    /// <param name="bytes">Its content.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <exception cref="InputException">The encoding is not known for certain, or it is no text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Marked(bytes) is ({ } encoding, var length))
        {
            return TryDecode(encoding, bytes[length..])
                ?? throw Refuse(
                    $"{path} begins with the mark of {encoding.WebName}, but is damaged; save it again.");
        }

        if (bytes.Contains((byte)0))
        {
            return DecodeWide(bytes)
                ?? throw Refuse($"{path} holds zero bytes and is no text known here; save it as UTF-8.");
        }

        string? text = TryDecode(Utf8, bytes);
        return text is null || IsByChance(text, bytes) ? DecodeLegacy(bytes, path) : text;
    }

    // Two common Chinese characters of GB18030 may happen to be two letters of UTF-8: D0 BB D0 BB is 谢谢 and лл.
    private static bool IsByChance(string text, ReadOnlySpan<byte> bytes)
    {
        if (!MayBeByChance(text, out bool isRare))
        {
            return false;
        }

        foreach (LegacyEncoding candidate in LegacyEncoding.All)
        {
            bool fits =
                !candidate.IsSingleByte
                && candidate.TryRead(bytes) is { } read
                && (isRare || candidate.AreCommon(read));
            if (fits)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MayBeByChance(string text, out bool isRare)
    {
        const int most = 24;
        int count = 0;
        isRare = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] < 0x80)
            {
                continue;
            }

            // Hanzi do not stand within Latin words, as accents do.
            bool isInWord =
                (i > 0 && char.IsAsciiLetter(text[i - 1]))
                || (i + 1 < text.Length && char.IsAsciiLetter(text[i + 1]));
            if (text[i] >= 0x800 || isInWord || ++count > most)
            {
                return false;
            }

            // Letters that no living language writes, and capitals within words.
            isRare |=
                text[i] is (>= '\u0180' and < '\u0370') or (>= '\u0460' and < '\u0490')
                || (i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]) && text[i - 1] >= 0x80);
        }

        return count > 1 || isRare;
    }

    private static (Encoding? Encoding, int Length) Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? (Utf8, 3)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) ? (new UTF32Encoding(false, false, true), 4)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) ? (new UTF32Encoding(true, false, true), 4)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? (Little, 2)
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? (Big, 2)
        : (null, 0);

    // Without a mark: the zero bytes of line ends, blanks and Latin letters lie on one side; few others have any.
    private static string? DecodeWide(ReadOnlySpan<byte> bytes)
    {
        int odd = 0, even = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                odd += i & 1;
                even += 1 - (i & 1);
            }
        }

        string? text =
            bytes.Length % 2 != 0 ? null
            : odd > 4 * even ? TryDecode(Little, bytes)
            : even > 4 * odd ? TryDecode(Big, bytes)
            : null;
        return text?.All(IsPlausible) == true ? text : null;

        static bool IsPlausible(char c) =>
            c >= ' ' ? c is not (>= '\uE000' and <= '\uF8FF') : c is '\t' or '\n' or '\r';
    }

    private static string DecodeLegacy(ReadOnlySpan<byte> bytes, string path)
    {
        var readings = new List<(double Likelihood, LegacyEncoding Of, string Text)>();
        foreach (LegacyEncoding candidate in LegacyEncoding.All)
        {
            if (candidate.TryRead(bytes) is { } text)
            {
                readings.Add((candidate.Likelihood(text), candidate, text));
            }
        }

        readings.Sort((a, b) => b.Likelihood.CompareTo(a.Likelihood));
        if (readings.Count == 0)
        {
            throw Refuse($"{path} is neither UTF-8 nor in any encoding known here; save it as UTF-8.");
        }

        (double best, LegacyEncoding likely, string read) = readings[0];
        if (likely.IsSingleByte)
        {
            throw Refuse(
                $"{path} is not UTF-8 and looks like a single-byte encoding (Windows-1252, 1251 …), which cannot be "
                    + "told for certain; save it as UTF-8, for instance with 'iconv -f WINDOWS-1252 -t UTF-8'.");
        }

        return readings.Count == 1 || best - readings[1].Likelihood >= LeastMargin
            ? read
            : throw Refuse(
                $"{path} is not UTF-8; it may be {likely.Name} or {readings[1].Of.Name}, which cannot be told for "
                    + $"certain from so little text; save it as UTF-8, for instance with 'iconv -f {likely.Name} "
                    + "-t UTF-8'.");
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static InputException Refuse(string message) => new(ReasonCodes.DecodeFailed, message);
}

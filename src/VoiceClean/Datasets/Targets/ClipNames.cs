using System.Buffers;
using System.Globalization;
using System.Text;
using VoiceClean.Files;

namespace VoiceClean.Datasets.Targets;

/// <summary>Names of speakers, recordings and clips that every trainer, list and file system takes.</summary>
internal static class ClipNames
{
    // With the times and the extension well below the 255 bytes of a file name.
    private const int MostBytes = 180;

    private const string Ends = ".-_";

    private static readonly SearchValues<char> BadCharacters = SearchValues.Create("|[](){}<>\"'`*?:\\\uFFFD");

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>
    /// Letters and digits of any script, '-', '.' and '_' stay; anything else, '|', brackets, quotes and blanks above
    /// all, becomes '_'. No leading or trailing '.', '-', '_'; never empty.
    /// </summary>
    public static string Clean(string name, string ifEmpty = "x")
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsPlain(name) ? name : CleanOthers(name, ifEmpty);
    }

    // What most names are.
    private static bool IsPlain(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MostBytes
        && !name.ContainsAnyExcept(PlainCharacters)
        && char.IsAsciiLetterOrDigit(name[0])
        && char.IsAsciiLetterOrDigit(name[^1]);

    private static string CleanOthers(ReadOnlySpan<char> name, string ifEmpty)
    {
        Span<char> text = name.Length <= 256 ? stackalloc char[256] : new char[name.Length];
        int length = 0;
        for (int i = 0, used; i < name.Length; i += used)
        {
            if (PlainCharacters.Contains(name[i]))
            {
                (text[length++], used) = (name[i], 1);
                continue;
            }

            _ = Rune.DecodeFromUtf16(name[i..], out Rune rune, out used);
            bool good =
                Rune.IsLetterOrDigit(rune)
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark;
            if (good && rune.Value != 0xFFFD)
            {
                length += rune.EncodeToUtf16(text[length..]);
            }
            else if (length > 0 && text[length - 1] != '_')
            {
                text[length++] = '_';
            }
        }

        ReadOnlySpan<char> clean = text[..length].Trim(Ends);
        while (Encoding.UTF8.GetByteCount(clean) > MostBytes)
        {
            clean = clean[..^(char.IsLowSurrogate(clean[^1]) ? 2 : 1)].TrimEnd(Ends);
        }

        return clean.Length > 0 ? clean.ToString() : ifEmpty;
    }

    /// <summary>True if a file name is as <see cref="Clean"/> wants it, apart from blanks between words.</summary>
    public static bool IsGood(string fileName)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        string stem = Path.GetFileNameWithoutExtension(fileName);
        return stem.Length > 0
            && stem[^1] is not ('.' or ' ')
            && stem[0] != ' '
            && !stem.AsSpan().ContainsAny(BadCharacters)
            && !stem.Any(char.IsControl);
    }

    /// <summary>
    /// Name of a clip: stem, start and end in the source [ms], eight digits each: "talk_00012340_00018900.wav".
    /// </summary>
    public static string Of(string stem, double startSeconds, double endSeconds) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{stem}_{Math.Round(1000 * startSeconds):00000000}_{Math.Round(1000 * endSeconds):00000000}.wav");

    /// <summary>Ways to make the stem of a recording from its id, from the shortest to the surest.</summary>
    public const int StemForms = 3;

    /// <summary>
    /// The stem of a recording in one of the forms: 0 = the file's name alone, 1 = with its folders, 2 = with some
    /// digits of the SHA-256 of its id as well.
    /// </summary>
    /// <param name="id">Relative path with '/'.</param>
    /// <param name="form">Below <see cref="StemForms"/>.</param>
    public static ReadOnlySpan<char> Stem(ReadOnlySpan<char> id, int form)
    {
        ReadOnlySpan<char> name = WithoutExtension(form == 0 ? id[(id.LastIndexOf('/') + 1)..] : id);
        ReadOnlySpan<char> clean = IsPlain(name) ? name : CleanOthers(name, "recording");
        return form < StemForms - 1 ? clean : $"{clean}-{ShortHash(id)}";
    }

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> path)
    {
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
    }

    private static string ShortHash(ReadOnlySpan<char> id) =>
        Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(id.ToString())))[..8];
}

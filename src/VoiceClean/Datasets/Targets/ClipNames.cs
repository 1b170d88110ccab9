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

    private static readonly SearchValues<char> BadCharacters = SearchValues.Create("|[](){}<>\"'`*?:\\\uFFFD");

    /// <summary>
    /// Letters and digits of any script, '-', '.' and '_' stay; anything else, '|', brackets, quotes and blanks above
    /// all, becomes '_'. No leading or trailing '.', '-', '_'; never empty.
    /// </summary>
    public static string Clean(string name, string ifEmpty = "x")
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name.Length);
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool good =
                Rune.IsLetterOrDigit(rune)
                || rune.Value is '-' or '.' or '_'
                || Rune.GetUnicodeCategory(rune)
                    is UnicodeCategory.NonSpacingMark
                        or UnicodeCategory.SpacingCombiningMark;
            if (good && rune.Value != 0xFFFD)
            {
                text.Append(rune.ToString());
            }
            else if (text.Length > 0 && text[^1] != '_')
            {
                text.Append('_');
            }
        }

        string clean = text.ToString().Trim('.', '-', '_');
        while (Encoding.UTF8.GetByteCount(clean) > MostBytes)
        {
            clean = clean[..^(char.IsLowSurrogate(clean[^1]) ? 2 : 1)].TrimEnd('.', '-', '_');
        }

        return clean.Length > 0 ? clean : ifEmpty;
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

    /// <summary>
    /// A stem for every recording, unique over the set wherever letter case or the form of accents does not count. The
    /// file's name alone where it is unique; else with its folders; else with some digits of the SHA-256 of its id as
    /// well. Never depends on the order.
    /// </summary>
    /// <param name="ids">Relative paths with '/', each once.</param>
    public static IReadOnlyDictionary<string, string> Stems(IReadOnlyCollection<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        Func<string, string>[] forms =
        [
            id => Clean(WithoutExtension(id[(id.LastIndexOf('/') + 1)..]), "recording"),
            id => Clean(WithoutExtension(id), "recording"),
            id => $"{Clean(WithoutExtension(id), "recording")}-{ShortHash(id)}",
        ];
        var stems = new Dictionary<string, string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyCollection<string> left = ids;
        foreach (Func<string, string> form in forms)
        {
            var groups = left.GroupBy(id => NameFolding.Key(form(id)), StringComparer.Ordinal).ToList();
            var unique = groups.Where(g => g.Count() == 1 && !taken.Contains(g.Key)).ToList();
            unique.ForEach(g => stems.Add(g.First(), form(g.First())));
            // A name that several want goes to none of them, also not later.
            taken.UnionWith(groups.Select(g => g.Key));
            left = [.. left.Where(id => !stems.ContainsKey(id))];
        }

        return left.Count == 0
            ? stems
            : throw new InvalidOperationException($"{left.First()} finds no name of its own.");
    }

    private static string WithoutExtension(string path)
    {
        int dot = path.LastIndexOf('.');
        return dot > path.LastIndexOf('/') + 1 ? path[..dot] : path;
    }

    private static string ShortHash(string id) =>
        Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(id)))[..8];
}

using System.Text;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>A line of a list.</summary>
/// <param name="Path">As written.</param>
/// <param name="Language">Lower case; null = not in this format.</param>
/// <param name="Text">May be empty.</param>
internal sealed record ListLine(string Path, string? Language, string Text);

/// <summary>The lists of a set: files at its top that are called as the target calls them.</summary>
internal sealed class SetLists
{
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ListLine> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _bad = [];
    private readonly bool _namesOnlyStems;

    private SetLists(DatasetTarget target) => _namesOnlyStems = target.ListFormat == ListFormat.Ljspeech;

    /// <summary>Number of lists.</summary>
    public int Count => _lists.Count;

    /// <summary>Lines with the wrong fields, as "list:line".</summary>
    public IReadOnlyList<string> BadLines => _bad;

    /// <summary>Reads all lists of a set.</summary>
    public static SetLists Read(string root, DatasetTarget target)
    {
        var lists = new SetLists(target);
        string extension = Path.GetExtension(target.ListName);
        foreach (string path in Directory.EnumerateFiles(root, "*" + extension).Order(StringComparer.Ordinal))
        {
            lists._lists.Add(Path.GetFileName(path));
            lists.Parse(Path.GetFileName(path), File.ReadAllBytes(path), target);
        }

        return lists;
    }

    /// <summary>True if a file of the set is a list.</summary>
    public bool IsList(string file) => _lists.Contains(file);

    /// <summary>The line that names a clip: trainers go by the base name.</summary>
    public ListLine? Find(string file) => _byName.GetValueOrDefault(Key(file));

    /// <summary>Lines that name no file of the set.</summary>
    public IEnumerable<string> MissingFiles(IEnumerable<string> files)
    {
        var there = files.Select(Key).ToHashSet(StringComparer.Ordinal);
        return _byName.Where(l => !there.Contains(l.Key)).Select(l => l.Value.Path).Order(StringComparer.Ordinal);
    }

    private void Parse(string list, byte[] content, DatasetTarget target)
    {
        // A byte-order mark becomes part of the first path.
        bool hasMark = content.AsSpan().StartsWith("\uFEFF"u8);
        string[] lines = Encoding.UTF8.GetString(content.AsSpan(hasMark ? 3 : 0)).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i].TrimEnd('\r');
            if (text.Length == 0 || (i == 0 && text.StartsWith("audio_file|", StringComparison.Ordinal)))
            {
                continue;
            }

            string[] fields = text.Split('|');
            ListLine? line = (target.ListFormat, fields) switch
            {
                (ListFormat.GptSovits or ListFormat.StyleBertVits2, [var path, _, var language, var said]) =>
                    new ListLine(path, language.ToLowerInvariant(), said),
                (ListFormat.Ljspeech or ListFormat.AudioFileTextSpeaker, [var path, var said, _]) => new ListLine(
                    path,
                    null,
                    said),
                (ListFormat.AudioFileText, [var path, var said]) => new ListLine(path, null, said),
                _ => null,
            };
            if (line is null || (i == 0 && hasMark))
            {
                _bad.Add($"{list}:{i + 1}");
            }
            else
            {
                _byName.TryAdd(Key(line.Path), line);
            }
        }
    }

    private string Key(string path)
    {
        string name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return _namesOnlyStems && name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}

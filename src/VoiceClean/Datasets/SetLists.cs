using VoiceClean.Datasets.Lists;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>The lists of a set, read as the target's trainer reads them.</summary>
internal sealed class SetLists
{
    private static readonly string[] Extensions = [".list", ".csv", ".tsv", ".filelist"];

    private readonly HashSet<string> _listLike;

    private SetLists(IReadOnlyList<ParsedList> lists, HashSet<string> listLike, bool isNameWrong) =>
        (Lists, _listLike, IsNameWrong) = (lists, listLike, isNameWrong);

    /// <summary>The lists, by name.</summary>
    public IReadOnlyList<ParsedList> Lists { get; }

    /// <summary>True if there are lists, none of which is called as the trainer wants it.</summary>
    public bool IsNameWrong { get; }

    /// <summary>Names of files at the top that look like lists, whoever reads them.</summary>
    public IReadOnlyCollection<string> ListLike => _listLike;

    /// <summary>Reads the lists at the top of a set.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public static SetLists Read(string root, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        string[] top =
        [
            .. Directory.EnumerateFiles(root).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal),
        ];
        var listLike = top.Where(n => Extensions.Contains(Path.GetExtension(n))).ToHashSet(StringComparer.Ordinal);
        string[] names = target.ReadsLists switch
        {
            "" => [],
            ['*', .. var extension] => [.. top.Where(n => Path.GetExtension(n) == extension)],
            var name => [.. top.Where(n => n == name)],
        };
        return new SetLists(
            [.. names.Select(n => ListParser.Parse(n, File.ReadAllBytes(Path.Combine(root, n)), target))],
            listLike,
            isNameWrong: target.ReadsLists.Length > 0 && names.Length == 0 && listLike.Count > 0);
    }

    /// <summary>True if a file at the top of the set is a list.</summary>
    public bool IsList(string file) => _listLike.Contains(file);
}

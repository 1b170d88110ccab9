using VoiceClean.Runs.Selection;

namespace VoiceClean.Runs.Planning;

/// <summary>Knows which places are within an output folder; asks the disk once about each folder in it.</summary>
/// <param name="root">The output folder; need not exist.</param>
internal sealed class OutputPlaces(string root)
{
    // relative folder → it is a link out of the tree
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal);

    /// <summary>The output folder.</summary>
    public string Root => root;

    /// <summary>The folders of all places that were asked about, relative.</summary>
    public IEnumerable<string> Folders => _folders.Keys;

    /// <summary>
    /// True if the result would leave the output folder by its name, or through a folder in the output that is really a
    /// link.
    /// </summary>
    /// <param name="output">See <see cref="PlanItem.Output"/>.</param>
    public bool IsOutside(string output)
    {
        string[] names = output.Split('/');
        if (
            names.Any(n => n is "" or "." or "..")
            || names[0] == RunFolder.Name
            || (Path.DirectorySeparatorChar != '/' && Path.IsPathRooted(output)))
        {
            return true;
        }

        for (int depth = 1; depth < names.Length; depth++)
        {
            string folder = string.Join('/', names[..depth]);
            if (!_folders.TryGetValue(folder, out bool isLink))
            {
                isLink = new DirectoryInfo(Path.Combine(root, folder)).LinkTarget is not null;
                _folders.Add(folder, isLink);
            }

            if (isLink)
            {
                return true;
            }
        }

        return false;
    }
}

using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Runs.Selection;

/// <summary>
/// Finds the inputs of a batch: files as they are named, and what is audio in folders (<see cref="FolderWalk"/>).
/// Nothing is opened that could block.
/// </summary>
internal sealed class FileSelection
{
    private readonly FoundEntries _found = new();
    private readonly FolderWalk _walk;
    private readonly CancellationToken _cancellation;

    private FileSelection(SelectionOptions options, AudioDecoders decoders, CancellationToken cancellation)
    {
        _walk = new FolderWalk(_found, options, decoders, cancellation);
        _cancellation = cancellation;
    }

    /// <summary>The inputs, sorted by id (ordinal), then by path.</summary>
    public IReadOnlyList<SelectedFile> Files => _found.Files;

    /// <summary>What was found in folders and is no input.</summary>
    public IReadOnlyList<SkippedEntry> Skipped => _found.Skipped;

    /// <summary>How many were left out for which reason.</summary>
    public IReadOnlyDictionary<string, int> SkipCounts =>
        new SortedDictionary<string, int>(
            Skipped.CountBy(s => s.Reason).ToDictionary(),
            StringComparer.Ordinal);

    /// <summary>Selects.</summary>
    /// <param name="inputs">Files and folders as the user named them.</param>
    /// <param name="listed">Files and folders from lists; relative ones keep their relative path as id.</param>
    /// <param name="options">What counts in folders.</param>
    /// <param name="decoders">Who recognises audio.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <exception cref="OutputException">An input is the output folder itself.</exception>
    public static FileSelection Select(
        IEnumerable<string> inputs,
        IEnumerable<string> listed,
        SelectionOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(listed);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        var selection = new FileSelection(options, decoders, cancellation);
        foreach (string input in inputs)
        {
            selection.AddNamed(input, Path.GetFileName(Path.TrimEndingDirectorySeparator(input)), "");
        }

        foreach (string entry in listed)
        {
            string id = ListedId(entry);
            selection.AddNamed(entry, id, Path.IsPathRooted(entry) ? "" : id);
        }

        selection._found.Sort();
        return selection;
    }

    /// <summary>
    /// The relative path without "." and with ".." resolved as far as it goes; the name alone of an absolute path.
    /// </summary>
    private static string ListedId(string entry)
    {
        if (Path.IsPathRooted(entry))
        {
            return Path.GetFileName(Path.TrimEndingDirectorySeparator(entry));
        }

        var parts = new List<string>();
        foreach (string part in entry.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private void AddNamed(string path, string id, string prefix)
    {
        _cancellation.ThrowIfCancellationRequested();
        switch (FileIdentity.KindOf(path))
        {
            case EntryKind.File:
                _found.Add(path, id, null);
                break;
            case EntryKind.Folder when _walk.IsOutput(path):
                throw new OutputException(
                    ReasonCodes.InputIsOutput,
                    $"{path} is the output folder too; choose another one, results never stand among their inputs.");
            case EntryKind.Folder:
                _walk.Walk(path, prefix);
                break;
            case EntryKind.Other:
                _found.Add(
                    path,
                    id,
                    new InputException(
                        ReasonCodes.UnsupportedFormat,
                        $"{path} is a pipe or a device; copy its content into a file first."));
                break;
            default:
                _found.Add(
                    path,
                    id,
                    path.Contains('\uFFFD', StringComparison.Ordinal)
                        ? FoundEntries.Unreadable(path)
                        : new InputException(
                            ReasonCodes.NotFound,
                            $"{path} does not exist; check the name and the folder."));
                break;
        }
    }
}

using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.State;

namespace VoiceClean.Datasets;

/// <summary>
/// The lists, manifests and texts of a set, which people edit: knows what was written, and keeps what somebody changed
/// since in <see cref="EditedFolder"/> before it is replaced or removed. <c>.voiceclean/written.txt</c> has a line for
/// each content, SHA-256 and name, added before the file itself is written, so that a killed run leaves nothing that
/// looks edited. Used under the lock of the lists, by one thread.
/// </summary>
internal sealed class WrittenFiles
{
    /// <summary>Where edited files are kept, in the set.</summary>
    public const string EditedFolder = "_edited";

    private readonly string _root, _memory;
    private readonly IOutputFiles _files;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private WrittenFiles(SetFolders set, string memory) => (_root, _memory, _files) = (set.Root, memory, set.Files);

    /// <summary>Reads what was written.</summary>
    /// <exception cref="VoiceCleanException">It cannot be read.</exception>
    public static WrittenFiles Open(SetFolders set)
    {
        string memory = Path.Combine(StateFolder.In(set.Root, set.Memory), "written.txt");
        var files = new WrittenFiles(set, memory);
        try
        {
            files._known.UnionWith(File.Exists(memory) ? File.ReadLines(memory) : []);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, memory);
        }

        return files;
    }

    /// <summary>What is kept in a set, relative paths with '/'.</summary>
    /// <exception cref="VoiceCleanException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> ListEdited(string root)
    {
        string folder = Path.Combine(root, EditedFolder);
        try
        {
            return Directory.Exists(folder)
                ?
                [
                    .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                        .Select(p => Path.GetRelativePath(root, p).Replace('\\', '/'))
                        .Order(StringComparer.Ordinal),
                ]
                : [];
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, folder);
        }
    }

    /// <summary>Writes a file; nothing where it has that content already.</summary>
    /// <param name="name">Relative path with '/'.</param>
    /// <param name="content">All of it.</param>
    /// <exception cref="VoiceCleanException">It cannot be written.</exception>
    public void Put(string name, byte[] content)
    {
        string line = LineOf(name, content);
        byte[]? there = Read(name);
        bool isSame = there is not null && there.AsSpan().SequenceEqual(content);
        KeepIfEdited(name, isSame ? null : there);
        if (_known.Add(line))
        {
            Remember(line);
        }

        if (!isSame)
        {
            AtomicFile.Write(Path.Combine(_root, name), overwrite: true, stream => stream.Write(content), _files);
        }
    }

    /// <summary>Keeps a file that is about to be written anew, if somebody changed it.</summary>
    /// <exception cref="VoiceCleanException">It cannot be kept.</exception>
    public void Keep(string name) => KeepIfEdited(name, Read(name));

    /// <summary>Removes a file, if it is there.</summary>
    /// <exception cref="VoiceCleanException">It cannot be removed.</exception>
    public void Remove(string name)
    {
        KeepIfEdited(name, Read(name));
        try
        {
            File.Delete(Path.Combine(_root, name));
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, name);
        }
    }

    /// <summary>Removes what was written at the top of the set and is of it no more.</summary>
    /// <param name="extension">With its dot.</param>
    /// <param name="stays">Names of those that stay.</param>
    /// <exception cref="VoiceCleanException">One cannot be removed.</exception>
    public void RemoveOthers(string extension, IReadOnlySet<string> stays)
    {
        ArgumentNullException.ThrowIfNull(stays);
        foreach (string name in NamesOf(extension).Where(n => !stays.Contains(n)))
        {
            Remove(name);
        }
    }

    /// <summary>
    /// Removes the folders of speakers that hold nothing any more, as of one who was renamed: a trainer's page lists
    /// them. Not for a part of a set, where another part may be about to write into one.
    /// </summary>
    public void RemoveEmptyFolders()
    {
        foreach (string speaker in NamesOf(".jsonl").Select(n => n[..^".jsonl".Length]))
        {
            foreach (string folder in (string[])[speaker, $"{DatasetPlan.RejectedFolder}/{speaker}"])
            {
                try
                {
                    Directory.Delete(Path.Combine(_root, folder));
                }
                catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
                {
                    // Not empty, or not there.
                }
            }
        }
    }

    // Of what was ever written at the top of the set.
    private string[] NamesOf(string extension) =>
    [
        .. _known
            .Select(l => l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Distinct(StringComparer.Ordinal)
            .Where(n => n.EndsWith(extension, StringComparison.Ordinal) && !n.Contains('/')),
    ];

    private static string LineOf(string name, byte[] content) =>
        $"{Convert.ToHexStringLower(Sha256.HashData(content))} {name}";

    private void KeepIfEdited(string name, byte[]? there)
    {
        if (there is null || there.Length == 0 || _known.Contains(LineOf(name, there)))
        {
            return;
        }

        string kept = $"{EditedFolder}/{name}";
        for (int i = 2; Path.Exists(Path.Combine(_root, kept)) && !Holds(kept, there); i++)
        {
            kept = $"{EditedFolder}/{Path.ChangeExtension(name, null)}.{i}{Path.GetExtension(name)}";
        }

        string path = Path.Combine(_root, kept);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }

        if (!Path.Exists(path))
        {
            AtomicFile.Write(path, overwrite: false, stream => stream.Write(there), _files);
        }
    }

    private bool Holds(string name, byte[] content) =>
        Read(name) is { } there && there.AsSpan().SequenceEqual(content);

    private byte[]? Read(string name)
    {
        string path = Path.Combine(_root, name);
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }
    }

    private void Remember(string line)
    {
        try
        {
            using var stream = new FileStream(_memory, FileMode.Append, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, _memory);
        }
    }
}

namespace VoiceClean.Testing.Tools;

/// <summary>An empty folder that is removed with all it contains.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("voiceclean-test-").FullName;

    /// <summary>The path of a name in it, which need not exist.</summary>
    /// <param name="name">A name, or several joined by <c>/</c>.</param>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Names of everything directly in it, hidden files included, in ordinal order.</summary>
    public string[] Names() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Path)
                .Select(p => System.IO.Path.GetFileName(p))
                .Order(StringComparer.Ordinal),
        ];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

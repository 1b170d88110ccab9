namespace VoiceClean.Tests.Tools;

/// <summary>An empty folder that is removed with all it contains.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("voiceclean-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string[] Names() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(Path)
                .Select(p => System.IO.Path.GetFileName(p))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

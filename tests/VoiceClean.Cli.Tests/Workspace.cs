
namespace VoiceClean.Cli.Tests;

/// <summary>An empty folder that goes away with the test.</summary>
internal sealed class Workspace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("voiceclean-test-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>Names of everything in the folder, hidden files included.</summary>
    public string[] Content =>
        [.. Directory.EnumerateFileSystemEntries(Root).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

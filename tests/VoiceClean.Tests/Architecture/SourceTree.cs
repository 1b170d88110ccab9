namespace VoiceClean.Tests.Architecture;

/// <summary>The files of this repository, as the tests find them from where they run.</summary>
internal static class SourceTree
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Files below a folder, without what a build leaves there.</summary>
    /// <param name="folder">A full path.</param>
    /// <param name="endings">How their names end, for instance ".cs".</param>
    public static IEnumerable<string> Files(string folder, params string[] endings) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal)))
            .Where(f =>
                !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));

    /// <summary>The path from the root, with slashes.</summary>
    public static string Name(string file) =>
        Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/');

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceClean.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}

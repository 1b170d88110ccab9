namespace VoiceClean.Browser.Tests.Microphone;

/// <summary>The recordings that come with the repository.</summary>
internal static class SampleFolder
{
    /// <summary>Where they are.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "VoiceClean.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder!.FullName, "samples");
    }
}

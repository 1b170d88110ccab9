namespace VoiceClean.Runs.Selection;

/// <summary>The folder in which a run keeps its memory; no input and no result ever lies in it.</summary>
internal static class RunFolder
{
    /// <summary>Its name, in the output folder.</summary>
    public const string Name = ".voiceclean";

    // What report.json of a set begins with, whoever wrote the lines around it.
    private const string SetSchema = "voiceclean.dataset/";

    /// <summary>
    /// True if a folder holds results of a run of ours: its memory, or the report of a set whose memory lies elsewhere.
    /// </summary>
    /// <param name="folder">Need not exist.</param>
    public static bool IsResults(string folder)
    {
        if (File.Exists(Path.Combine(folder, Name, "run.json")))
        {
            return true;
        }

        string report = Path.Combine(folder, "report.json");
        try
        {
            return File.Exists(report)
                && File.ReadLines(report).Take(3).Any(l => l.Contains(SetSchema, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

namespace VoiceClean.Runs.Selection;

/// <summary>The folder in which a run keeps its memory; no input and no result ever lies in it.</summary>
internal static class RunFolder
{
    /// <summary>Its name, in the output folder.</summary>
    public const string Name = ".voiceclean";
}

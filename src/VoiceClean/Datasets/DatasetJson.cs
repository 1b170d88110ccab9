using System.Text.Json;

namespace VoiceClean.Datasets;

/// <summary>JSON of checks, one line each, without the line end.</summary>
internal static class DatasetJson
{
    /// <summary>A clip.</summary>
    public static string ToLine(CheckedClip clip) => JsonSerializer.Serialize(clip, DatasetContext.Relaxed.CheckedClip);

    /// <summary>The last line.</summary>
    public static string ToLine(CheckSummary summary) =>
        JsonSerializer.Serialize(summary, DatasetContext.Relaxed.CheckSummary);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Inspection;

namespace VoiceClean.Reporting;

/// <summary>Where the line of a record is, so that the whole of it can be read once more.</summary>
/// <param name="Source">Which of the sources that were read.</param>
/// <param name="Position">[byte]</param>
/// <param name="Length">Without the end of the line [byte].</param>
internal readonly record struct RecordPlace(int Source, long Position, int Length);

/// <summary>What a table of records shows of one input; the rest stays in its line.</summary>
internal sealed record RecordRow
{
    /// <summary>Identity of the clip.</summary>
    public required string Id { get; init; }

    /// <summary>The verdict.</summary>
    public ClipStatus Status { get; init; }

    /// <summary>Stable code of the refusal or failure.</summary>
    public string? Reason { get; init; }

    /// <summary>One sentence about it.</summary>
    public string? Message { get; init; }

    /// <summary>Stable codes of the warnings.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The input as the user named it.</summary>
    public string? InputPath { get; init; }

    /// <summary>The result; null if there is none.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Length of the input [s].</summary>
    public double? InputS { get; init; }

    /// <summary>Length of the result [s].</summary>
    public double? OutputS { get; init; }

    /// <summary>Of the source: signal-to-noise ratio [dB].</summary>
    public double? SnrBeforeDb { get; init; }

    /// <summary>Of the result: signal-to-noise ratio [dB].</summary>
    public double? SnrAfterDb { get; init; }

    /// <summary>Of the source: integrated loudness [LUFS].</summary>
    public double? LufsBefore { get; init; }

    /// <summary>Of the result: integrated loudness [LUFS].</summary>
    public double? LufsAfter { get; init; }

    /// <summary>What an inspection thinks of it; null if it was none.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>SHA-256 of the settings it was made with.</summary>
    public string? Settings { get; init; }

    /// <summary>Version of VoiceClean it was made with.</summary>
    public string? Tool { get; init; }

    /// <summary>Its line.</summary>
    public RecordPlace Place { get; init; }

    /// <summary>Whether there is a result that can be listened to.</summary>
    public bool HasResult => OutputPath is not null && Status is ClipStatus.Ok or ClipStatus.Unchanged;

    /// <summary>Share of the input that the result does not have, 0 to 1; null where that is not known.</summary>
    public double? RemovedShare =>
        InputS is > 0 && OutputS is { } output ? Math.Clamp(1 - (output / InputS.Value), 0, 1) : null;

    /// <summary>The row of a report.</summary>
    public static RecordRow Of(ClipReport report, RecordPlace place)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new RecordRow
        {
            Id = report.Id,
            Status = report.Status,
            Reason = report.Reason,
            Message = report.Message,
            Warnings = [.. report.Warnings.Select(w => w.Code).Distinct(StringComparer.Ordinal)],
            InputPath = report.Input?.Path,
            OutputPath = report.Output?.Path,
            InputS = Finite(report.Input?.DurationS ?? report.Before?.DurationS),
            OutputS = Finite(report.Output?.DurationS),
            SnrBeforeDb = Finite(report.Before?.SnrDb),
            SnrAfterDb = Finite(report.After?.SnrDb),
            LufsBefore = Finite(report.Before?.IntegratedLufs),
            LufsAfter = Finite(report.After?.IntegratedLufs),
            Verdict = report.Inspection?.Verdict,
            Settings = report.Provenance?.ConfigSha256,
            Tool = report.Provenance?.ToolVersion,
            Place = place,
        };
    }

    /// <summary>Pairs of seconds that stand in a report under a key, for instance "removed_s".</summary>
    public static IReadOnlyList<(double From, double To)> Stretches(ClipReport report, string key)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            return report.Process?[key] is JsonArray pairs
                ?
                [
                    .. pairs.OfType<JsonArray>()
                        .Where(p => p.Count == 2)
                        .Select(p => (p[0]!.GetValue<double>(), p[1]!.GetValue<double>())),
                ]
                : [];
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or JsonException)
        {
            return [];
        }
    }

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}

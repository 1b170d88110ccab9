using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Web.Studio;

/// <summary>
/// Inspects all recordings in the background, one after the other, so that the list can begin with the worst.
/// </summary>
/// <param name="options">The studio.</param>
/// <param name="decoders">The decoders to choose from.</param>
/// <param name="files">The recordings.</param>
internal sealed class Triage(StudioOptions options, AudioDecoders decoders, StudioFiles files)
{
    private readonly ConcurrentDictionary<string, ClipReport> _reports = new(StringComparer.Ordinal);

    /// <summary>The recordings, the worst first; what was not looked at yet comes last, by name.</summary>
    public IEnumerable<(StudioFile File, ClipReport? Report)> Ranked =>
        files.All
            .Select(f => (File: f, Report: _reports.GetValueOrDefault(f.Id)))
            .OrderBy(f => f.Report is null)
            .ThenByDescending(f => Badness(f.Report))
            .ThenBy(f => f.Report?.Before?.SnrDb ?? double.MaxValue);

    /// <summary>Begins.</summary>
    /// <param name="stop">Ends it.</param>
    public Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            var pipeline = new InspectionPipeline(options.Cleaning, isGate: false, decoders);
            foreach (StudioFile file in files.All.TakeWhile(_ => !stop.IsCancellationRequested))
            {
                ClipReport report = pipeline.Inspect(JobOf(file), stop);
                if (!stop.IsCancellationRequested)
                {
                    _reports[file.Id] = report;
                }
            }
        },
        stop,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>Notes what another found.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="report">What its inspection found.</param>
    public void Note(StudioFile file, ClipReport report) => _reports[file.Id] = report;

    /// <summary>What is known of a recording, for the list.</summary>
    /// <param name="file">The recording.</param>
    /// <param name="report">What its inspection found; null = not yet.</param>
    public static JsonObject ToJson(StudioFile file, ClipReport? report)
    {
        var json = new JsonObject { ["id"] = file.Id, ["name"] = file.Name, ["size_bytes"] = file.SizeBytes };
        if (report is not null)
        {
            json["verdict"] = VerdictOf(report);
            json["reason"] = report.Reason;
            json["duration_s"] = report.Before?.DurationS ?? report.Input?.DurationS;
            json["snr_db"] = StudioJson.Figure(report.Before?.SnrDb);
            json["warnings"] = new JsonArray([.. report.Warnings.Select(w => (JsonNode)w.Code).Distinct()]);
        }

        return json;
    }

    /// <summary>The job of a recording that is only read.</summary>
    public static ClipJob JobOf(StudioFile file) => new()
    {
        Id = Path.GetFileName(file.Path),
        InputPath = file.Path,
        OutputPath = "",
        OpenInput = () => InputFile.Open(file.Path),
        Publish = _ => { },
    };

    private static string VerdictOf(ClipReport report) =>
        report.Inspection is { } facts ? facts.Verdict.ToString().ToLowerInvariant() : "unreadable";

    private static int Badness(ClipReport? report) =>
        report is null ? -1 : report.Inspection is { } facts ? (int)facts.Verdict : int.MaxValue;
}

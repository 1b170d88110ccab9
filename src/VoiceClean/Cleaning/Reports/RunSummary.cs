using System.Text.Json.Serialization;
using System.Text.Json;

namespace VoiceClean.Cleaning.Reports;

/// <summary>
/// The last line of a run: how many inputs ended how. Adds up as reports come in, so that a run of any length needs no
/// list.
/// </summary>
internal sealed record RunSummary
{
    /// <summary>Name and major version of the schema.</summary>
    public string Schema { get; init; } = "voiceclean.result/1";

    /// <summary>Which kind of line this is: "summary".</summary>
    public string Event { get; init; } = "summary";

    /// <summary>
    /// Number of inputs per verdict: "ok", "unchanged", "rejected", "failed", "stopped", "not_begun"; all are always
    /// there.
    /// </summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Number of refusals and failures per reason code.</summary>
    public IReadOnlyDictionary<string, int> Reasons { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Number of recordings with a result, made now or before, per warning code; one with several codes counts for
    /// each.
    /// </summary>
    public IReadOnlyDictionary<string, int> Warnings { get; init; } = new Dictionary<string, int>();

    /// <summary>
    /// Number of files found in folders that are no inputs, per reason ("hidden", "not_audio" …); empty for a single
    /// file.
    /// </summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new Dictionary<string, int>();

    /// <summary>Audio read [s].</summary>
    public double AudioInS { get; init; }

    /// <summary>Audio written [s].</summary>
    public double AudioOutS { get; init; }

    /// <summary>Time from start to end [s].</summary>
    public double WallS { get; init; }

    /// <summary>
    /// Clips of a set whose language nobody told, so that the trainer's list gives them its own; null where there are
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ClipsWithoutLanguage { get; init; }

    /// <summary>
    /// Results of earlier runs that stay although their recordings are gone; null where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ResultsWithoutInput { get; init; }

    /// <summary>Which share of the inputs it was, "2/8"; null if it was all of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shard { get; init; }

    /// <summary>
    /// The words of the command that does it again, for all shares; null where nobody said.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>Number of inputs that ended with <paramref name="status"/>.</summary>
    public int Count(ClipStatus status) => Counts.GetValueOrDefault(NameOf(status));

    /// <summary>The summary of a few reports.</summary>
    /// <param name="reports">One of each input.</param>
    /// <param name="wallSeconds">Time from start to end [s].</param>
    public static RunSummary Of(IEnumerable<ClipReport> reports, double wallSeconds)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var tally = new Tally();
        foreach (ClipReport report in reports)
        {
            tally.Add(report);
        }

        return tally.ToSummary(wallSeconds);
    }

    /// <summary>A status as it stands in records: "not_begun".</summary>
    internal static string NameOf(ClipStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName(status.ToString());

    /// <summary>Counts reports. Not thread-safe.</summary>
    public sealed class Tally
    {
        private readonly int[] _statuses = new int[Enum.GetValues<ClipStatus>().Length];
        private readonly SortedDictionary<string, int> _reasons = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> _warnings = new(StringComparer.Ordinal);
        private double _audioIn;
        private double _audioOut;

        /// <summary>Number of inputs that ended with <paramref name="status"/> so far.</summary>
        public int this[ClipStatus status] => _statuses[(int)status];

        /// <summary>Adds one report.</summary>
        public void Add(ClipReport report)
        {
            ArgumentNullException.ThrowIfNull(report);
            _statuses[(int)report.Status]++;
            _audioIn += report.Input?.DurationS ?? 0;
            _audioOut += report.Output?.DurationS ?? 0;
            if (report.Status is not (ClipStatus.Stopped or ClipStatus.NotBegun) && report.Reason is { } reason)
            {
                _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            }

            if (report.Status is ClipStatus.Ok or ClipStatus.Unchanged)
            {
                foreach (string code in report.Warnings.Select(w => w.Code).Distinct())
                {
                    _warnings[code] = _warnings.GetValueOrDefault(code) + 1;
                }
            }
        }

        /// <summary>The sum so far.</summary>
        /// <param name="wallSeconds">Time from start to end [s].</param>
        public RunSummary ToSummary(double wallSeconds) =>
            new()
            {
                Counts = Enum.GetValues<ClipStatus>()
                    .ToDictionary(NameOf, s => _statuses[(int)s]),
                Reasons = new Dictionary<string, int>(_reasons),
                Warnings = new Dictionary<string, int>(_warnings),
                AudioInS = _audioIn,
                AudioOutS = _audioOut,
                WallS = wallSeconds,
            };
    }
}

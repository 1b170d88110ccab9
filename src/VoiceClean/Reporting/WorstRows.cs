using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Reporting;

/// <summary>Which recordings somebody should look at first.</summary>
internal static class WorstRows
{
    /// <summary>
    /// The places of the worst rows that have sound to show, worst first: at most half are refusals, so that the
    /// results which came out worst are among them; what could not be read has nothing to show.
    /// </summary>
    /// <param name="rows">All of them.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<RecordRow> rows, int most)
    {
        ArgumentNullException.ThrowIfNull(rows);
        List<int> refused = Ranked(rows, r => r.Status == ClipStatus.Rejected && !Blank.Contains(r.Reason));
        List<int> made = Ranked(rows, r => r.Status is ClipStatus.Ok or ClipStatus.Unchanged);
        int places = Math.Min(refused.Count, Math.Max(most / 2, most - made.Count));
        return [.. refused.Take(places), .. made.Take(most - places)];
    }

    // What has nothing to see or to hear in it.
    private static readonly string[] Blank = [ReasonCodes.Silent, ReasonCodes.TooShort];

    // Worth a word, but nothing to look at.
    private static readonly string[] Harmless =
    [
        WarningCodes.NoiseHeadRejected,
        WarningCodes.WrongExtension,
        WarningCodes.SeveralTracks,
        WarningCodes.UnclippedChannel,
        WarningCodes.ClearerChannel,
        WarningCodes.MalformedHeader,
    ];

    private static List<int> Ranked(IReadOnlyList<RecordRow> rows, Predicate<RecordRow> belongs) =>
    [
        .. Sequence
            .Range(0, rows.Count)
            .Where(i => belongs(rows[i]))
            .OrderByDescending(i => Badness(rows[i]))
            .ThenBy(i => rows[i].Id, StringComparer.Ordinal),
    ];

    // A warning counts as much as 6 dB of noise; what lost more than half of its length is worth a look too.
    private static double Badness(RecordRow row) =>
        (6 * row.Warnings.Count(w => !Harmless.Contains(w)))
        - (row.SnrAfterDb ?? row.SnrBeforeDb ?? 20)
        + (10 * Math.Max(0, (row.RemovedShare ?? 0) - 0.5));
}

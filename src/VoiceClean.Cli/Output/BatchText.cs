using System.Globalization;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Cli.Output;

/// <summary>What a batch says to people at its end.</summary>
internal static class BatchText
{
    /// <summary>Ends the JSON lines, says how it went, and returns the exit code.</summary>
    public static int Finish(
        Screen screen,
        ReportLines lines,
        FileSelection selection,
        RunResult result,
        int exitCode)
    {
        exitCode = lines.Finish(result.Summary, exitCode);
        PrintSummary(screen, selection, result, exitCode);
        return exitCode;
    }

    /// <summary>Counts by verdict and reason, hours of audio, speed.</summary>
    private static void PrintSummary(
        Screen screen,
        FileSelection selection,
        RunResult result,
        int exitCode)
    {
        if (screen.Quiet)
        {
            return;
        }

        RunSummary summary = result.Summary;
        IReadOnlyDictionary<string, int> counts = summary.Counts;
        Screen.Sentence(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{counts["ok"]:N0} cleaned, {counts["unchanged"]:N0} unchanged, {counts["rejected"]:N0} rejected, "
                    + $"{counts["failed"]:N0} failed{Unfinished(counts)} in {Time(result.WallTime)}")
                + (
                    counts["ok"] > 0
                        ? $"; {Time(TimeSpan.FromSeconds(summary.AudioInS))} of audio in, "
                            + $"{Time(TimeSpan.FromSeconds(summary.AudioOutS))} out"
                        : "")
                + (
                    counts["ok"] > 0 && counts["unchanged"] == 0 && summary.WallS > 0
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $", {summary.AudioInS / summary.WallS:F0} x real time")
                        : ""));
        if (summary.Reasons.Count > 0)
        {
            Screen.Sentence($"reasons: {Most(summary.Reasons)}");
        }

        if (summary.Warnings.Count > 0)
        {
            Screen.Sentence($"warnings: {Most(summary.Warnings)} (voiceclean report names the recordings)");
        }

        if (selection.Skipped.Count > 0)
        {
            Screen.Sentence("left out: " + Named(selection));
        }

        if (result.Left.Count > 0)
        {
            Screen.Sentence(Left(result.Left));
        }

        if (exitCode is ExitCodes.Temporary or 129 or 130 or 143 || result.IsStopped)
        {
            Screen.Sentence("not everything is done; the same command goes on from here");
        }
    }

    // "no_speech 169, silent 33", the most frequent first
    private static string Most(IReadOnlyDictionary<string, int> counts) => string.Join(
        ", ",
        counts
            .OrderByDescending(c => c.Value)
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} {c.Value}"));

    private static string Left(IReadOnlyList<string> results)
    {
        const int most = 3;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"still in the output: {Counted.Of(results.Count, "result")} of recordings that are gone "
                + $"({string.Join(", ", results.Take(most))}{(results.Count > most ? " …" : "")})");
    }

    /// <summary>Which share a run takes and who says so, before it begins.</summary>
    public static void SayShare(Screen screen, RunInputs inputs)
    {
        if (inputs.Shard.IsPart && !screen.Quiet)
        {
            Screen.Sentence(inputs.Share.ToString());
        }
    }

    // ", 2 stopped, 27 not begun", or nothing
    private static string Unfinished(IReadOnlyDictionary<string, int> counts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(counts["stopped"] > 0 ? $", {counts["stopped"]:N0} stopped" : "")}"
                + $"{(counts["not_begun"] > 0 ? $", {counts["not_begun"]:N0} not begun" : "")}");

    /// <summary>Says what is wrong with a plan that cannot start.</summary>
    public static int Refuse(FolderPlan plan, int exitCode, ReportLines lines)
    {
        const int most = 20;
        var reports = new List<ClipReport>();
        foreach ((PlanItem item, VoiceCleanException failure) in plan.Problems)
        {
            ClipReport report = OutsideReports.Failed(item.Id, item.InputPath, failure);
            reports.Add(report);
            lines.Add(report);
            if (reports.Count <= most)
            {
                Screen.Error(failure.Message);
            }
        }

        Screen.Error(
            reports.Count > most ? $"and {reports.Count - most} more; nothing was begun." : "nothing was begun.");
        return lines.Finish(RunSummary.Of(reports, 0), exitCode);
    }

    /// <summary>"; left out 3 hidden, 2 not_audio", or nothing.</summary>
    public static string Skipped(FileSelection selection) =>
        selection.Skipped.Count == 0
            ? ""
            : "; left out " + string.Join(", ", selection.SkipCounts.Select(c => $"{c.Value} {c.Key}"));

    // "3 hidden (.a, .b, …), 1 not_audio (cover.jpg)"
    private static string Named(FileSelection selection)
    {
        const int most = 3;
        return string.Join(
            ", ",
            selection.SkipCounts.Select(c =>
            {
                IEnumerable<string> names = selection
                    .Skipped.Where(s => s.Reason == c.Key)
                    .Select(s => Path.GetFileName(Path.TrimEndingDirectorySeparator(s.Path)))
                    .Take(most);
                string more = c.Value > most ? ", …; -v names all" : "";
                return $"{c.Value} {c.Key} ({string.Join(", ", names)}{more})";
            }));
    }

    /// <summary>Each entry that was left out, for whoever asks with -v.</summary>
    public static void LogSkipped(Screen screen, FileSelection selection)
    {
        foreach (SkippedEntry entry in selection.Skipped)
        {
            screen.Log.Debug("left out ({Reason}): {Path}", entry.Reason, entry.Path);
        }
    }

    /// <summary>"3:15", "1:02:03", or "0.4 s".</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 10
        ? time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture) + " s"
        : time.TotalHours < 1
            ? time.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : FormattableString.Invariant($"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
}

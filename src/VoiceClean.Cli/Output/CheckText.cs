using System.Globalization;
using System.Text;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Cli.Output;

/// <summary>What a check has found, for people and for programs.</summary>
internal static class CheckText
{
    /// <summary>One line a clip that is not as it should be, then per rule how many, then the sum.</summary>
    public static string Table(IReadOnlyList<CheckedClip> clips, CheckSummary summary, DatasetTarget target, bool all)
    {
        var text = new StringBuilder();
        foreach (CheckedClip clip in clips.Where(c => all || c.Status != "ok"))
        {
            text.Append(FormattableString.Invariant($"{clip.Status,-8} {clip.File}"));
            text.AppendJoin(
                    "",
                    clip.Rules.Select(r =>
                        FormattableString.Invariant($"\n           {r.Rule}: {r.Because} (here {r.Value:0.###})")))
                .Append('\n');
        }

        foreach ((string rule, int count) in summary.Rules)
        {
            text.Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{count,6} x {rule} "
                        + $"({target.Rules.First(r => r.Rule == rule).Action.ToString().ToLowerInvariant()})\n"));
        }

        text.Append(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{summary.Clips:N0} clips for {summary.Target}: {summary.Dropped:N0} would be dropped, "
                    + $"{summary.Altered:N0} altered"));
        if (target.Rules.Any(r => r.Measure == "rescale_gain_db"))
        {
            text.Append(
                FormattableString.Invariant(
                    $"; its rescaling changes levels by up to {summary.RescaleSpreadDb:0.0} dB against each other"));
        }

        return text.Append('\n').ToString();
    }

    /// <summary>One line of JSON a clip, then the summary.</summary>
    public static string Json(IReadOnlyList<CheckedClip> clips, CheckSummary summary, int exitCode)
        => string.Concat(clips.Select(c => DatasetJson.ToLine(c) + "\n"))
            + ExitCodes.AddTo(DatasetJson.ToLine(summary), exitCode)
            + "\n";
}

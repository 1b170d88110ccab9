using System.Globalization;
using System.Text;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Cli.Output;

/// <summary>What a check has found, for people and for programs.</summary>
internal static class CheckText
{
    /// <summary>One line a clip that is not as it should be, then per rule how many, then the sum.</summary>
    private static string Table(IReadOnlyList<CheckedClip> clips, CheckSummary summary, DatasetTarget target, bool all)
    {
        var text = new StringBuilder();
        foreach (CheckedClip clip in clips.Where(c => all || c.Status != ClipStatuses.Ok))
        {
            text.Append(FormattableString.Invariant($"{clip.Status,-8} {Paint.OneLine(clip.File)}"));
            text.AppendJoin("", clip.Rules.Select(r =>
                $"\n           {r.Rule}: {Tongue.Say(r.Because)}{Tongue.Say(Here(r, target))}"))
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

        AddSum(text, summary, target);
        return text.Append('\n').ToString();
    }

    /// <summary>The same, in lines that fit where it is read.</summary>
    public static string Screen(
        IReadOnlyList<CheckedClip> clips,
        CheckSummary summary,
        DatasetTarget target,
        bool all) =>
        Fitted(Table(clips, summary, target, all), Console.IsOutputRedirected ? null : Console.WindowWidth);

    /// <summary>The same in lines that fit a terminal; what goes on stands further right.</summary>
    public static string Fitted(string table, int? columns) => columns is > 0 and { } width
        ? string.Join('\n', table.Split('\n').SelectMany(l => Wrapped.Lines(l, width, Further(l))))
        : table;

    private static string Further(string line) =>
        line.StartsWith(' ') ? new string(' ', line.Length - line.TrimStart(' ').Length + 2) : "";

    private static string Clips(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} clip{(count == 1 ? "" : "s")}");

    // The value of what is either so or not says nothing more.
    private static string Here(BrokenRule broken, DatasetTarget target) =>
        target.Rules.FirstOrDefault(r => r.Rule == broken.Rule) is { } rule && ClipMeasures.IsFlag(rule.Measure)
            ? ""
            : FormattableString.Invariant($" (here {broken.Value:0.###})");

    /// <summary>One line of JSON a clip, then the summary.</summary>
    public static string Json(IReadOnlyList<CheckedClip> clips, CheckSummary summary, int exitCode)
        => string.Concat(clips.Select(c => DatasetJson.ToLine(c) + "\n"))
            + ExitCodes.AddTo(DatasetJson.ToLine(summary), exitCode)
            + "\n";

    private static void AddSum(StringBuilder text, CheckSummary summary, DatasetTarget target)
    {
        if (summary.WithoutText > 0)
        {
            text.Append(Tongue.Say($"{Clips(summary.WithoutText)} without text")).Append('\n');
        }

        if (summary.Refused > 0)
        {
            text.Append(
                Tongue.Say(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"the trainer stops at what is refused ({summary.Refused:N0}), and trains on none of its "
                            + $"list")))
                .Append('\n');
        }

        text.Append(
            Tongue.Say(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Clips(summary.Clips)} for {summary.Target}: {summary.Dropped:N0} would be dropped, "
                        + $"{summary.Spoiled:N0} trained with wrong words or none, {summary.Altered:N0} altered")));
        if (target.Rules.Any(r => r.Measure == "rescale_gain_db"))
        {
            text.Append(
                Tongue.Say(
                    FormattableString.Invariant(
                        $"; its rescaling changes levels by up to {summary.RescaleSpreadDb:0.0} dB ")
                        + "against each other"));
        }
    }
}

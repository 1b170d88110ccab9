using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Reporting;
using static VoiceClean.Cli.Commands.RunRow;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>The rows of the options about a report to look at.</summary>
internal static class ReportRows
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Group("Report to look at",
            Text("title", OptionScope.Report, "NAME", "Its heading.",
                s => s.Title, (s, v) => s with { Title = v }),
            Of("worst", OptionScope.Report, "N",
                new IntegerSyntax(new ValueRange(0, 1000), NumberUnit.None),
                "Of how many recordings there are pictures, the worst ones.",
                s => s.Worst, (s, v) => s with { Worst = v }),
            Of("audio", OptionScope.Report, "WHAT",
                new TextSyntax(OptionKind.Text, "none, links or worst:N", t => AudioChoice.TryParse(t) is not null),
                "What can be played: none, links (where it lies) or worst:N (of so many it is in the report itself).",
                s => s.Audio, (s, v) => s with { Audio = v })),
    ];
}

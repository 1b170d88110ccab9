using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Reporting;
using static VoiceClean.Cli.Commands.RunRow;
using static VoiceClean.Cli.Commands.RunRows;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>The rows of the options about what a run tells.</summary>
internal static class OutputRows
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Group(Report,
            Switch("json", OptionScope.Work | OptionScope.Serve,
                "JSON Lines on standard output: one line per input, one summary.",
                s => s.Json, (s, v) => s with { Json = v }),
            Path("report", OptionScope.Cleaning | OptionScope.Inspect, "FILE",
                "The same JSON Lines into a file, or a report to look at (.html, .csv, .md); - is the same as --json. "
                    + "An earlier report on the same recordings is replaced, another file only with --force.",
                s => s.Report, (s, v) => s.WithReport(v)) with { Writes = OptionWrites.File },
            Of("progress", OptionScope.Many, "HOW", Words("auto", "bar", "plain", "none"),
                "auto, bar, plain (a line every 10 s) or none; on standard error.",
                s => s.Progress, (s, v) => s with { Progress = v }),
            Switch("quiet", OptionScope.All, "Only errors on standard error.",
                s => s.Quiet, (s, v) => s with { Quiet = v }) with { Aliases = ["-q"] },
            Switch("verbose", OptionScope.All, "What each step did and took; -vv for more.",
                s => s.Verbose, (s, v) => s with { Verbose = v }) with { Aliases = ["-v"] },
            Switch("very-verbose", OptionScope.All, "Everything.",
                s => s.VeryVerbose, (s, v) => s with { VeryVerbose = v }) with { Aliases = ["-vv"], IsAdvanced = true },
            Path("log-file", OptionScope.All, "FILE", "Write the log into a file too, or add it to an earlier one.",
                s => s.LogFile, (s, v) => s with { LogFile = v }) with { Writes = OptionWrites.Log },
            Of("color", OptionScope.All, "WHEN", Words("auto", "always", "never"),
                "auto, always or never; NO_COLOR is honoured.",
                s => s.Color, (s, v) => s with { Color = v }),
            Of("lang", OptionScope.All, "CODE", Words([Tongue.Auto, .. ReportWords.Languages]),
                "The language of messages, tables, help and reports; auto = that of the system (LANGUAGE, LC_ALL, "
                    + "LC_MESSAGES, LANG), for the page of studio the browser's. JSON, codes and logs stay English.",
                s => s.Lang, (s, v) => s with { Lang = v })),
    ];
}

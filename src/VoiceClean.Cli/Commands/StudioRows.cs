using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using static VoiceClean.Cli.Commands.RunRow;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>The rows of the options about the studio.</summary>
internal static class StudioRows
{
    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Group("Studio",
            Of("port", OptionScope.Studio, "N", new IntegerSyntax(new ValueRange(0, 65_535), NumberUnit.None),
                "The port on 127.0.0.1; 0 = any free one.",
                s => s.Port, (s, v) => s with { Port = v }),
            Switch("open", OptionScope.Studio,
                "Open the page in the browser; then the studio ends 10 minutes after its last page was closed.",
                s => s.Open, (s, v) => s with { Open = v }),
            Switch("no-open", OptionScope.Studio, "Only print the address; the same as --open=false.",
                s => !s.Open, (s, v) => s with { Open = !v }) with { HasVariable = false }),
    ];
}

using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean inspect INPUT...</c>: measures, judges and advises; writes no audio.</summary>
internal sealed class InspectCommand
{
    private const string Description = """
        Measures recordings and says what is wrong with them and what to do about it. Writes no audio.

        Examples:
          voiceclean inspect take1.wav                 one recording
          voiceclean inspect recordings --json         a folder, one line of JSON each
          voiceclean inspect take1.wav --gate          exit code 3 if it is hopeless
        """;

    // Of the options of other commands those that mean something here.
    private static readonly string[] Selecting =
    [
        "--from-file",
        "--null",
        "--include",
        "--exclude",
        "--no-recursive",
        "--hidden",
        "--jobs",
        "--shard",
        "--progress",
    ];
    private static readonly string[] Running =
    [
        "--json",
        "--report",
        "--quiet",
        "--verbose",
        "-vv",
        "--log-file",
        "--color",
    ];

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> _gate = new("--gate")
    {
        Description =
            "Exit code 3 if a recording is hopeless: silent, no speech, noise as loud as the voice, badly clipped.",
    };
    private readonly ProcessingOptions _processing = new(OptionScope.Inspect);
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("inspect", Description) { _inputs, _gate };
        foreach (
            (IEnumerable<Option> options, string[] names) in new[]
            {
                (_batch.All, Selecting),
                (_run.All, Running),
            })
        {
            options.Where(o => names.Contains(o.Name, StringComparer.Ordinal)).ToList().ForEach(command.Options.Add);
        }

        _processing.All.ToList().ForEach(command.Options.Add);
        command.SetAction(parsed => CommandFrame.Run(parsed, _run, Run));
        return command;
    }

    private int Run(ParseResult parsed, Screen screen, StopSignals signals)
    {
        bool json = parsed.GetValue(_run.Json);
        var inspect = new InspectFolder(
            new InspectFolderOptions
            {
                Cleaning = _processing.Build(parsed),
                RejectHopeless = parsed.GetValue(_gate),
                Inputs = _batch.Inputs(parsed, parsed.GetValue(_inputs)),
                Jobs = _batch.Batch(parsed, false).Jobs,
                Advice = FlagAdvice.Value,
            });
        InspectionPlan plan = inspect.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        using var lines = new ReportLines(json, parsed.GetValue(_run.Report), plan.Selection);
        using InspectionTable? table = json ? null : new InspectionTable(screen.Quiet);
        // On a terminal the table itself shows how it gets on.
        bool isShown = plan.Files.Count == 1
            || (_batch.Progress(parsed) is "auto" && !json && !Console.IsOutputRedirected);
        string mode = isShown ? "none" : _batch.Progress(parsed);
        using var progress = ProgressView.Create(mode, plan.Files.Count, screen);
        using var observer = new InspectionObserver(progress, lines, table, signals.Token);
        RunResult result = progress.Show(() => inspect.Run(observer, observer.Stop));
        int exitCode = observer.IsClosed ? ExitCodes.Output : signals.ExitCode ?? ExitCode(result, plan.Files.Count);
        return lines.Finish(result.Summary, exitCode);
    }

    // One file: its own code. Several: 1 if any failed, else 3 if any is refused.
    private static int ExitCode(RunResult result, int count) =>
        count == 1 && result.Failed is [{ } only] ? only.Kind is { } kind ? ExitCodes.Of(kind) : ExitCodes.Internal
        : result.Count(ClipStatus.Failed) > 0 ? ExitCodes.SomeFailed
        : result.Count(ClipStatus.Rejected) > 0 ? ExitCodes.Refused
        : ExitCodes.Ok;
}

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
        Measures recordings and says what is wrong with them and what to do about it.
        Writes no audio.

        Examples:
          voiceclean inspect take1.wav                 one recording
          voiceclean inspect recordings --json         a folder, one line of JSON each
          voiceclean inspect take1.wav --gate          exit code 3 if it is hopeless
        """;

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new OptionCommand(
            "inspect",
            "voiceclean inspect INPUT... [options]",
            Description,
            OptionScope.Inspect) { _inputs };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        (RunSettings run, Screen screen, StopSignals signals) = (context.Run, context.Screen, context.Signals);
        RunInputs inputs = context.ReadInputs("inspect", context.Parsed.GetValue(_inputs), OptionScope.Inspect);
        BatchText.SayShare(screen, inputs);
        StepProgress? steps = null;
        var inspect = new InspectFolder(
            new InspectFolderOptions
            {
                Cleaning = context.ReadCleaning(),
                RejectHopeless = run.Gate,
                Inputs = inputs,
                Jobs = run.EffectiveJobs,
                StepBegins = step => steps?.Begin(step),
                Advice = FlagAdvice.Value,
            },
            CommandDecoders.Create());
        InspectionPlan plan = inspect.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        context.Begin(plan.Selection.Files.Select(f => f.Path));
        using var lines = new ReportLines(run.Json, context.Places.Report, signals.Token);
        using InspectionTable? table = run.Json ? null : new InspectionTable(screen.Quiet, signals.Token);
        // On a terminal the table itself shows how it gets on.
        bool isShown = plan.Files.Count == 1
            || (run.Progress is "auto" && !run.Json && !Console.IsOutputRedirected);
        string mode = isShown ? "none" : run.Progress;
        using var progress = ProgressView.Create(mode, plan.Files.Count, screen);
        bool hasSteps = plan.Files.Count == 1 && run.Progress is "auto" or "bar" && !screen.Quiet;
        using var only = new StepProgress(hasSteps && ProgressView.IsOnTerminal);
        steps = only;
        using var observer = new InspectionObserver(progress, lines, table, only, signals.Token);
        RunResult result = progress.Show(() => inspect.Run(observer, observer.Stop));
        int exitCode = signals.ExitCode
            ?? (observer.LinesFailure is { } kind ? ExitCodes.Of(kind) : ExitCode(result, plan.Files.Count));
        return lines.Finish(result.Summary, exitCode);
    }

    // One file: its own code. Several: 1 if any failed, else 3 if any is refused.
    private static int ExitCode(RunResult result, int count) =>
        count == 1 && result.Failed is [{ } only] ? only.Kind is { } kind ? ExitCodes.Of(kind) : ExitCodes.Internal
        : result.Count(ClipStatus.Failed) > 0 ? ExitCodes.SomeFailed
        : result.Count(ClipStatus.Rejected) > 0 ? ExitCodes.Refused
        : ExitCodes.Ok;
}

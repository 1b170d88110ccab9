using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Runs;
using VoiceClean.Runs.State;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean batch INPUT... -o DIR</c>: folders, files and lists into a mirrored tree; repeat the command to
/// resume.
/// </summary>
internal sealed class BatchCommand
{
    private const string Description = """
        Cleans many recordings: folders, files and lists into a mirrored tree.
        The same command again goes on where it stopped.

        Examples:
          voiceclean batch in -o clean                      a folder and all in it
          find . -name '*.m4a' -print0 | voiceclean batch --from-file - -0 -o clean
          voiceclean batch in -o clean --report run.jsonl   with a line for each file
          voiceclean batch in -o clean --shard auto         one share of an array job
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
            "batch",
            "voiceclean batch INPUT... -o DIR [options]",
            Description,
            OptionScope.Batch) { _inputs };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        (RunSettings run, Screen screen, StopSignals signals) = (context.Run, context.Screen, context.Signals);
        CleanFolderOptions options = Options(context);
        BatchText.SayShare(screen, options.Inputs);
        var clean = new CleanFolder(options, decoders: CommandDecoders.Create());
        FolderPlan plan = clean.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan is { Obstacle: { } nothing, Problems.Count: 0, All.Count: 0 })
        {
            throw nothing;
        }

        context.Begin(
            plan.Selection.Files.Select(f => f.Path),
            plan.All.Select(i => i.OutputPath),
            [StateFolder.In(options.OutputFolder, options.StateFolder)]);
        using var lines = new ReportLines(run.Json, context.Places.Report, signals.Token);
        if (plan.Obstacle is { } obstacle)
        {
            return BatchText.Refuse(plan, ExitCodes.Of(obstacle.Kind), lines);
        }

        if (run.DryRun)
        {
            new DryRun(screen, signals.Token).Print(
                clean
                    .Preview(signals.Token)
                    .Select(s => s.Action == ResumeAction.Keep && !Path.Exists(s.Item.OutputPath)
                        ? DryStep.Refused(s.Item.InputPath)
                        : DryStep.Of(s.Action, s.Item.InputPath, s.Item.OutputPath, s.Item.Failure?.Message)),
                run.Json);
            return ExitCodes.Ok;
        }

        using var progress = ProgressView.Create(run.Progress, plan.Items.Count, screen);
        using var observer = new BatchObserver(screen, progress, lines, signals.Token);
        RunResult result = progress.Show(() => clean.Run(observer, observer.Stop));
        int exitCode = BatchExitCode.Of(result, run.FailOn, signals.ExitCode, observer.LinesFailure);
        return BatchText.Finish(screen, lines, plan.Selection, result, exitCode);
    }

    private CleanFolderOptions Options(CommandContext context) => new()
    {
        Cleaning = context.ReadCleaning(),
        Batch = context.Run.Batch,
        Inputs = context.ReadInputs("batch", context.Parsed.GetValue(_inputs), OptionScope.Batch),
        OutputFolder = context.Run.OutputFolder,
        StateFolder = context.Run.State,
        OnCollision = context.Run.OnCollision,
        OneGainPerFolder = context.Run.LoudnessPer == "folder",
        Advice = FlagAdvice.Value,
    };
}

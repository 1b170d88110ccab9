using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean batch INPUT... -o DIR</c>: folders, files and lists into a mirrored tree; repeat the command to
/// resume.
/// </summary>
internal sealed class BatchCommand
{
    private const string Description = """
        Cleans many recordings: folders, files and lists into a mirrored tree. The same command again goes on where it stopped.

        Examples:
          voiceclean batch recordings -o clean                     a folder with all that is in it
          find . -name '*.m4a' -print0 | voiceclean batch --from-file - -0 -o clean
          voiceclean batch recordings -o clean --report run.jsonl  with a report of every file
          voiceclean batch recordings -o clean --shard auto        in an array job, each its share
        """;

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "The folder of the results; made if missing.",
        Required = true,
    };
    private readonly ProcessingOptions _processing = new(OptionScope.Batch);
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();
    private readonly Option<string> _loudnessPer = BatchRunOptions.Words(
        "--loudness-per",
        "WHAT",
        "clip (default): each to the target; folder: one gain for all clips of a folder, which keeps their levels against each other.",
        "clip",
        "folder");

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("batch", Description) { _inputs, _output };
        _batch.All.Concat(_run.All).Concat(_processing.All).ToList().ForEach(command.Options.Add);
        command.Options.Add(_loudnessPer);
        command.SetAction(parsed => CommandFrame.Run(parsed, _run, Run));
        return command;
    }

    private int Run(ParseResult parsed, Screen screen, StopSignals signals)
    {
        var clean = new CleanFolder(Options(parsed));
        FolderPlan plan = clean.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan is { Obstacle: { } nothing, Problems.Count: 0, All.Count: 0 })
        {
            throw nothing;
        }

        using var lines = new ReportLines(parsed.GetValue(_run.Json), parsed.GetValue(_run.Report), plan.Selection);
        if (plan.Obstacle is { } obstacle)
        {
            return BatchText.Refuse(plan, ExitCodes.Of(obstacle.Kind), lines);
        }

        if (parsed.GetValue(_run.DryRun))
        {
            DryRun.Print(clean.Preview(signals.Token), screen);
            return ExitCodes.Ok;
        }

        using var progress = ProgressView.Create(_batch.Progress(parsed), plan.Items.Count, screen);
        using var observer = new BatchObserver(screen, progress, lines, signals.Token);
        RunResult result = progress.Show(() => clean.Run(observer, observer.Stop));
        int exitCode = BatchExitCode.Of(result, _batch.FailOn(parsed), signals.ExitCode, observer.LinesFailure);
        return BatchText.Finish(screen, lines, plan.Selection, result, exitCode);
    }

    private CleanFolderOptions Options(ParseResult parsed) => new()
    {
        Cleaning = _processing.Build(parsed),
        Batch = _batch.Batch(parsed, parsed.GetValue(_run.Force)),
        Inputs = _batch.Inputs(parsed, parsed.GetValue(_inputs)),
        OutputFolder = parsed.GetRequiredValue(_output),
        OnCollision = _batch.OnCollision(parsed),
        OneGainPerFolder = parsed.GetValue(_loudnessPer) == "folder",
        Advice = FlagAdvice.Value,
    };
}

using System.CommandLine;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Reporting;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean check DIR</c>: which clips of a set a trainer would silently drop or alter, and by which rule.
/// </summary>
internal sealed class CheckCommand
{
    private const string Description = """
        Reads a finished set of any origin and says which clips the trainer would
        silently drop or alter, and by which rule. Exit code 3 if any would be dropped,
        or trained on with wrong words or none.

        Examples:
          voiceclean check set                         as the trainer it was made for
          voiceclean check wavs --target ljspeech      as another trainer does
          voiceclean check set --json                  one line of JSON a clip
        """;

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder of the set: speakers' folders with lists beside them, or clips.",
    };

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new OptionCommand("check", "voiceclean check DIR [options]", Description, OptionScope.Check)
        {
            _folder,
        };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        (RunSettings run, StopSignals signals) = (context.Run, context.Signals);
        string folder = context.Parsed.GetRequiredValue(_folder);
        DatasetTarget? madeFor = SetTarget.Of(folder);
        DatasetTarget target = run.Target is { } named ? DatasetTargets.Load(named, "--target")
            : madeFor ?? DatasetTargets.Load(DatasetTargets.Default);
        if (madeFor is not null && madeFor.Name != target.Name && !context.Screen.Quiet)
        {
            Screen.Sentence($"{folder} was made for {madeFor.Name}; it is read as {target.Name} would.");
        }

        var check = new CheckSet(
            new CheckSetOptions
            {
                Folder = folder,
                Target = target,
                WavFolder = run.WavFolder,
                Jobs = run.EffectiveJobs,
            },
            CommandDecoders.Create());
        context.Begin([]);
        CheckResult found = check.Run(stop: signals.Token);
        if (signals.ExitCode is { } stopped)
        {
            return stopped;
        }

        IReadOnlyList<Notice> lacks = FolderRecords.Lacks(folder);
        Notices.Print(lacks, context.Screen);
        int exitCode = !found.Summary.IsGood ? ExitCodes.Refused
            : lacks.Count > 0 ? ExitCodes.SomeFailed
            : ExitCodes.Ok;
        StandardOutput.Write(stream =>
            stream.Write(
                Encoding.UTF8.GetBytes(
                    run.Json
                        ? CheckText.Json(found.Clips, found.Summary, exitCode)
                        : CheckText.Screen(found.Clips, found.Summary, target, run.All))),
            signals.Token);
        return exitCode;
    }
}

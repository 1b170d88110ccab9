using System.CommandLine;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean check DIR</c>: which clips of a set a trainer would silently drop or alter, and by which rule.
/// </summary>
internal sealed class CheckCommand
{
    private const string Description = """
        Reads a finished set of any origin and says which clips the trainer would
        silently drop or alter, and by which rule. Exit code 3 if any would be dropped.

        Examples:
          voiceclean check set                         as GPT-SoVITS reads it
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
        DatasetTarget target = DatasetTargets.Load(run.Target ?? DatasetTargets.Default, "--target");
        var check = new CheckSet(
            new CheckSetOptions
            {
                Folder = context.Parsed.GetRequiredValue(_folder),
                Target = target,
                Jobs = run.EffectiveJobs,
            },
            CommandDecoders.Create());
        CheckResult found = check.Run(stop: signals.Token);
        if (signals.ExitCode is { } stopped)
        {
            return stopped;
        }

        int exitCode = found.Summary.Dropped > 0 ? ExitCodes.Refused : ExitCodes.Ok;
        StandardOutput.Write(stream =>
            stream.Write(
                Encoding.UTF8.GetBytes(
                    run.Json
                        ? CheckText.Json(found.Clips, found.Summary, exitCode)
                        : CheckText.Table(found.Clips, found.Summary, target, run.All))));
        return exitCode;
    }
}

using System.CommandLine;
using System.Text;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean check DIR</c>: which clips of a set a trainer would silently drop or alter, and by which rule.
/// </summary>
internal sealed class CheckCommand
{
    private const string Description = """
        Reads a finished set of any origin and says which clips the trainer would silently drop or alter, and by which rule.
        Exit code 3 if any would be dropped.

        Examples:
          voiceclean check set                         as GPT-SoVITS reads it
          voiceclean check wavs --target ljspeech      as another trainer does
          voiceclean check set --json                  one line of JSON a clip
        """;

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "The folder of the set: speakers' folders with lists beside them, or clips.",
    };
    private readonly Option<string> _target = new("--target")
    {
        HelpName = "NAME",
        Description =
            $"{string.Join(", ", DatasetTargets.Names)} (default {DatasetTargets.Default}), or a JSON file of your own.",
    };
    private readonly Option<bool> _all = new("--all") { Description = "Name the clips that are fine too." };
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("check", Description) { _folder, _target, _all };
        _batch
            .All.Where(o => o.Name == "--jobs")
            .Concat(_run.All.Where(o => o.Name is not ("--force" or "--dry-run" or "--report")))
            .ToList()
            .ForEach(command.Options.Add);
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        using var screen = new Screen(parsed, _run);
        using var signals = new StopSignals();
        try
        {
            DatasetTarget target = DatasetTargets.Load(parsed.GetValue(_target) ?? DatasetTargets.Default);
            var check = new CheckSet(
                new CheckSetOptions
                {
                    Folder = parsed.GetRequiredValue(_folder),
                    Target = target,
                    Jobs = _batch.Batch(parsed, false).Jobs,
                });
            CheckResult found = check.Run(stop: signals.Token);
            if (signals.ExitCode is { } stopped)
            {
                return stopped;
            }

            int exitCode = found.Summary.Dropped > 0 ? ExitCodes.Refused : ExitCodes.Ok;
            StandardOutput.Write(stream =>
                stream.Write(
                    Encoding.UTF8.GetBytes(
                        parsed.GetValue(_run.Json)
                            ? CheckText.Json(found.Clips, found.Summary, exitCode)
                            : CheckText.Table(found.Clips, found.Summary, target, parsed.GetValue(_all)))));
            return exitCode;
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(e.Message);
            return ExitCodes.Of(e.Kind);
        }
    }
}

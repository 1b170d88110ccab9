using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean dataset INPUT... -o DIR</c>: cleans, slices and lays out a set that a trainer takes unchanged.
/// </summary>
internal sealed class DatasetCommand
{
    private const string Description = """
        Makes a training set: cleans recordings, cuts them into clips in pauses, levels each clip, writes lists and a manifest.
        Folders in the input are speakers. The same command again goes on where it stopped.

        Examples:
          voiceclean dataset recordings -o set                        for GPT-SoVITS
          voiceclean dataset talk.m4a -o set --speaker anna           one recording
          voiceclean dataset recordings -o set --target xtts          for another trainer
          voiceclean dataset recordings -o set --target mine.json     for a trainer of your own: {"base": "xtts", "max_clip_s": 9}
          voiceclean check set                                        what the trainer would drop
        """;

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "The folder of the set; made if missing.",
        Required = true,
    };
    private readonly Option<string> _target = new("--target")
    {
        HelpName = "NAME",
        Description =
            $"{string.Join(", ", DatasetTargets.Names)} (default {DatasetTargets.Default}), or a JSON file of your own.",
    };
    private readonly Option<string> _speaker = new("--speaker")
    {
        HelpName = "NAME",
        Description = "One speaker for all recordings; by default the first folder below the input.",
    };
    private readonly Option<string> _transcripts = new("--transcripts")
    {
        HelpName = "FILE",
        Description =
            "What is said: a .list, an LJSpeech or audio_file|text CSV. Files .txt and .lab beside recordings are found without.",
    };
    private readonly Option<string> _language = new("--language")
    {
        HelpName = "CODE",
        Description = "Language of the recordings (zh, ja, en, ko, yue …) where no transcript names it.",
    };
    private readonly Option<string> _loudnessPer = BatchRunOptions.Words(
        "--loudness-per",
        "WHAT",
        "Each clip to the target's loudness (clip, default), or one gain per recording or speaker.",
        "clip",
        "recording",
        "speaker");
    private readonly Option<string> _paths = BatchRunOptions.Words(
        "--paths",
        "HOW",
        "Paths in lists: absolute (default) | relative.",
        "absolute",
        "relative");
    private readonly Option<double> _minSnr = new("--min-snr")
    {
        HelpName = "DB",
        Description = "Clips below this ratio of voice to noise before cleaning are rejected. Default 6dB.",
        CustomParser = ValueParsers.Number(-20, 60, "dB"),
    };
    private readonly ProcessingOptions _processing = new(OptionScope.Dataset);
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("dataset", Description)
        {
            _inputs,
            _output,
            _target,
            _speaker,
            _transcripts,
            _language,
            _loudnessPer,
            _paths,
            _minSnr,
        };
        _batch
            .All.Where(o => o.Name != "--on-collision")
            .Concat(_run.All)
            .Concat(_processing.All)
            .ToList()
            .ForEach(command.Options.Add);
        command.SetAction(parsed => CommandFrame.Run(parsed, _run, Run));
        return command;
    }

    private int Run(ParseResult parsed, Screen screen, StopSignals signals)
    {
        BuildSetOptions options = Options(parsed);
        var build = new BuildSet(options);
        SetPlan plan = build.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        if (parsed.GetValue(_run.DryRun))
        {
            foreach (DatasetItem item in plan.Items)
            {
                Screen.Line($"would cut {item.Plan.InputPath} into {item.Speaker}/{item.Stem}_*.wav");
            }

            return ExitCodes.Ok;
        }

        using var lines = new ReportLines(parsed.GetValue(_run.Json), parsed.GetValue(_run.Report), plan.Selection);
        using var progress = ProgressView.Create(_batch.Progress(parsed), plan.Items.Count, screen);
        using var observer = new BatchObserver(screen, progress, lines, signals.Token);
        SetResult result = progress.Show(() => build.Run(observer, observer.Stop));
        int exitCode = BatchExitCode.Of(result.Run, _batch.FailOn(parsed), signals.ExitCode, observer.LinesFailure);
        exitCode = BatchText.Finish(screen, lines, plan.Selection, result.Run, exitCode);
        if (!screen.Quiet)
        {
            DatasetText.Print(options.OutputFolder, result, plan.Transcripts);
        }

        return exitCode;
    }

    private BuildSetOptions Options(ParseResult parsed) => new()
    {
        Set = SetOptions(parsed),
        Batch = _batch.Batch(parsed, parsed.GetValue(_run.Force)),
        Inputs = _batch.Inputs(parsed, parsed.GetValue(_inputs)),
        OutputFolder = parsed.GetRequiredValue(_output),
        Speaker = parsed.GetValue(_speaker),
        TranscriptsFile = parsed.GetValue(_transcripts),
        Advice = FlagAdvice.Value,
    };

    private DatasetOptions SetOptions(ParseResult parsed)
    {
        CleaningOptions cleaning = _processing.Build(parsed);
        var options = new DatasetOptions
        {
            Target = DatasetTargets.Load(parsed.GetValue(_target) ?? DatasetTargets.Default),
            Cleaning = cleaning,
            LoudnessPer = Enum.Parse<LoudnessScope>(parsed.GetValue(_loudnessPer) ?? "clip", ignoreCase: true),
            Language = parsed.GetValue(_language)?.ToLowerInvariant(),
            AbsolutePaths = parsed.GetValue(_paths) != "relative",
            MaxClippedShare = cleaning.Gate.MaxClippedShare,
        };
        return parsed.GetResult(_minSnr) is { Implicit: false }
            ? options with
            {
                MinSnrDb = parsed.GetValue(_minSnr),
            }
            : options;
    }
}

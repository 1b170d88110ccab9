using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;

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
        DatasetOptions options = Options(parsed);
        var decoders = AudioDecoders.CreateDefault();
        BatchOptions batch = _batch.Batch(parsed, parsed.GetValue(_run.Force));
        Shard shard = _batch.Shard(parsed);
        string root = parsed.GetRequiredValue(_output);
        string[] inputs = parsed.GetValue(_inputs) ?? [];
        var transcripts = TranscriptIndex.Load(parsed.GetValue(_transcripts));
        var selection = FileSelection.Select(
            inputs,
            _batch.Listed(parsed),
            _batch.Selection(parsed, root),
            decoders,
            signals.Token);
        BatchText.LogSkipped(screen, selection);
        if (selection.Files.Count == 0)
        {
            throw new InputException(ReasonCodes.NotFound, inputs.Length == 0
                ? "Nothing to do: name a folder, files, or a list with --from-file."
                : $"No audio was found in {string.Join(", ", inputs.Take(3))}{BatchText.Skipped(selection)}.");
        }

        IReadOnlyList<DatasetItem> all = DatasetPlan.Make(
            selection.Files,
            root,
            parsed.GetValue(_speaker),
            inputs.Length > 0 ? DatasetPlan.SpeakerOf(inputs[0]) : "speaker");
        IReadOnlyList<DatasetItem> items = [.. all.Where(i => shard.Owns(i.Plan.Id))];
        if (items.Count > 0 && items.All(i => i.Plan.Failure is not null))
        {
            throw items[0].Plan.Failure!;
        }

        if (parsed.GetValue(_run.DryRun))
        {
            items.ToList().ForEach(i => Screen.Line($"would cut {i.Plan.InputPath} into {i.Speaker}/{i.Stem}_*.wav"));
            return ExitCodes.Ok;
        }

        IReadOnlyDictionary<string, double> gains =
            options.LoudnessPer == LoudnessScope.Speaker
                ? MeasureSpeakers(all, options, decoders, batch.Jobs, signals.Token)
                : new Dictionary<string, double>();
        var builder = new DatasetBuilder(root, options, all, transcripts, gains, decoders: decoders);
        using var state = StateFolder.Open(root, shard);
        int outdated = RecordingRecords.RemoveOutdated(root, items, transcripts);
        screen.Log.Debug(
            "{Removed} stale temporary files removed; {Outdated} recordings have to be done again",
            state.RemovedTemporaries,
            outdated);
        using var lines = new ReportLines(parsed.GetValue(_run.Json), parsed.GetValue(_run.Report), selection);
        using var progress = ProgressView.Create(_batch.Progress(parsed), items.Count, screen);
        using var observer = new DatasetObserver(new BatchObserver(screen, progress, lines, signals.Token));
        BatchResult result = progress.Show(() =>
            new BatchRunner(state, batch, options.Hash(gains)).Run(
                [.. items.Select(i => i.Plan)],
                builder.Build,
                observer,
                observer.Inner.Stop));
        int exitCode = BatchExitCode.Of(result, _batch.FailOn(parsed), signals.ExitCode, observer.Inner.LinesFailure);
        DatasetReport report = DatasetFiles.Write(root, options, observer.Fruitless);
        RunSummary summary = result.Tally.ToSummary(Math.Round(result.WallTime.TotalSeconds, 3), exitCode);
        exitCode = lines.Finish(summary, exitCode);
        BatchText.PrintSummary(screen, summary, selection, result, exitCode);
        if (!screen.Quiet)
        {
            DatasetText.Print(report, root, DatasetFiles.FindForeign(root), transcripts);
        }

        return exitCode;
    }

    private DatasetOptions Options(ParseResult parsed)
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
        if (
            options.Language is { } language
            && options.Target.Languages.Count > 0
            && !options.Target.Languages.Contains(language))
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"--language {language}: {options.Target.Name} knows {string.Join(", ", options.Target.Languages)}.");
        }

        return parsed.GetResult(_minSnr) is { Implicit: false }
            ? options with
            {
                MinSnrDb = parsed.GetValue(_minSnr),
            }
            : options;
    }

    private static IReadOnlyDictionary<string, double> MeasureSpeakers(
        IReadOnlyList<DatasetItem> items,
        DatasetOptions options,
        AudioDecoders decoders,
        int jobs,
        CancellationToken stop)
    {
        var speakers = items.ToDictionary(i => i.Plan.Id, i => i.Speaker, StringComparer.Ordinal);
        return GroupGains.Measure(
            [.. items.Select(i => i.Plan)],
            i => speakers[i.Id],
            options.EffectiveCleaning.ToLoadOptions(),
            decoders,
            options.Target.LoudnessLufs,
            jobs,
            stop);
    }
}

using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.State;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean dataset INPUT... -o DIR</c>: cleans, slices and lays out a set that a trainer takes unchanged.
/// </summary>
internal sealed class DatasetCommand
{
    private const string Description = """
        Makes a training set: cleans recordings, cuts them into clips in pauses,
        levels each clip, writes lists and a manifest. Folders in the input are
        speakers. The same command again goes on where it stopped.

        Examples:
          voiceclean dataset recordings -o set                  for GPT-SoVITS
          voiceclean dataset talk.m4a -o set --speaker anna     one recording
          voiceclean dataset recordings -o set --target xtts    for another trainer
          voiceclean check set                                  what it would drop
          voiceclean dataset -o set --transcripts asr.list      texts for the clips
          voiceclean dataset -o set --transcribe 'asr {in}'     texts by a command

        A trainer of your own is a JSON file such as {"base": "xtts", "max_clip_s": 9}:
          voiceclean dataset recordings -o set --target mine.json
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
            "dataset",
            "voiceclean dataset INPUT... -o DIR [options]",
            Description,
            OptionScope.Dataset) { _inputs };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        (RunSettings run, Screen screen, StopSignals signals) = (context.Run, context.Screen, context.Signals);
        BuildSetOptions options = KeepSet(Options(context), context);
        BatchText.SayShare(screen, options.Inputs);
        var build = new BuildSet(options, decoders: CommandDecoders.Create());
        SetPlan plan = build.Plan(signals.Token);
        BatchText.LogSkipped(screen, plan.Selection);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        string[] speakers = [.. plan.Items.Select(i => i.Speaker).Distinct(StringComparer.Ordinal)];
        context.Begin(
            plan.Selection.Files.Select(f => f.Path),
            DatasetFiles.NamesOf(options.OutputFolder, options.Set.Target, speakers),
            DatasetPlan.FoldersOf(options.OutputFolder, options.Set.Target, speakers));
        if (run.DryRun)
        {
            SetPreview preview = build.Preview(signals.Token);
            return run.Json ? SayJson(preview, screen, signals.Token) : Say(plan, preview, screen);
        }

        using var lines = new ReportLines(run.Json, context.Places.Report, signals.Token);
        using var progress = ProgressView.Create(run.Progress, plan.Items.Count, screen);
        using var observer = new BatchObserver(screen, progress, lines, signals.Token);
        SetResult result = progress.Show(() => build.Run(observer, observer.Stop));
        int exitCode = BatchExitCode.Of(result.Run, run.FailOn, signals.ExitCode, observer.LinesFailure);
        exitCode = exitCode == ExitCodes.Ok && run.FailOn != "never" && result.HasUntranscribed
            ? ExitCodes.SomeFailed
            : exitCode;
        exitCode = BatchText.Finish(screen, lines, plan.Selection, WithLanguages(result, options), exitCode);
        if (!screen.Quiet)
        {
            DatasetText.Print(options.OutputFolder, result);
        }

        return exitCode;
    }

    // What the list of the trainer gives a language of its own.
    private static RunResult WithLanguages(SetResult result, BuildSetOptions options) =>
        result.Report.ClipsWithoutLanguage == 0 || options.Set.Target.ListLanguages.Count == 0
            ? result.Run
            : result.Run with
            {
                Summary = result.Run.Summary with { ClipsWithoutLanguage = result.Report.ClipsWithoutLanguage },
            };

    private static int Say(SetPlan plan, SetPreview preview, Screen screen)
    {
        foreach ((DatasetItem item, ResumeAction action, int files) in preview.Steps)
        {
            Screen.Sentence(action switch
            {
                ResumeAction.Keep when files == 0 =>
                    $"would leave {item.Plan.InputPath}, which gave no clip and has not changed since",
                ResumeAction.Keep => $"would keep what {item.Plan.InputPath} gave",
                ResumeAction.Refuse =>
                    $"would leave {item.Plan.InputPath}: "
                        + Tongue.Say(item.Plan.Failure?.Message ?? "the output exists already"),
                _ => $"would cut {item.Plan.InputPath} into {item.Speaker}/{item.Stem}_*.wav",
            });
        }

        foreach (string id in preview.Gone)
        {
            Screen.Sentence($"would remove the clips of {id}, which is gone");
        }

        if (plan.IsFinishedSet && !screen.Quiet)
        {
            Screen.Sentence("would give texts to clips of the set and touch no sound");
        }

        return ExitCodes.Ok;
    }

    private static int SayJson(SetPreview preview, Screen screen, CancellationToken stop)
    {
        IEnumerable<DryStep> steps = preview.Steps.Select(s => s.Action == ResumeAction.Keep && s.Files == 0
            ? new DryStep("keep", s.Item.Plan.InputPath, null, "gave no clip, and has not changed since")
            : DryStep.Of(
                s.Action,
                s.Item.Plan.InputPath,
                $"{s.Item.Speaker}/{s.Item.Stem}_*.wav",
                s.Item.Plan.Failure?.Message));
        IEnumerable<DryStep> gone = preview.Gone.Select(id => new DryStep("remove", id));
        new DryRun(screen, stop).Print([.. steps, .. gone], asJson: true);
        return ExitCodes.Ok;
    }

    private BuildSetOptions Options(CommandContext context) => new()
    {
        Set = SetOptions(context.Run, context.ReadCleaning()),
        Batch = context.Run.Batch,
        Inputs = context.ReadInputs("dataset", context.Parsed.GetValue(_inputs), OptionScope.Dataset),
        OutputFolder = context.Run.OutputFolder,
        StateFolder = context.Run.State,
        Speaker = context.Run.Speaker,
        Transcripts = context.Run.Transcripts,
        Transcribe = context.Run.Transcribe,
        TranscribeLimit = context.Run.TranscribeLimit,
        Advice = FlagAdvice.Value,
    };

    // Where only texts are given to a finished set, it stays what it is.
    private static BuildSetOptions KeepSet(BuildSetOptions options, CommandContext context)
    {
        bool areNamed = options.Inputs.Paths.Count + options.Inputs.Listed.Count > 0;
        if (areNamed || SetTarget.Of(options.OutputFolder) is not { } target)
        {
            return options;
        }

        if (context.Run.Target is not null && options.Set.Target.Name != target.Name)
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"--target {options.Set.Target.Name}: {options.OutputFolder} was made for {target.Name}; name the "
                    + "recordings to make it again.");
        }

        bool isAbsolute = context.Parsed.GetResult("--paths") is { } given && given.Tokens.Count > 0
            ? options.Set.AbsolutePaths
            : FinishedSet.HasAbsolutePaths(options.OutputFolder);
        return options with { Set = options.Set with { Target = target, AbsolutePaths = isAbsolute } };
    }

    private static DatasetOptions SetOptions(RunSettings run, CleaningOptions cleaning) => new()
    {
        Target = DatasetTargets.Load(run.Target ?? DatasetTargets.Default, "--target"),
        Cleaning = cleaning,
        LoudnessPer = Enum.Parse<LoudnessScope>(run.LoudnessPer, ignoreCase: true),
        Language = run.Language,
        AbsolutePaths = run.AbsolutePaths,
        MinLevelRatioDb = run.MinLevelRatioDb,
        MaxClippedShare = cleaning.Gate.MaxClippedShare,
    };
}

using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Stages;
using VoiceClean.Stages.HighPass;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.QualityGate;
using VoiceClean.Stages.RemoveHum;

namespace VoiceClean.Cleaning;

/// <summary>
/// The way of one recording: decode, down-mix and resample; inspect; each stage in turn; inspect again; write and
/// publish. (Nothing is inspected where nobody will read it.) Immutable and thread-safe: one instance serves a whole
/// batch.
/// </summary>
public sealed class CleaningPipeline
{
    private readonly CleaningOptions _options;
    private readonly ClipFrame _frame;

    // After so many stages rumble and hum are gone, and the speech can be measured without a copy; 0 = it cannot, or
    // the quality gate does it.
    private readonly int _measuredAfter;

    /// <summary>Makes the stages that <paramref name="options"/> ask for.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">An unknown stage is asked for, or options contradict each
    /// other.</exception>
    public CleaningPipeline(CleaningOptions options, StageCatalog? catalog = null, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        decoders ??= AudioDecoders.CreateDefault();
        _frame = new ClipFrame(options, decoders);
        StageCatalog stages = catalog ?? StageCatalog.CreateDefault();
        IReadOnlyList<string> names = options.Stages.Count > 0 ? options.Stages : StandardChain.For(options);
        Stages = [.. names.Select(name => stages.Create(name, options, decoders))];
        Parts = [.. names.Select(name => (name, stages.PartOf(name, options)))];
        _measuredAfter = !QualityGateStage.IsAmong(Stages) && Stages is [HighPassStage, RemoveHumStage, ..] ? 2 : 0;
    }

    /// <summary>The stages in the order in which they run.</summary>
    public IReadOnlyList<IStage> Stages { get; }

    /// <summary>
    /// Of each stage its name and what it is told of the options: where these are equal, so is what the stage does.
    /// </summary>
    internal IReadOnlyList<(string Name, object Part)> Parts { get; }

    /// <summary>
    /// Cleans one recording. Never throws for what the outside world does: every input ends in exactly one report, and
    /// a refused or failed one publishes nothing.
    /// </summary>
    /// <param name="job">The recording.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Clean(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _frame.Run(
            job,
            (clip, report) => Treat(job, clip, report, () => Publish(job, clip), 0, null, cancellation),
            cancellation);
    }

    /// <summary>Cleans samples in memory. Never throws either.</summary>
    /// <param name="job">Whose recording; neither opens nor publishes anything.</param>
    /// <param name="source">Where the samples come from; disposed of here.</param>
    /// <param name="take">Receives the result: mono, at the rate of the options. Not called for a refused or failed
    /// clip.</param>
    /// <param name="cancellation">As for the other.</param>
    internal ClipReport Clean(
        ClipJob job,
        IAudioReader source,
        Action<ReadOnlySpan<float>> take,
        CancellationToken cancellation)
        => _frame.Run(
            job,
            () => (ClipLoader.Load(source, job.Id, _options.ToLoadOptions(), cancellation, job.Threads), null),
            (clip, report) => Treat(
                job,
                clip,
                report,
                () =>
                {
                    take(clip.Samples);
                    return FactsOf(job, clip);
                },
                0,
                null,
                cancellation));

    /// <summary>Goes on from a place of the way. Never throws either.</summary>
    /// <param name="job">Whose recording; neither opens nor publishes anything.</param>
    /// <param name="state">What the clip is before stage <paramref name="first"/>.</param>
    /// <param name="first">The stage to begin with; what comes before it was measured and done.</param>
    /// <param name="reached">Is shown the clip after each stage: how many stages were done in all.</param>
    /// <param name="cancellation">As for the others.</param>
    internal ClipReport Continue(
        ClipJob job,
        ClipState state,
        int first,
        Action<int, AudioClip> reached,
        CancellationToken cancellation)
        => _frame.Run(
            job,
            () => (state.Fork(job.Threads), null),
            (clip, report) => Treat(
                job,
                clip,
                report,
                () =>
                {
                    // Nothing is written here, but what is said holds for what will be.
                    ResultWriter.WarnOfRounding(clip, _options.Output.Encoding);
                    return FactsOf(job, clip);
                },
                first,
                reached,
                cancellation));

    private ClipReport Treat(
        ClipJob job,
        AudioClip clip,
        ClipReportBuilder report,
        Func<FileFacts> publish,
        int first,
        Action<int, AudioClip>? reached,
        CancellationToken cancellation)
    {
        if (job.IsMeasured && first == 0)
        {
            report.Before(report.Time("inspect", () => Inspector.AsInFile(Measure(clip, cancellation), clip)));
            Tidy(clip);
        }

        for (int i = first; i < Stages.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            IStage stage = Stages[i];
            report.Time(stage.Name, () => StageRun.Do(stage, clip, cancellation));
            Tidy(clip);
            if (job.IsMeasured && i + 1 == _measuredAfter)
            {
                report.Time(
                    "inspect_speech",
                    () => Inspector.MeasureSpeech(clip, _options.ToRemovableNoise(), cancellation));
            }

            reached?.Invoke(i + 1, clip);
        }

        if (job.IsMeasured)
        {
            report.After(report.Time("inspect_result", () => MeasureResult(clip, cancellation)));
        }

        return report.Succeed(clip, report.Time("write", publish));
    }

    // What a stage has made of a recording of hours are megabytes, and the collector is in no hurry.
    private static void Tidy(AudioClip clip)
    {
        if (clip.IsInFile)
        {
            GC.Collect();
        }
    }

    private static Measurements MeasureResult(AudioClip clip, CancellationToken cancellation)
    {
        Measurements after = Inspector.MeasureResult(clip, cancellation);
        double gainDb = clip.Findings.TryGet<AppliedGain>()?.GainDb ?? 0;
        return after with { NoiseFloorBeforeGainDbfs = after.NoiseFloorDbfs - gainDb };
    }

    // Where the speech is measured on the way, the report takes it from the clip's findings.
    private Measurements Measure(AudioClip clip, CancellationToken cancellation) =>
        _measuredAfter > 0 || QualityGateStage.IsAmong(Stages)
            ? Inspector.MeasureLevels(clip, cancellation)
            : Inspector.Measure(clip, cancellation);

    private static FileFacts FactsOf(ClipJob job, AudioClip clip) => new()
    {
        Path = job.OutputPath,
        SampleRateHz = clip.SampleRate,
        Channels = 1,
        DurationS = clip.Duration.TotalSeconds,
    };

    private FileFacts Publish(ClipJob job, AudioClip clip)
    {
        FileFacts facts = new() { Path = job.OutputPath };
        job.Publish(stream => facts = ResultWriter.Write(
            stream,
            clip,
            _options.Output.Encoding,
            job.OutputPath,
            job.IsHashed));
        return facts;
    }
}

using System.Diagnostics;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Cleaning;

/// <summary>
/// Cleans one recording again and again with other options, and does only what they change: the states between the
/// stages are kept, and a run begins at the first stage that is another one or is told something else. What a stage is
/// told says <see cref="StageCatalog.PartOf"/>, from which the stage itself is made, so nothing is forgotten. The
/// result is that of <see cref="CleaningPipeline"/>, bit for bit. Used by one thread at a time.
/// </summary>
internal sealed class StageCache
{
    /// <summary>Bytes that states may hold beside the input, what was denoised and the result: 1 state of 10 minutes;
    /// the one that costs most stays, and that is what a slider begins from.</summary>
    public const long DefaultBudget = 80L << 20;

    // From so much on what is given up is given back at once.
    private const long LargeBytes = 16L << 20;

    private readonly StageCatalog _catalog;
    private readonly AudioDecoders _decoders;
    private readonly long _budget;

    /// <summary>Begins with a recording.</summary>
    /// <param name="input">As it was decoded, down-mixed and resampled.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="budget">Bytes that states between input and result may hold.</param>
    public StageCache(
        ClipState input,
        AudioDecoders? decoders = null,
        StageCatalog? catalog = null,
        long budget = DefaultBudget)
    {
        ArgumentNullException.ThrowIfNull(input);
        Input = input;
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _catalog = catalog ?? StageCatalog.CreateDefault();
        _budget = budget;
    }

    /// <summary>The recording.</summary>
    public ClipState Input { get; }

    /// <summary>The latest run that came to its end; null if none did.</summary>
    public StagedRun? Last { get; private set; }

    /// <summary>The stages for a set of options.</summary>
    /// <exception cref="Errors.VoiceCleanException">An unknown stage is asked for.</exception>
    public CleaningPipeline PipelineOf(CleaningOptions options) => new(options, _catalog, _decoders);

    /// <summary>Cleans the whole recording. Never throws for what happens to it.</summary>
    /// <param name="job">Whose recording; neither opens nor publishes anything.</param>
    /// <param name="options">What to do; rate, channel and track have been chosen with the input.</param>
    /// <param name="cancellation">Stops within about a second of work.</param>
    /// <returns>The report; and the run, null if it did not come to its end.</returns>
    public (ClipReport Report, StagedRun? Run) Clean(
        ClipJob job,
        CleaningOptions options,
        CancellationToken cancellation)
    {
        GiveBack();     // what previews left
        CleaningPipeline pipeline = PipelineOf(options);
        int first = Last?.StateAtOrBefore(Last.CommonStages(pipeline)) ?? 0;
        var states = new ClipState?[pipeline.Stages.Count + 1];
        var costs = new TimeSpan[states.Length];
        states[0] = Input;
        for (int i = 1; i <= first; i++)
        {
            (states[i], costs[i]) = (Last!.States[i], Last.Costs[i]);
        }

        ClipState latest = states[first]!;
        int framing = StagedRun.FirstFramingOf(pipeline);
        long start = Stopwatch.GetTimestamp();
        ClipReport report = pipeline.Continue(
            job,
            latest,
            first,
            (done, clip) =>
            {
                costs[done] = Stopwatch.GetElapsedTime(start);
                latest = Keep(states, costs, framing, done, clip, latest);
                start = Stopwatch.GetTimestamp();
            },
            cancellation);
        if (report.Status != ClipStatus.Ok)
        {
            GiveBack();
            return (report, null);
        }

        Last = new StagedRun(options, pipeline, states, costs) { FirstDone = first };
        return (report, Last);
    }

    /// <summary>
    /// Gives the memory back that nobody holds any more, at once and not when the runtime next looks; of a short
    /// recording that is not worth it. After a run that came to its end it is for who held what came of the one before.
    /// </summary>
    public void GiveBack()
    {
        if (Bytes >= LargeBytes)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    // Of a long recording there is room for one state beside what was denoised: that before the denoising. What is done
    // after it takes little time.
    private ClipState Keep(
        ClipState?[] states,
        TimeSpan[] costs,
        int framing,
        int done,
        AudioClip clip,
        ClipState latest)
    {
        bool isEnd = done == states.Length - 1;
        if (done > framing && !isEnd && 2 * Bytes > _budget)
        {
            return latest;
        }

        ClipState state = isEnd || done == framing
            ? ClipState.Take(clip, latest, !isEnd)
            : ClipState.Of(clip, latest);
        states[done] = state;
        StagedRun.DropStates(states, costs, framing, done, _budget);
        return state;
    }

    private long Bytes => sizeof(float) * (long)Input.Samples.Length;
}

using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Stages;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Cleaning;

/// <summary>One run through all stages, with what the clip was between them.</summary>
internal sealed class StagedRun
{
    private readonly ClipState?[] _states;

    /// <summary>Makes the record of a run.</summary>
    /// <param name="options">What was asked for.</param>
    /// <param name="pipeline">What that made.</param>
    /// <param name="states">The clip after 0, 1, 2 … stages; the first and the last are there.</param>
    /// <param name="costs">What the last of so many stages took.</param>
    public StagedRun(CleaningOptions options, CleaningPipeline pipeline, ClipState?[] states, TimeSpan[] costs)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        (Options, Pipeline, _states, Costs) = (options, pipeline, states, costs);
        FirstFraming = FirstFramingOf(pipeline);
        Denoised = states[FirstFraming]!;
    }

    /// <summary>What was asked for.</summary>
    public CleaningOptions Options { get; }

    /// <summary>The stages.</summary>
    public CleaningPipeline Pipeline { get; }

    /// <summary>The first stage that was really done; those before it were taken from the run before.</summary>
    public int FirstDone { get; init; }

    /// <summary>The clip after 0, 1, 2 … stages; null where the state was dropped.</summary>
    public IReadOnlyList<ClipState?> States => _states;

    /// <summary>What the last of so many stages took.</summary>
    public IReadOnlyList<TimeSpan> Costs { get; }

    /// <summary>The recording as it was decoded.</summary>
    public ClipState Input => _states[0]!;

    /// <summary>What the recording is before the first stage that cuts it or sets its level.</summary>
    public ClipState Denoised { get; }

    /// <summary>What came out.</summary>
    public ClipState Result => _states[^1]!;

    /// <summary>The place of the first stage that cuts or sets the level; the number of stages if there is
    /// none.</summary>
    public int FirstFraming { get; }

    /// <summary>The gain on the whole clip [dB]; 0 if none was applied.</summary>
    public double GainDb => Result.Findings.TryGet<AppliedGain>()?.GainDb ?? 0;

    /// <summary>The place of the first stage of a pipeline that cuts or sets the level.</summary>
    public static int FirstFramingOf(CleaningPipeline pipeline)
    {
        int first = pipeline.Stages.ToList().FindIndex(IsFraming);
        return first < 0 ? pipeline.Stages.Count : first;
    }

    /// <summary>Whether a stage cuts or sets levels, and so takes no noise.</summary>
    public static bool IsFraming(IStage stage) =>
        stage is StripSilenceStage or CompressStage or NormalizeLoudnessStage;

    /// <summary>How many stages at the beginning are the same in another pipeline.</summary>
    public int CommonStages(CleaningPipeline other) =>
        Pipeline.Parts.Zip(other.Parts).TakeWhile(p => p.First.Equals(p.Second)).Count();

    /// <summary>The last place up to this one whose state is there.</summary>
    public int StateAtOrBefore(int place)
    {
        while (_states[place] is null)
        {
            place--;
        }

        return place;
    }

    /// <summary>
    /// Gives states of a run up, while it goes on, until what lies between the input and the latest holds no more than
    /// so many bytes; those first that are made again in the least time. What was denoised stays.
    /// </summary>
    /// <param name="states">The clip after 0, 1, 2 … stages.</param>
    /// <param name="costs">What the last of so many stages took.</param>
    /// <param name="denoised">The place of what was denoised.</param>
    /// <param name="latest">The place of the latest state.</param>
    /// <param name="budget">[byte]</param>
    public static void DropStates(ClipState?[] states, TimeSpan[] costs, int denoised, int latest, long budget)
    {
        while (BytesHeld(states, latest) > budget)
        {
            int[] inner = [.. Sequence.Range(1, Math.Max(0, latest - 1)).Where(i =>
                i != denoised && states[i] is not null)];
            if (inner.Length == 0)
            {
                return;
            }

            states[inner.MinBy(i => CostToMakeAgain(states, costs, i))] = null;
        }
    }

    private static TimeSpan CostToMakeAgain(ClipState?[] states, TimeSpan[] costs, int place)
    {
        TimeSpan sum = costs[place];
        for (int i = place - 1; states[i] is null; i--)
        {
            sum += costs[i];
        }

        return sum;
    }

    private static long BytesHeld(ClipState?[] states, int latest)
    {
        long bytes = 0;
        ClipState before = states[0]!;
        foreach (ClipState state in states[1..latest].OfType<ClipState>())
        {
            bytes += state.SharesSamplesWith(before) ? 0 : sizeof(float) * (long)state.Samples.Length;
            before = state;
        }

        return bytes;
    }
}

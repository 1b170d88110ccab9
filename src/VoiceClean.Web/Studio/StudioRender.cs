using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Web.Studio;

/// <summary>What can be heard and seen of a recording.</summary>
internal enum StudioSignal
{
    /// <summary>As it was decoded.</summary>
    Before,

    /// <summary>The result on the time of the input; what is cut is there with the same gain.</summary>
    After,

    /// <summary>What denoising took, with the same gain.</summary>
    Residue,
}

/// <summary>What is kept of a run over the whole: not the states between its stages, which take much memory.</summary>
/// <param name="Denoised">Before anything cut it or set its level.</param>
/// <param name="Result">What came out.</param>
/// <param name="GainDb">The gain on the whole [dB].</param>
internal sealed record WholeResult(ClipState Denoised, ClipState Result, double GainDb);

/// <summary>A recording, or a stretch of it, as a set of options makes it. Immutable.</summary>
internal sealed record StudioRender
{
    // Made when somebody asks, and given up when memory is short: all of it can be made again.
    private readonly Dictionary<StudioSignal, WeakReference<float[]>> _made = [];

    /// <summary>By which the page names it: "r9".</summary>
    public required string Id { get; init; }

    /// <summary>The recording as it was decoded.</summary>
    public required ClipState Input { get; init; }

    /// <summary>How it was made.</summary>
    public required CleaningOptions Options { get; init; }

    /// <summary>Which stretch of the input [sample].</summary>
    public required SampleRange Range { get; init; }

    /// <summary>What came of the whole; null of a preview.</summary>
    public WholeResult? Whole { get; init; }

    /// <summary>The stretch of a preview; null of a run over the whole.</summary>
    public PreviewedWindow? Window { get; init; }

    /// <summary>What was found and done, of a run over the whole.</summary>
    public ClipReport? Report { get; init; }

    /// <summary>Whether it is what the command line would write.</summary>
    public bool IsExact { get; init; }

    /// <summary>The levels at which before and residue are as loud as after.</summary>
    public required LoudnessMatch Match { get; init; }

    /// <summary>What it took [ms].</summary>
    public double Milliseconds { get; init; }

    /// <summary>The gain on the whole [dB].</summary>
    public double GainDb => Whole?.GainDb ?? Window!.GainDb;

    /// <summary>The stretches of the input that the result has.</summary>
    public IReadOnlyList<SampleRange> Kept => Whole?.Result.Kept ?? Window!.Kept;

    /// <summary>What was found.</summary>
    public Findings Findings => Whole?.Result.Findings ?? Window!.Findings;

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<Errors.Warning> Warnings => Whole?.Result.Warnings ?? Window!.Warnings;

    /// <summary>What the recording is before anything cuts it or sets its level, over <see
    /// cref="Range"/>.</summary>
    public ReadOnlyMemory<float> Denoised => Whole is { } whole ? Spread(whole.Denoised) : Window!.Denoised;

    /// <summary>The samples of a signal over <see cref="Range"/>.</summary>
    public ReadOnlyMemory<float> Of(StudioSignal signal) => signal switch
    {
        StudioSignal.Before => Input.Samples[Range.Start..Range.End],
        StudioSignal.After when Window is { } window => window.After,
        _ => Made(signal),
    };

    private float[] Made(StudioSignal signal)
    {
        lock (_made)
        {
            if (!_made.TryGetValue(signal, out var known) || !known.TryGetTarget(out float[]? samples))
            {
                samples = signal == StudioSignal.After ? MakeAfter() : MakeResidue();
                _made[signal] = new WeakReference<float[]>(samples);
            }

            return samples;
        }
    }

    private float[] MakeAfter()
    {
        float[] after = Denoised.ToArray();
        float gain = (float)Decibels.ToAmplitude(GainDb);
        for (int i = 0; i < after.Length; i++)
        {
            after[i] *= gain;
        }

        Place(Whole!.Result, after);
        return after;
    }

    private float[] MakeResidue()
    {
        ReadOnlySpan<float> before = Of(StudioSignal.Before).Span, denoised = Denoised.Span;
        float[] residue = new float[before.Length];
        float gain = (float)Decibels.ToAmplitude(GainDb);
        for (int i = 0; i < residue.Length; i++)
        {
            residue[i] = (before[i] - denoised[i]) * gain;
        }

        return residue;
    }

    // Stages of other makers may cut before: what they cut is silent then.
    private static ReadOnlyMemory<float> Spread(ClipState state)
    {
        if (state.Samples.Length == state.InputLength)
        {
            return state.Samples;
        }

        float[] all = new float[state.InputLength];
        Place(state, all);
        return all;
    }

    private static void Place(ClipState state, float[] onInput)
    {
        int at = 0;
        foreach (SampleRange kept in state.Kept)
        {
            state.Samples.Span.Slice(at, kept.Length).CopyTo(onInput.AsSpan(kept.Start));
            at += kept.Length;
        }
    }
}

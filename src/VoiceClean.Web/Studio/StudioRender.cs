using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Reporting.Pictures;

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
/// <param name="Denoised">Before anything set its level, on the time of the input.</param>
/// <param name="Result">What came out.</param>
/// <param name="GainDb">The gain on the whole [dB].</param>
internal sealed record WholeResult(ReadOnlyMemory<float> Denoised, ClipState Result, double GainDb)
{
    /// <summary>What came of a run.</summary>
    public static WholeResult Of(StagedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new WholeResult(Spread(run.Denoised), run.Result, run.GainDb);
    }

    // Stages of other makers may cut before: what they cut is silent then.
    private static ReadOnlyMemory<float> Spread(ClipState state)
    {
        if (state.Samples.Length == state.InputLength)
        {
            return state.Samples;
        }

        float[] all = new float[state.InputLength];
        int at = 0;
        foreach (SampleRange kept in state.Kept)
        {
            state.Samples.Span.Slice(at, kept.Length).CopyTo(all.AsSpan(kept.Start));
            at += kept.Length;
        }

        return all;
    }
}

/// <summary>A recording, or a stretch of it, as a set of options makes it. Immutable.</summary>
internal sealed record StudioRender
{
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

    /// <summary>Reads what the recording is before anything cuts it or sets its level; 0 = the start of <see
    /// cref="Range"/>.</summary>
    public SampleReader Denoised => SampleReaders.Of(Whole?.Denoised ?? Window!.Denoised);

    /// <summary>Reads a signal; 0 = the start of <see cref="Range"/>. What is not there is made as it is read: of ten
    /// minutes it would take much memory.</summary>
    public SampleReader Of(StudioSignal signal) => signal switch
    {
        StudioSignal.Before => SampleReaders.Of(Before),
        StudioSignal.Residue => ReadResidue,
        _ when Window is { } window => SampleReaders.Of(window.After),
        _ => ReadAfter,
    };

    private ReadOnlyMemory<float> Before => Input.Samples[Range.Start..Range.End];

    // What is cut is there with the same gain.
    private void ReadAfter(int start, Span<float> into)
    {
        Denoised(start, into);
        float gain = (float)Decibels.ToAmplitude(GainDb);
        for (int i = 0; i < into.Length; i++)
        {
            into[i] *= gain;
        }

        ClipState result = Whole!.Result;
        int done = 0;
        foreach (SampleRange kept in result.Kept)
        {
            int from = (int)Math.Max(start, (long)kept.Start), end = (int)Math.Min((long)start + into.Length, kept.End);
            if (end > from)
            {
                result.Samples.Span.Slice(done + from - kept.Start, end - from).CopyTo(into[(from - start)..]);
            }

            done += kept.Length;
        }
    }

    private void ReadResidue(int start, Span<float> into)
    {
        Denoised(start, into);
        float gain = (float)Decibels.ToAmplitude(GainDb);
        ReadOnlySpan<float> before = Before.Span;
        for (int i = 0; i < into.Length; i++)
        {
            int at = start + i;
            into[i] = at >= 0 && at < before.Length ? (before[at] - into[i]) * gain : 0;
        }
    }
}

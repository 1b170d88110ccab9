using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Stages.TameTransients;

/// <summary>
/// Turns down what is too loud and short to be speech (<see cref="TransientFinder"/>), so that it decides neither
/// the level of the result nor where it begins: apart from speech down to the background, so that it is trimmed like
/// silence; within speech down to the level of loud speech. Everything else stays bit for bit.
/// </summary>
internal sealed class TameTransientsStage : IStage
{
    /// <inheritdoc/>
    public string Name => "tame-transients";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        List<Transient> found = TransientFinder.Find(clip.ReadOnlySamples, clip.SampleRate, cancellation);
        if (found.Count == 0)
        {
            return;
        }

        var limiter = new TruePeakLimiter(clip.SampleRate);
        using var peaks = SampleStore.OfLength(limiter.Cells.Count(clip.Samples.Length));
        using var reductions = SampleStore.OfLength(peaks.Length);
        peaks.Span.Clear();
        foreach (Transient transient in found)
        {
            FillPeaks(clip.Samples, transient, limiter.Cells.Length, peaks.Span);
        }

        float most = limiter.ComputeReductions(peaks.Span, 1, 1, reductions.Span, cancellation);
        limiter.Cells.Apply(clip.Samples, 1, reductions.Span, clip.Samples);
        double mostDb = -Decibels.FromAmplitude(Math.Max(1 - most, 1e-5));
        clip.Findings.Set(new TamedTransients(found.Count, mostDb));
        foreach (Transient transient in found.Where(t => !t.IsApart))
        {
            clip.Warn(
                WarningCodes.TransientInSpeech,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Something far louder than the voice at {SecondsInInput(clip, transient):0.00} s was turned down; "
                        + $"listen whether speech was lost there."));
        }
    }

    // The largest sample of each cell over what it may be; the limiter then has the ceiling 1.
    private static void FillPeaks(ReadOnlySpan<float> samples, Transient transient, int cell, Span<float> peaks)
    {
        for (int at = transient.Range.Start / cell * cell; at < transient.Range.End; at += cell)
        {
            ReadOnlySpan<float> piece = samples.Slice(at, Math.Min(cell, samples.Length - at));
            peaks[at / cell] = Math.Max(peaks[at / cell], TruePeak.SamplePeak(piece) / transient.Ceiling);
        }
    }

    private static double SecondsInInput(AudioClip clip, Transient transient)
    {
        int at = transient.Range.Start;
        foreach (SampleRange kept in clip.Kept)
        {
            if (at < kept.Length)
            {
                return (double)(kept.Start + at) / clip.SampleRate;
            }

            at -= kept.Length;
        }

        return (double)clip.InputLength / clip.SampleRate;
    }
}

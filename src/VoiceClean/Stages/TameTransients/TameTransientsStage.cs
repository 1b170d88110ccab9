using System.Buffers;
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
        using var reductions = SampleStore.OfLength(limiter.Cells.Count(clip.Samples.Length));
        float most = ComputeReductions(clip, found, limiter, reductions.Span, cancellation);
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

    // Piece by piece: the peaks of hours would be as many as the reductions.
    private static float ComputeReductions(
        AudioClip clip,
        List<Transient> found,
        TruePeakLimiter limiter,
        Span<float> reductions,
        CancellationToken cancellation)
    {
        const int around = TruePeakLimiter.PeaksAround, most = TruePeakLimiter.PieceCells;
        float[] rented = ArrayPool<float>.Shared.Rent(most + (2 * around));
        var course = new TruePeakLimiter.Course();
        float largest = 0;
        for (int first = 0; first < reductions.Length; first += most)
        {
            Span<float> piece = reductions[first..(int)Math.Min(reductions.Length, (long)first + most)];
            int from = Math.Max(0, first - around);
            Span<float> peaks = rented.AsSpan(0, Math.Min(reductions.Length, first + piece.Length + around) - from);
            peaks.Clear();
            foreach (Transient transient in found)
            {
                FillPeaks(clip.ReadOnlySamples, transient, limiter.Cells.Length, from, peaks);
            }

            largest = Math.Max(
                largest,
                limiter.ComputeReductions(peaks, from, 1, 1, first, piece, course, cancellation));
        }

        ArrayPool<float>.Shared.Return(rented);
        return largest;
    }

    // The largest sample of each cell from one on, over what it may be; the limiter then has the ceiling 1.
    private static void FillPeaks(
        ReadOnlySpan<float> samples,
        Transient transient,
        int cell,
        int first,
        Span<float> peaks)
    {
        int from = Math.Max(transient.Range.Start / cell, first), to = first + peaks.Length;
        for (; from < to && (long)from * cell < transient.Range.End; from++)
        {
            int at = from * cell;
            ref float peak = ref peaks[from - first];
            ReadOnlySpan<float> piece = samples.Slice(at, Math.Min(cell, samples.Length - at));
            peak = Math.Max(peak, TruePeak.SamplePeak(piece) / transient.Ceiling);
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

using VoiceClean.Audio;
using VoiceClean.Dsp;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>Finds the gain whose limited result has the wanted loudness, and puts that result into the clip.</summary>
internal sealed class LimitedGain(AudioClip clip, StepEnergies steps, NormalizeLoudnessOptions options, double safeDb, CancellationToken cancellation)
{
    // The limiter aims this far below the ceiling: its gain moves between the peaks it has seen.
    private const double GuardDb = 0.05;

    private const double AimLu = 0.005;
    private const int MaxTrials = 12, MaxCeilings = 5;

    // Detecting somewhat more than needed spares doing it again when the loop asks for more gain.
    private const double DetectionMarginDb = 1;

    private readonly TruePeakLimiter _limiter = new(clip.SampleRate);
    private double _ceilingDb = options.TruePeakDb - GuardDb, _detectedFromDb = double.PositiveInfinity;
    private float _reduction;

    public AppliedGain Apply(double wantedDb, double target, double peakDb)
    {
        int cells = _limiter.CountCells(clip.Samples.Length);
        using SampleStore peaks = SampleStore.OfLength(cells), reductions = SampleStore.OfLength(cells), result = clip.RentScratch();
        double gain = wantedDb, truePeak = 0;
        for (int i = 0; i < MaxCeilings; i++)
        {
            // The peak of the signal itself decides how much gain the permitted reduction allows.
            double highest = Math.Max(_ceilingDb + options.MaxReductionDb - peakDb, safeDb - peakDb);
            gain = options.FixedGainDb is null ? Solve(Math.Min(gain, highest), highest, target) : Math.Min(gain, highest);
            Limit(gain);
            truePeak = Decibels.FromAmplitude(TruePeak.Measure(result.Span, cancellation));
            if (truePeak <= safeDb)
            {
                break;
            }

            _ceilingDb -= truePeak - safeDb + 0.005;
        }

        if (truePeak > safeDb)
        {
            // Does not happen with sound; the ceiling is a promise all the same.
            double trim = safeDb - truePeak - 1e-4;
            TruePeakLimiter.Scale(result.Span, (float)Decibels.ToAmplitude(trim), result.Span);
            gain += trim;
            truePeak += trim;
        }

        steps.Measure(result.Span, cancellation);
        result.Span.CopyTo(clip.Samples);
        return new AppliedGain(gain, -Decibels.FromAmplitude(1 - _reduction), double.NaN, steps.Loudness(), truePeak, steps.IsShort);

        double Solve(double start, double highest, double goal)
        {
            double low = double.NegativeInfinity, lowError = 0, at = start, best = start, bestError = double.PositiveInfinity;
            double high = double.PositiveInfinity, highError = 0, slope = 0.75;
            for (int trial = 0; trial < MaxTrials; trial++)
            {
                Limit(at);
                steps.Measure(result.Span, cancellation);
                double error = goal - steps.Loudness();
                if (Math.Abs(error) < Math.Abs(bestError))
                {
                    (best, bestError) = (at, error);
                }

                if (Math.Abs(error) <= AimLu || (at >= highest && error > 0))
                {
                    break;
                }

                if (error > 0)
                {
                    (low, lowError) = (at, error);
                }
                else
                {
                    (high, highError) = (at, error);
                }

                if (double.IsFinite(low) && double.IsFinite(high))
                {
                    slope = (lowError - highError) / (high - low);
                }

                double next = at + error / slope;
                at = Math.Min(highest, next > low && next < high ? next : (low + high) / 2);
            }

            return best;
        }

        void Limit(double gainDb)
        {
            double fromDb = _ceilingDb - gainDb;
            if (fromDb < _detectedFromDb)
            {
                _detectedFromDb = fromDb - DetectionMarginDb;
                _limiter.DetectPeaks(clip.Samples, Decibels.ToAmplitude(_detectedFromDb), peaks.Span, cancellation);
            }

            double g = Decibels.ToAmplitude(gainDb);
            _reduction = _limiter.ComputeReductions(peaks.Span, g, Decibels.ToAmplitude(_ceilingDb), reductions.Span, cancellation);
            _limiter.Apply(clip.Samples, (float)g, reductions.Span, result.Span);
        }
    }
}

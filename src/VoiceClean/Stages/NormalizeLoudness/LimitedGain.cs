using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Finds the gain whose limited result has the wanted loudness. Each trial measures the very samples that would come
/// out, so what is found is what comes out; the clip is changed once, at the end.
/// </summary>
internal sealed class LimitedGain : IDisposable
{
    // The limiter aims this far below the ceiling: its gain moves between the peaks it has seen.
    private const double GuardDb = 0.05;

    // Three trials usually meet the aim. Where a gating block drops out the loudness jumps and may have no gain that
    // does; the nearest is taken.
    private const double AimLu = 0.005;
    private const int MaxTrials = 12, MaxCeilings = 5;

    // Loudness gained per gain, to begin with: limiting takes part of it back.
    private const double TypicalSlope = 0.8;

    private readonly StepEnergies _steps;
    private readonly LimitedSignal _signal;
    private double _ceilingDb, _triedDb = double.NaN, _loudness;

    /// <param name="clip">Read only, until <see cref="Apply"/>.</param>
    /// <param name="steps">Those of the clip; overwritten.</param>
    /// <param name="cancellation">Checked within each trial.</param>
    public LimitedGain(AudioClip clip, StepEnergies steps, CancellationToken cancellation) =>
        (_steps, _signal) = (steps, new LimitedSignal(clip, cancellation));

    /// <summary>Limits the clip.</summary>
    /// <param name="requestedDb">Gain that would reach the target without limiting, or the gain to apply if
    /// <paramref name="target"/> is null [dB].</param>
    /// <param name="target">Single-channel loudness to reach [LUFS].</param>
    /// <param name="peakDb">True peak of the clip, but for what may be limited without measure [dBTP].</param>
    /// <param name="safeDb">What the true peak of the result must not exceed [dBTP].</param>
    /// <param name="maxReductionDb">Most limiting [dB].</param>
    public AppliedGain Apply(double requestedDb, double? target, double peakDb, double safeDb, double maxReductionDb)
    {
        double gain = requestedDb, truePeak = double.PositiveInfinity;
        _ceilingDb = safeDb - GuardDb;
        for (int i = 0; i < MaxCeilings; i++)
        {
            // The highest peak of the clip decides how much gain the permitted reduction allows.
            double highest = Math.Max(_ceilingDb + maxReductionDb, safeDb) - peakDb;
            gain = Math.Min(gain, highest);
            if (target is { } goal)
            {
                gain = Solve(gain, highest, goal);
            }

            Try(gain);
            truePeak = Decibels.FromAmplitude(_signal.MeasurePeak());
            if (truePeak <= safeDb)
            {
                break;
            }

            _ceilingDb -= truePeak - safeDb + 0.005;
            _triedDb = double.NaN;
        }

        _signal.Apply();
        if (truePeak > safeDb)
        {
            // Not seen with sound; the ceiling is a promise all the same.
            double trim = safeDb - truePeak - 1e-4;
            _signal.Scale((float)Decibels.ToAmplitude(trim));
            (gain, truePeak, _loudness) = (gain + trim, truePeak + trim, _steps.Loudness(trim));
        }

        return new AppliedGain(
            gain,
            -Decibels.FromAmplitude(1 - _signal.Reduction),
            double.NaN,
            _loudness,
            truePeak,
            _steps.IsShort);
    }

    public void Dispose() => _signal.Dispose();

    /// <summary>A secant that stays within what earlier trials enclose; the loudness rises with the gain.</summary>
    private double Solve(double start, double highest, double target)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, missingAtLow = 0, missingAtHigh = 0;
        double gain = start, best = start, missingAtBest = double.PositiveInfinity, slope = TypicalSlope;
        for (int trial = 0; trial < MaxTrials; trial++)
        {
            double missing = target - Try(gain);
            if (!(Math.Abs(missing) >= Math.Abs(missingAtBest)))
            {
                (best, missingAtBest) = (gain, missing);
            }

            if (Math.Abs(missing) <= AimLu || (gain >= highest && missing > 0))
            {
                break;
            }

            if (missing > 0)
            {
                (low, missingAtLow) = (gain, missing);
            }
            else
            {
                (high, missingAtHigh) = (gain, missing);
            }

            bool enclosed = double.IsFinite(low) && double.IsFinite(high);
            slope = enclosed ? (missingAtLow - missingAtHigh) / (high - low) : slope;
            double next = gain + missing / slope;
            gain = Math.Min(highest, enclosed && !(next > low && next < high) ? (low + high) / 2 : next);
        }

        return best;
    }

    /// <summary>The loudness of the clip limited at a gain [LUFS].</summary>
    private double Try(double gainDb)
    {
        if (gainDb == _triedDb)
        {
            return _loudness;
        }

        _signal.Limit(gainDb, _ceilingDb);
        _steps.Measure(_signal);
        _triedDb = gainDb;
        return _loudness = _steps.Loudness();
    }
}

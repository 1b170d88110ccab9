using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// Finds the gain whose limited result has the wanted loudness. Each trial limits the whole clip into a buffer of its
/// own and measures that, so what is found is what comes out.
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

    // Detecting somewhat more than needed spares doing it again when the loop asks for more gain.
    private const double DetectionMarginDb = 1;

    private readonly AudioClip _clip;
    private readonly StepEnergies _steps;
    private readonly TruePeakLimiter _limiter;
    private readonly SampleStore _peaks, _reductions, _result;
    private readonly CancellationToken _cancellation;
    private double _ceilingDb, _detectedFromDb = double.PositiveInfinity;
    private double _triedDb = double.NaN, _loudness;
    private float _reduction;
    private bool _isApplied;

    /// <param name="clip">Read only, until <see cref="Apply"/>.</param>
    /// <param name="steps">Overwritten.</param>
    /// <param name="cancellation">Checked within each trial.</param>
    public LimitedGain(AudioClip clip, StepEnergies steps, CancellationToken cancellation)
    {
        (_clip, _steps, _cancellation) = (clip, steps, cancellation);
        _limiter = new TruePeakLimiter(clip.SampleRate);
        int cells = _limiter.Cells.Count(clip.Samples.Length);
        _peaks = SampleStore.OfLength(cells);
        _reductions = SampleStore.OfLength(cells);
        _result = clip.RentScratch();
    }

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
            truePeak = Decibels.FromAmplitude(TruePeak.Measure(_result.Span, _cancellation));
            if (truePeak <= safeDb)
            {
                break;
            }

            _ceilingDb -= truePeak - safeDb + 0.005;
            _triedDb = double.NaN;
        }

        if (truePeak > safeDb)
        {
            // Not seen with sound; the ceiling is a promise all the same.
            double trim = safeDb - truePeak - 1e-4;
            GainCells.Scale(_result.Span, (float)Decibels.ToAmplitude(trim), _result.Span);
            (gain, truePeak, _loudness) = (gain + trim, truePeak + trim, _steps.Loudness(trim));
        }

        _clip.Replace(_result);
        _isApplied = true;
        return new AppliedGain(
            gain,
            -Decibels.FromAmplitude(1 - _reduction),
            double.NaN,
            _loudness,
            truePeak,
            _steps.IsShort);
    }

    public void Dispose()
    {
        _peaks.Dispose();
        _reductions.Dispose();
        if (!_isApplied)
        {
            _clip.Return(_result);
        }
    }

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

    /// <summary>Limits the clip at a gain into the result and returns its loudness [LUFS].</summary>
    private double Try(double gainDb)
    {
        if (gainDb == _triedDb)
        {
            return _loudness;
        }

        double fromDb = _ceilingDb - gainDb;
        if (fromDb < _detectedFromDb)
        {
            _detectedFromDb = fromDb - DetectionMarginDb;
            _limiter.DetectPeaks(_clip.Samples, Decibels.ToAmplitude(_detectedFromDb), _peaks.Span, _cancellation);
        }

        double gain = Decibels.ToAmplitude(gainDb);
        _reduction = _limiter.ComputeReductions(
            _peaks.Span,
            gain,
            Decibels.ToAmplitude(_ceilingDb),
            _reductions.Span,
            _cancellation);
        _limiter.Cells.Apply(_clip.Samples, (float)gain, _reductions.Span, _result.Span);
        _steps.Measure(_result.Span, _cancellation);
        _triedDb = gainDb;
        return _loudness = _steps.Loudness();
    }
}

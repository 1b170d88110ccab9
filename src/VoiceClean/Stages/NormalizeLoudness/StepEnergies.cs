using System.Buffers;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// The K-weighted energies of one recording in pooled memory, and the loudness that follows from them at any gain.
/// </summary>
internal sealed class StepEnergies : IDisposable
{
    private readonly int _length, _sampleRate, _count;
    private double[] _steps;
    private double[]? _plain;       // those of the recording as it was

    public StepEnergies(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        (_length, _sampleRate) = (samples.Length, sampleRate);
        _count = KWeighting.CountSteps(samples.Length, sampleRate);
        _steps = ArrayPool<double>.Shared.Rent(_count);
        KWeighting.MeasureSteps(samples, sampleRate, Steps, cancellation);
    }

    /// <summary>True for clips below one gating block.</summary>
    public bool IsShort => GatedLoudness.IsShort(_length, _sampleRate);

    /// <summary>Energy of each 10 ms.</summary>
    public Span<double> Steps => _steps.AsSpan(0, _count);

    /// <summary>
    /// Makes them those of the recording limited at a gain: measured where the limiter acts and rings on, elsewhere
    /// they are those of the recording times the square of the gain.
    /// </summary>
    /// <param name="signal">The recording limited.</param>
    public void Measure(LimitedSignal signal)
    {
        if (_plain is null)
        {
            _plain = ArrayPool<double>.Shared.Rent(_count);
            Steps.CopyTo(_plain);
        }

        double power = (double)signal.Gain * signal.Gain;
        for (int k = 0; k < _count; k++)
        {
            _steps[k] = _plain[k] * power;
        }

        LimitedStretches.Measure(signal, _sampleRate, Steps);
    }

    /// <summary>Loudness after a gain [LUFS]; NaN if undefined.</summary>
    public double Loudness(double gainDb = 0)
        => GatedLoudness.AtAnyLevel(Steps, _length, _sampleRate, Decibels.ToPower(gainDb));

    /// <summary>
    /// The gain that brings the loudness to <paramref name="target"/> [dB]. Only the absolute gate keeps this from
    /// being one subtraction.
    /// </summary>
    public double GainTo(double target)
    {
        double gain = 0;
        for (int i = 0; i < 8; i++)
        {
            double missing = target - Loudness(gain);
            if (double.IsNaN(missing) || Math.Abs(missing) < 1e-4)
            {
                break;
            }

            gain += missing;
        }

        return gain;
    }

    public void Dispose()
    {
        ArrayPool<double>.Shared.Return(_steps);
        _steps = [];
        if (_plain is not null)
        {
            ArrayPool<double>.Shared.Return(_plain);
            _plain = null;
        }
    }
}

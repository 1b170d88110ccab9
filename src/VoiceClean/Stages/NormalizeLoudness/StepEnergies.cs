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

    public StepEnergies(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        (_length, _sampleRate) = (samples.Length, sampleRate);
        _count = KWeighting.CountSteps(samples.Length, sampleRate);
        _steps = ArrayPool<double>.Shared.Rent(_count);
        Measure(samples, cancellation);
    }

    /// <summary>True for clips below one gating block.</summary>
    public bool IsShort => GatedLoudness.IsShort(_length, _sampleRate);

    /// <summary>Energy of each 10 ms.</summary>
    public Span<double> Steps => _steps.AsSpan(0, _count);

    /// <summary>Measures other samples of the same length.</summary>
    public void Measure(ReadOnlySpan<float> samples, CancellationToken cancellation) =>
        KWeighting.MeasureSteps(samples, _sampleRate, Steps, cancellation);

    /// <summary>Loudness after a gain [LUFS]; NaN if undefined.</summary>
    public double Loudness(double gainDb = 0)
        => GatedLoudness.IntegratedOrUngated(Steps, _length, _sampleRate, Decibels.ToPower(gainDb));

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
    }
}

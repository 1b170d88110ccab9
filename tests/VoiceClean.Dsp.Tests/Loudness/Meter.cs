using VoiceClean.Dsp.Loudness;

namespace VoiceClean.Dsp.Tests.Loudness;

/// <summary>The meters under test, applied to the two equal channels of a stereo programme.</summary>
internal sealed class Meter
{
    private readonly int _length, _sampleRate;
    private readonly double[] _steps;

    // Channels of one length, each with its weight.
    public Meter(int sampleRate, params (float[] Samples, double Weight)[] channels)
    {
        (_length, _sampleRate) = (channels[0].Samples.Length, sampleRate);
        _steps = new double[KWeighting.CountSteps(_length, sampleRate)];
        double[] one = new double[_steps.Length];
        foreach ((float[] samples, double weight) in channels)
        {
            KWeighting.MeasureSteps(samples, sampleRate, one);
            for (int i = 0; i < one.Length; i++)
            {
                _steps[i] += weight * one[i];
            }
        }
    }

    public double Integrated => GatedLoudness.Integrated(_steps, _length, _sampleRate);

    public double MaxMomentary => GatedLoudness.MaxMomentary(_steps, _length, _sampleRate);

    public double MaxShortTerm => GatedLoudness.MaxShortTerm(_steps, _length, _sampleRate);

    public double Range => LoudnessRange.Measure(_steps, _length, _sampleRate);

    public static Meter Stereo(int sampleRate, float[] both) => new(sampleRate, (both, 2));

    public static Meter Mono(int sampleRate, float[] samples) => new(sampleRate, (samples, 1));

    /// <summary>
    /// Readings every 10 ms; the k-th is of the window that ends at (k + 1)·10 ms, null before the first complete one.
    /// </summary>
    public double?[] Running(int windowSteps) =>
        [
            .. Enumerable
                .Range(0, _steps.Length)
                .Select(k =>
                    k + 1 < windowSteps || KWeighting.StepStart(k + 1, _sampleRate) > _length
                        ? null
                        : (double?)GatedLoudness.Window(_steps, k + 1 - windowSteps, windowSteps, _sampleRate)),
        ];
}

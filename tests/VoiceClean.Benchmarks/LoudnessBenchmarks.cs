using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.NormalizeLoudness;

namespace VoiceClean.Benchmarks;

/// <summary>
/// Loudness work on ten seconds of voice-like sound at 32 kHz: x real time = 10 s / time (10,000 x = 1 ms).
/// The stage gets the same clip once so loud that gain suffices and once so peaky that the limiter loop runs.
/// </summary>
public class LoudnessBenchmarks
{
    private const int Rate = 32_000;
    private readonly float[] _samples = Pulses(18), _even = Pulses(2), _output = new float[10 * Rate];
    private readonly double[] _steps = new double[10 * KWeighting.StepsPerSecond];
    private readonly TruePeakLimiter _limiter = new(Rate);
    private readonly float[] _peaks = new float[10 * Rate / 8], _reductions = new float[10 * Rate / 8];

    [Benchmark]
    public double KWeightingAndGates()
    {
        KWeighting.MeasureSteps(_samples, Rate, _steps);
        return GatedLoudness.Integrated(_steps, _samples.Length, Rate);
    }

    [Benchmark]
    public double TruePeakOnly() => TruePeak.Measure(_samples);

    [Benchmark]
    public LoudnessMeasurement EveryFigure() => LoudnessMeasurement.Measure(_samples, Rate);

    [Benchmark]
    public void LimiterDetectReduceApply()
    {
        double gain = 1.4 / TruePeak.SamplePeak(_samples);
        _limiter.DetectPeaks(_samples, 0.886 / gain, _peaks);
        _limiter.ComputeReductions(_peaks, gain, 0.886, _reductions);
        _limiter.Cells.Apply(_samples, (float)gain, _reductions, _output);
    }

    [Benchmark]
    public void NormalizeByGainAlone() => Normalize(_even);

    [Benchmark]
    public void NormalizeWithLimiter() => Normalize(_samples);

    [Benchmark]
    public void Compress()
    {
        using var clip = AudioClip.FromSamples("a", Rate, _samples);
        new CompressStage(new CompressOptions()).Process(clip, CancellationToken.None);
    }

    private static void Normalize(float[] samples)
    {
        using var clip = AudioClip.FromSamples("a", Rate, samples);
        new NormalizeLoudnessStage(new NormalizeLoudnessOptions()).Process(clip, CancellationToken.None);
    }

    /// <summary>Decaying 150 Hz pulses of a 700 Hz resonance in syllables; the faster the decay, the peakier.</summary>
    private static float[] Pulses(double decay)
    {
        float[] x = new float[10 * Rate];
        for (int i = 0; i < x.Length; i++)
        {
            double t = i * 150.0 / Rate % 1, syllable = Math.Pow(Math.Sin(Math.PI * 3.1 * i / Rate), 2);
            x[i] = (float)(0.2 * syllable * Math.Exp(-decay * t) * Math.Sin(2 * Math.PI * 700.0 / 150 * t));
        }

        return x;
    }
}

using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;

namespace VoiceClean.Benchmarks;

/// <summary>
/// The denoiser, the noise profile and the blind SNR on 60 s at 32 kHz: x real time = 60 s / time. The gate works on a
/// copy, whose making is part of its time.
/// </summary>
[MemoryDiagnoser]
public class SpectralGateBenchmarks
{
    private const int Rate = 32_000;
    private readonly float[] _samples = new float[60 * Rate];
    private readonly SpectralGateStage _gate = new(new SpectralGateOptions { Strength = 0.6 });
    private readonly EstimateNoiseStage _estimate = new(new EstimateNoiseOptions());
    private AudioClip _clip = null!;

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (int n = 0; n < _samples.Length; n++)
        {
            double t = (double)n / Rate, syllable = t > 0.7 ? Math.Max(0, Math.Sin(2 * Math.PI * 2 * t)) : 0, voice = 0;
            for (int h = 1; h < 20; h++)
            {
                voice += Math.Sin(2 * Math.PI * 120 * h * t) / h;
            }

            _samples[n] = (float)((0.1 * syllable * voice) + (0.03 * (random.NextDouble() + random.NextDouble() - 1)));
        }

        _clip = AudioClip.FromSamples("bench.wav", Rate, _samples);
        _estimate.Process(_clip, CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose() => _clip.Dispose();

    [Benchmark(Baseline = true)]
    public void SpectralGate()
    {
        _samples.CopyTo(_clip.Samples);
        _gate.Process(_clip, CancellationToken.None);
    }

    [Benchmark]
    public void EstimateNoise() => _estimate.Process(_clip, CancellationToken.None);

    [Benchmark]
    public double EstimateSnr()
    {
        SpeechBandTrack track = SpeechBandTrack.Measure(_samples, Rate, CancellationToken.None);
        var voicing = Voicing.Measure(_samples, Rate, CancellationToken.None);
        return SnrEstimator.Estimate(_samples, SampleStatistics.Measure(_samples), Rate, track, voicing).SnrDb;
    }
}

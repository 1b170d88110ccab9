using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Stages.SuppressClicks;

namespace VoiceClean.Benchmarks;

/// <summary>Ten seconds of 32 kHz sound through the click suppressor: x real time = 10 s / time.</summary>
[MemoryDiagnoser]
public class SuppressClicksBenchmarks
{
    private readonly float[] _clean = NoisereduceBenchmarks.Noise(320_000);
    private readonly SuppressClicksStage _stage = new(new SuppressClicksOptions());
    private AudioClip _clip = null!;
    private float[] _samples = [];

    /// <summary>Clicks per second; 0 = nothing to do but looking.</summary>
    [Params(0, 4)]
    public int ClicksPerSecond { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _samples = [.. _clean];
        var random = new Random(2);
        for (int click = 0; click < 10 * ClicksPerSecond; click++)
        {
            int at = (int)((click + random.NextDouble()) * 32_000 / ClicksPerSecond);
            for (int n = 0; n < 300 && at + n < _samples.Length; n++)
            {
                _samples[at + n] += (float)((random.NextDouble() - 0.5) * 2 * Math.Exp(-n / 50.0));
            }
        }

        _clip = AudioClip.FromSamples("a", 32_000, _samples);
    }

    [Benchmark]
    public void TenSeconds()
    {
        _samples.CopyTo(_clip.Samples);
        _stage.Process(_clip, CancellationToken.None);
    }
}

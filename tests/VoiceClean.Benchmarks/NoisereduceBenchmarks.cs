using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Stages.Noisereduce;

namespace VoiceClean.Benchmarks;

/// <summary>Ten seconds of 32 kHz sound through the noisereduce stage: x real time = 10 s / time.</summary>
[MemoryDiagnoser]
public class NoisereduceBenchmarks
{
    private readonly AudioClip _clip = AudioClip.FromSamples("a", 32_000, Noise(320_000));

    [Params(true, false)]
    public bool Stationary { get; set; }

    [Benchmark]
    public void TenSeconds() =>
        new NoisereduceStage(new NoisereduceOptions { Stationary = Stationary }).Process(_clip, CancellationToken.None);

    internal static float[] Noise(int length)
    {
        var random = new Random(1);
        float[] x = new float[length];
        for (int n = 0; n < length; n++)
        {
            x[n] = (float)(random.NextDouble() - 0.5) * 0.2f;
        }

        return x;
    }
}

using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Stages;
using VoiceClean.Stages.HighPass;
using VoiceClean.Stages.RemoveHum;

namespace VoiceClean.Benchmarks;

/// <summary>Ten seconds of 32 kHz sound through the high-pass and the hum stage: x real time = 10 s / time.</summary>
[MemoryDiagnoser]
public class FilterStagesBenchmarks
{
    private readonly float[] _noise = NoisereduceBenchmarks.Noise(320_000);
    private readonly AudioClip _clip = AudioClip.FromSamples("a", 32_000, new float[320_000]);
    private readonly float[] _hum = new float[320_000];

    [GlobalSetup]
    public void Fill()
    {
        for (int n = 0; n < _hum.Length; n++)
        {
            double t = 2 * Math.PI * 50.02 * n / 32_000;
            _hum[n] = (_noise[n] * 0.1f) + (float)(0.02 * (Math.Sin(t) + Math.Sin(2 * t) + Math.Sin(3 * t)));
        }
    }

    [Benchmark]
    public void HighPass() => Run(new HighPassStage(new HighPassOptions()), _noise);

    [Benchmark]
    public void LookForHum() => Run(new RemoveHumStage(new RemoveHumOptions()), _noise);

    [Benchmark]
    public void RemoveHum() => Run(new RemoveHumStage(new RemoveHumOptions()), _hum);

    private void Run(IStage stage, float[] samples)
    {
        samples.CopyTo(_clip.Samples);
        stage.Process(_clip, CancellationToken.None);
    }
}

using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Benchmarks;

/// <summary>60 s of audio at 32 kHz per call: times real time = 60 s / mean (20 ms = 3,000 x).</summary>
[MemoryDiagnoser]
public class SpeechDetectorBenchmarks
{
    private const int SampleRate = 32_000;
    private readonly float[] _samples = new float[60 * SampleRate];

    [GlobalSetup]
    public void Setup()
    {
        // Bursts of noise over a quiet background, about as often on and off as speech is.
        var random = new Random(1);
        for (int i = 0; i < _samples.Length; i++)
        {
            double level = i / 10_000 % 3 == 0 ? 0.0005 : 0.1;
            _samples[i] = (float)(level * ((2 * random.NextDouble()) - 1));
        }
    }

    [Benchmark]
    public object DetectAndMeasureLoudness() => SpeechDetector.Detect(_samples, SampleRate);

    [Benchmark]
    public object DetectWithKnownLoudness() => SpeechDetector.Detect(_samples, SampleRate, integratedLufs: -23);

    [Benchmark]
    public int StripSilence()
    {
        using var clip = AudioClip.FromSamples("a", SampleRate, _samples);
        new StripSilenceStage(new()).Process(clip, default);
        return clip.Samples.Length;
    }
}

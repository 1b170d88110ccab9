using BenchmarkDotNet.Attributes;
using VoiceClean.Formats;
using VoiceClean.Formats.Wav;

namespace VoiceClean.Benchmarks;

/// <summary>60 s of audio at 32 kHz per call, written to nowhere: times real time = 60 s / mean.</summary>
[MemoryDiagnoser]
public class WavWriterBenchmarks
{
    private readonly float[] _samples = new float[60 * 32_000];

    [Params(SampleEncoding.Pcm16, SampleEncoding.Pcm24, SampleEncoding.IeeeFloat)]
    public SampleEncoding Encoding { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        for (int i = 0; i < _samples.Length; i++)
        {
            _samples[i] = (float)((0.2 * random.NextDouble()) - 0.1);
        }
    }

    [Benchmark]
    public long Write() => WavWriter.Write(Stream.Null, _samples, 32_000, Encoding, "benchmark");
}

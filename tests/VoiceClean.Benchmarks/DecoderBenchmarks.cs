using BenchmarkDotNet.Attributes;
using VoiceClean.Audio;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Benchmarks;

/// <summary>
/// Reading 60 s of WAV from memory: the reader alone, and the whole way to a mono clip at 32 kHz (stereo: with the
/// analysis of the channels). 60 s divided by the time per operation is the speed in multiples of real time. Compressed
/// files depend on libsndfile and ffmpeg and are not measured here.
/// </summary>
public class DecoderBenchmarks
{
    private byte[] _file = [];

    [Params(44_100, 48_000)]
    public int Rate { get; set; }

    [Params(1, 2)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        int count = 60 * Rate * Channels;
        var random = new Random(1);
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + 2 * count);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)Channels);
        writer.Write(Rate);
        writer.Write(2 * Rate * Channels);
        writer.Write((short)(2 * Channels));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(2 * count);
        for (int i = 0; i < count; i++)
        {
            writer.Write((short)random.Next(-8000, 8000));
        }

        _file = file.ToArray();
        PolyphaseFilter.For(Rate, 32_000);
    }

    [Benchmark]
    public long ReadWav()
    {
        using IAudioReader reader = AudioDecoders.CreateDefault().Open(new MemoryStream(_file), new DecodeLimits());
        float[] block = new float[32 * 1024];
        long samples = 0;
        for (int count; (count = reader.Read(block)) > 0;)
        {
            samples += count;
        }

        return samples;
    }

    [Benchmark]
    public int LoadClip()
    {
        using AudioClip clip = ClipLoader.Load(
            new MemoryStream(_file),
            "x.wav",
            new LoadOptions(),
            AudioDecoders.CreateDefault(),
            CancellationToken.None);
        return clip.Samples.Length;
    }
}

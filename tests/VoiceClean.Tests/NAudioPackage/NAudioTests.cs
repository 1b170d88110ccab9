using NAudio.Effects;
using NAudio.Wave;
using NAudio.Wave.SampleProviders;
using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.NAudio;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.NAudioPackage;

/// <summary>VoiceClean and NAudio's own providers, readers and effects work with each other.</summary>
public class NAudioTests
{
    [Fact]
    public void What_NAudio_generates_is_read_like_any_recording()
    {
        ISampleProvider tone = new SignalGenerator(16_000, 2) { Frequency = 440, Gain = 0.5 }
            .Take(TimeSpan.FromSeconds(1));
        Decoded decoded = Decoded.From(tone.AsAudioReader());
        Assert.Equal((16_000, 2, 16_000), (decoded.Format.SampleRate, decoded.Format.Channels, decoded.Length));
        Assert.InRange(decoded.Samples.Max(), 0.49f, 0.5f);
    }

    [Fact]
    public void A_reader_goes_through_NAudio_and_back_bit_for_bit()
    {
        short[] tone = WavBuilder.Tone();
        byte[] file = new WavBuilder().Build(WavBuilder.Bytes16(tone));
        using IAudioReader reader = AudioDecoders.CreateDefault().Open(new MemoryStream(file), new DecodeLimits());
        var provider = new VolumeSampleProvider(reader.AsSampleProvider()) { Volume = 1 };
        Assert.Equal(tone.Select(s => s / 32768f), Decoded.From(provider.AsAudioReader()).Samples);
    }

    [Fact]
    public void A_clip_is_written_by_NAudio()
    {
        using var folder = new TemporaryFolder();
        float[] samples = [.. Enumerable.Range(0, 5000).Select(i => MathF.Sin(0.05f * i) / 2)];
        using AudioClip clip = AudioClip.FromSamples("x", 32_000, samples);
        WaveFileWriter.CreateWaveFile16(folder["x.wav"], clip.AsSampleProvider());
        Decoded decoded = Decoded.From(File.OpenRead(folder["x.wav"]));
        Assert.Equal(samples.Length, decoded.Length);
        Assert.All(samples.Zip(decoded.Samples), p => Assert.Equal(p.First, p.Second, 1e-4));
    }

    [Fact]
    public void An_effect_of_NAudio_is_a_stage_and_each_clip_gets_one_of_its_own()
    {
        int made = 0;
        var stage = new EffectStage("dc-blocker", () =>
        {
            made++;
            return new DcBlockerEffect();
        });
        for (int i = 0; i < 2; i++)
        {
            using AudioClip clip = AudioClip.FromSamples("x", 32_000, [.. Enumerable.Repeat(0.5f, 64_000)]);
            stage.Process(clip, CancellationToken.None);
            Assert.Equal(64_000, clip.Samples.Length);
            Assert.InRange(clip.Samples[^1], -0.01f, 0.01f);
        }

        Assert.Equal(2, made);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(10_000)]
    public void The_delay_that_an_effect_declares_is_taken_out_again(int latency)
    {
        float[] samples = [.. Enumerable.Range(0, 9_000).Select(i => i + 1f)];
        using AudioClip clip = AudioClip.FromSamples("x", 32_000, samples);
        new EffectStage("delay", () => new Delay(latency)).Process(clip, CancellationToken.None);
        Assert.Equal(samples, clip.Samples.ToArray());
    }

    [Fact]
    public void Its_decoder_reads_plain_files_and_refuses_others_with_a_reason()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new NAudioDecoder());
        short[] tone = WavBuilder.Tone();
        byte[] file = new WavBuilder().Build(WavBuilder.Bytes16(tone));
        Decoded decoded = Decoded.From(file, decoders: decoders);
        Assert.Equal(tone.Select(s => s / 32768f), decoded.Samples);
        Assert.Equal(("naudio", "wav"), (decoded.Format.Decoder, decoded.Format.Container));
        var random = new Random(4);
        for (int copy = 0; copy < 200; copy++)
        {
            byte[] damaged = [.. file[..random.Next(12, file.Length)]];
            for (int i = random.Next(1, 10); i > 0; i--)
            {
                damaged[random.Next(Math.Min(60, damaged.Length))] = (byte)random.Next(256);
            }

            try
            {
                Decoded.From(damaged, decoders: decoders);
            }
            catch (InputException)
            {
                // Refused with a reason.
            }
        }
    }

    /// <summary>Delivers each sample later by its declared latency.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void Floats_that_NAudio_would_take_for_longer_ones_are_refused(int bits)
    {
        var decoders = new AudioDecoders();
        decoders.Add(new NAudioDecoder());
        byte[] file = new WavBuilder { Tag = 3, Bits = (ushort)bits }.Build(new byte[4800]);
        Assert.Throws<InputException>(() => Decoded.From(file, decoders: decoders));
    }

    private sealed class Delay(int latency) : IAudioEffect
    {
        private readonly Queue<float> _line = new(Enumerable.Repeat(0f, latency));

        public bool Bypass { get; set; }

        public int LatencySamples => latency;

        public void Configure(WaveFormat format)
        {
        }

        public void Process(Span<float> buffer)
        {
            foreach (ref float sample in buffer)
            {
                _line.Enqueue(sample);
                sample = _line.Dequeue();
            }
        }

        public void Reset()
        {
        }
    }
}

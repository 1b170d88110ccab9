using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats;

public class ClipLoaderTests
{
    private static AudioClip Load(byte[] file, CleaningOptions? options = null)
        => ClipLoader.Load(new MemoryStream(file), "a/b.wav", options ?? new CleaningOptions(), AudioDecoders.CreateDefault(), TestContext.Current.CancellationToken);

    [Fact]
    public void A_stereo_file_becomes_a_mono_clip_at_the_wanted_rate()
    {
        using AudioClip clip = Load(new WavBuilder { Channels = 2, Rate = 44_100 }.Build(WavBuilder.Bytes16(WavBuilder.Tone(44_101, 2))));
        Assert.Equal(32_000, clip.SampleRate);
        Assert.Equal(32_001, clip.Samples.Length);
        InputFormat format = clip.Findings.Get<InputFormat>();
        Assert.Equal(("wav", "wav", 44_100, 2, 16), (format.Format.Container, format.Format.Decoder, format.Format.SampleRate, format.Format.Channels, format.Format.BitDepth));
        Assert.Equal(44_101 / 44_100.0, format.Duration.TotalSeconds, 1e-6);
    }

    [Fact]
    public void A_recording_beyond_the_limit_is_refused_while_it_is_decoded()
    {
        var options = new CleaningOptions { Limits = new DecodeLimits { MaxDuration = TimeSpan.FromSeconds(1) } };
        InputException e = Assert.Throws<InputException>(() => Load(new WavBuilder { Rate = 8000 }.Build(new byte[16_002]), options));
        Assert.Equal(ReasonCodes.TooLong, e.Code);
        using AudioClip longest = Load(new WavBuilder { Rate = 8000 }.Build(new byte[16_000]), options);
        Assert.Equal(32_000, longest.Samples.Length);
    }

    [Fact]
    public void Samples_that_are_not_numbers_become_silence_with_a_warning()
    {
        float[] samples = [.. Enumerable.Repeat(0.25f, 100)];
        (samples[3], samples[40], samples[99], samples[50]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, 5f);
        byte[] data = new byte[400];
        Buffer.BlockCopy(samples, 0, data, 0, 400);
        using AudioClip clip = Load(new WavBuilder { Tag = 3, Bits = 32, Rate = 32_000 }.Build(data));
        Assert.Equal([0f, 0f, 0f, 5f], [clip.Samples[3], clip.Samples[40], clip.Samples[99], clip.Samples[50]]);
        Assert.Equal([WarningCodes.NonfiniteSamples], clip.Warnings.Select(w => w.Code));
    }
}

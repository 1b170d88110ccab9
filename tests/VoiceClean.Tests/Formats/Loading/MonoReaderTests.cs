using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

/// <summary>How several channels become one.</summary>
public class MonoReaderTests
{
    private const int Rate = 48_000;

    /// <summary>
    /// Syllables: low-passed noise, on and off four times a second; sampled finer than the rate so that it can be
    /// delayed.
    /// </summary>
    private static float[] Speech(int seed, double seconds = 3, int delay = 0)
    {
        var random = new Random(seed);
        int length = (int)(seconds * Rate);
        float[] noise = new float[length + 200];
        double low = 0, lower = 0;
        for (int i = 0; i < noise.Length; i++)
        {
            low += 0.25 * (random.NextDouble() * 2 - 1 - low);
            lower += 0.25 * (low - lower);
            noise[i] = (float)((low - 0.8 * lower) * (i / 6000 % 2 == 0 ? 1 : 0.01));
        }

        return [.. Enumerable.Range(0, length).Select(i => noise[100 + i - delay])];
    }

    private static (float[] Samples, MonoReader Reader) Mix(
        float[][] channels,
        uint mask = 0,
        ChannelChoice choice = ChannelChoice.Mix,
        int block = 4096)
    {
        var reader = new MonoReader(
            new ArrayReader(
                Waves.Interleave(channels),
                new AudioFormat(Rate, channels.Length) { SpeakerMask = mask },
                1000),
            choice);
        return (Decoded.From(reader, block).Samples, reader);
    }

    private static double LevelDb(float[] samples) => 10 * Math.Log10(samples.Average(s => (double)s * s));

    [Fact]
    public void Equal_channels_give_identical_bits_and_no_warning()
    {
        float[] speech = Speech(1);
        (float[] mono, MonoReader reader) = Mix([speech, speech]);
        Assert.Equal(speech, mono);
        Assert.Empty(reader.Warnings);
        Assert.Equal("mean", reader.Decision);
    }

    [Fact]
    public void Mono_passes_through_bit_for_bit()
    {
        float[] speech = Speech(1);
        Assert.Equal(speech, Mix([speech]).Samples);
    }

    [Theory]
    [InlineData(ChannelChoice.Right, true)]
    [InlineData(ChannelChoice.Left, false)]
    [InlineData(ChannelChoice.Loudest, false)]
    public void Mono_has_no_right_channel_and_that_is_said(ChannelChoice choice, bool isSaid)
    {
        float[] speech = Speech(1);
        (float[] mono, MonoReader reader) = Mix([speech], choice: choice);
        Assert.Equal(speech, mono);
        Assert.Equal(isSaid ? [WarningCodes.NoRightChannel] : [], reader.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void An_inverted_channel_is_turned_round_not_cancelled()
    {
        float[] speech = Speech(2), room = Waves.Scaled(Speech(3), 0.1);
        (float[] mono, MonoReader reader) = Mix([speech, [.. speech.Zip(room, (s, r) => r - s)]]);
        Assert.InRange(LevelDb(mono) - LevelDb(speech), -0.1, 0.1);
        Assert.Equal([WarningCodes.PolarityInverted], reader.Warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.009)]
    public void A_channel_that_is_empty_or_40_dB_down_does_not_dilute_the_other(double gain)
    {
        float[] speech = Speech(4), noise = Waves.Scaled(Speech(5), gain);
        Assert.Equal(speech, Mix([speech, noise]).Samples);
        Assert.Equal(speech, Mix([noise, speech]).Samples);
    }

    [Fact]
    public void A_panned_voice_is_still_added()
    {
        float[] speech = Speech(6);
        (float[] mono, MonoReader reader) = Mix([speech, Waves.Scaled(speech, 0.25)]);
        Assert.Empty(reader.Warnings);
        Assert.InRange(LevelDb(mono) - LevelDb(speech), 20 * Math.Log10(0.625) - 0.01, 20 * Math.Log10(0.625) + 0.01);
    }

    [Fact]
    public void Of_two_different_sounds_the_clearer_is_taken()
    {
        float[] speech = Speech(7);
        var random = new Random(8);
        float[] hiss = [.. speech.Select(_ => (random.NextSingle() - 0.5f) * 0.2f)];
        (float[] mono, MonoReader reader) = Mix([hiss, speech]);
        Assert.Equal(speech, mono);
        Assert.Equal("right", reader.Decision);
        Assert.Equal([WarningCodes.LowCorrelation], reader.Warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData(12)]       // 0.25 ms: the first null of the sum would lie at 2 kHz
    [InlineData(-12)]
    [InlineData(48)]
    [InlineData(90)]
    public void Delayed_channels_are_never_added(int delay)
    {
        float[] speech = Speech(9), delayed = Speech(9, delay: delay);
        (float[] mono, MonoReader reader) = Mix([speech, delayed]);
        Assert.Contains(mono, new[] { speech, delayed });
        Assert.Equal([WarningCodes.LowCorrelation], reader.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void A_voice_in_the_centre_of_5_1_is_taken_alone()
    {
        float[] voice = Speech(10), room = Waves.Scaled(Speech(11), 0.2), rumble = Waves.Scaled(Speech(12), 3);
        (float[] mono, MonoReader reader) = Mix([room, room, voice, rumble, room, room], 0x3F);
        Assert.Equal(voice, mono);
        Assert.Equal("centre", reader.Decision);
    }

    [Fact]
    public void Otherwise_5_1_is_weighted_and_the_LFE_never_counts()
    {
        float[] a = Speech(13), b = Speech(14), rumble = Waves.Scaled(Speech(15), 3);
        (float[] mono, _) = Mix([a, b, Waves.Scaled(a, 0.1), rumble, a, b], 0x3F);
        double sum = Math.Sqrt(0.5) * 2 + 1 + 0.5 * 2;
        Assert.All(Enumerable.Range(0, mono.Length), i => Assert.Equal(
            (Math.Sqrt(0.5) * (a[i] + b[i]) + 0.1 * a[i] + 0.5 * (a[i] + b[i])) / sum, mono[i], 1e-6));
    }

    [Fact]
    public void Without_a_mask_the_channels_that_are_not_silent_are_averaged_with_a_warning()
    {
        float[] a = Speech(16), b = Speech(17);
        (float[] mono, MonoReader reader) = Mix([a, new float[a.Length], b]);
        Assert.All(Enumerable.Range(0, mono.Length), i => Assert.Equal((a[i] + b[i]) / 2, mono[i], 1e-6f));
        Assert.Equal([WarningCodes.UnknownLayout], reader.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void The_user_s_choice_overrides_the_rules()
    {
        float[] a = Speech(18), b = Waves.Scaled(Speech(19), 2);
        Assert.Equal(a, Mix([a, b], choice: ChannelChoice.Left).Samples);
        Assert.Equal(b, Mix([a, b], choice: ChannelChoice.Right).Samples);
        Assert.Equal(b, Mix([a, b], choice: ChannelChoice.Loudest).Samples);
        Assert.Equal(a, Mix([a], choice: ChannelChoice.Right).Samples);
    }

    [Fact]
    public void Block_sizes_do_not_change_a_bit()
    {
        float[] a = Speech(20), b = Waves.Scaled(Speech(20), 0.7);
        float[] whole = Mix([a, b], block: 1 << 20).Samples;
        Assert.Equal(whole, Mix([a, b], block: 1).Samples);
        Assert.Equal(whole, Mix([a, b], block: 77).Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(500)]
    public void The_shortest_recordings_work(int length)
    {
        float[] a = Speech(21)[..length];
        Assert.Equal(a, Mix([a, a]).Samples);
        Assert.Equal(length, Mix([a, a, a], 0x7).Samples.Length);
        Assert.Equal(new float[length], Mix([new float[length], new float[length]]).Samples);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_few_dings_in_digital_silence_do_not_beat_the_voice(bool isVoiceLeft)
    {
        float[] voice = Speech(5, seconds: 12), dings = new float[voice.Length];
        var random = new Random(6);
        for (int i = 0; i < voice.Length; i++)
        {
            voice[i] += 0.0005f * (random.NextSingle() - 0.5f);
            double within = i / (double)Rate % 5 - 1;
            dings[i] = within is > 0 and < 0.5
                ? (float)(0.25 * (1 - 2 * within) * Math.Sin(880 * 2 * Math.PI * within))
                : 0;
        }

        (float[] mono, MonoReader reader) = Mix(isVoiceLeft ? [voice, dings] : [dings, voice]);
        Assert.Equal(voice, mono);
        Assert.Equal(isVoiceLeft ? "left" : "right", reader.Decision);
    }

    [Theory]
    [InlineData(0.02f, true)]
    [InlineData(0.05f, true)]
    [InlineData(0.0006f, false)]
    public void Of_two_channels_with_the_same_voice_the_one_without_the_noise_is_taken(float noise, bool isOne)
    {
        float[] voice = Speech(5, seconds: 8), clear = [.. voice], noisy = [.. voice];
        var random = new Random(8);
        for (int i = 0; i < voice.Length; i++)
        {
            clear[i] += 0.0005f * (random.NextSingle() - 0.5f);
            noisy[i] += 2 * noise * (random.NextSingle() - 0.5f);
        }

        (float[] mono, MonoReader reader) = Mix([noisy, clear]);
        Assert.Equal(isOne ? clear : [.. noisy.Zip(clear, (a, b) => (0.5f * a) + (0.5f * b))], mono);
        Assert.Equal(isOne ? [WarningCodes.ClearerChannel] : [], reader.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void Of_two_tracks_at_different_levels_the_one_that_is_not_clipped_is_taken()
    {
        float[] voice = Speech(7);
        float peak = voice.Max(Math.Abs);
        float[] loud = [.. voice.Select(s => Math.Clamp(8 * s / peak, -1, 1))];
        (float[] mono, MonoReader reader) = Mix([loud, voice]);
        Assert.Equal(voice, mono);
        Assert.Equal([WarningCodes.UnclippedChannel], reader.Warnings.Select(w => w.Code));
    }
}

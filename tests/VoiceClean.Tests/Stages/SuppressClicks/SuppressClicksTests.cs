using VoiceClean.Audio;
using VoiceClean.Stages.SuppressClicks;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.SuppressClicks;

public class SuppressClicksTests
{
    private const int Rate = 32_000;

    [Theory]
    [InlineData(32_000)]
    [InlineData(16_000)]
    [InlineData(44_100)]
    public void Typing_over_a_voice_is_turned_down_by_10_dB_and_the_voice_stays(int sampleRate)
    {
        float[] voice = VowelVoice.Make(sampleRate, 6), typing = KeyStrokes.Make(sampleRate, 6, 0.7f);
        using AudioClip clip = AudioClip.FromSamples("a", sampleRate, Waves.Sum(voice, typing));
        Run(clip, 0.6);

        double before = Waves.Energy(typing), after = Waves.Energy(Waves.Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(before / after), 10, 60);
        Assert.InRange(clip.Findings.Get<SuppressedClicks>().Count, 15, 30);
    }

    [Fact]
    public void More_strength_removes_more()
    {
        float[] typing = KeyStrokes.Make(Rate, 4, 0.5f), voice = VowelVoice.Make(Rate, 4);
        double previous = Waves.Energy(typing);
        foreach (double strength in (double[])[0.1, 0.2, 0.4, 0.7])
        {
            using AudioClip clip = AudioClip.FromSamples("a", Rate, Waves.Sum(voice, typing));
            Run(clip, strength);
            double left = Waves.Energy(Waves.Difference(clip.Samples, voice));
            Assert.InRange(left, 0, previous * 0.97);
            previous = left;
        }
    }

    [Fact]
    public void Strength_zero_keeps_every_bit()
    {
        float[] noisy = Waves.Sum(VowelVoice.Make(Rate, 4), KeyStrokes.Make(Rate, 4, 0.5f));
        using AudioClip clip = AudioClip.FromSamples("a", Rate, noisy);
        Run(clip, 0);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    public void A_voice_with_plosives_keeps_every_bit(double loudness)
    {
        // Bursts of 10 ms, one per second, each after 60 ms of silence; their RMS over 10 ms is 14 dB below the
        // vowel's, as of a loud /t/, or equal, as close to a microphone.
        float[] voice = VowelVoice.Make(Rate, 6);
        double rms = Math.Sqrt(Waves.Energy(voice) / voice.Length);
        var random = new Random(5);
        for (int second = 0; second < 6; second++)
        {
            int at = (second * Rate) + 9_000;
            voice.AsSpan(at - 1920, 1920).Clear();
            for (int n = 0; n < 320; n++)
            {
                voice[at + n] += (float)(
                    (random.NextDouble() - 0.5)
                    * loudness
                    * rms
                    * Math.Sqrt(12)
                    * Math.Sqrt(320 / 50.0)
                    * Math.Exp(-n / 100.0));
            }
        }

        using AudioClip clip = AudioClip.FromSamples("a", Rate, voice);
        Run(clip, 1);
        Assert.Equal(voice, clip.Samples.ToArray());
        Assert.Equal(0, clip.Findings.Get<SuppressedClicks>().Count);
    }

    [Fact]
    public void A_clunk_far_louder_than_the_voice_is_turned_down_beside_it()
    {
        float[] voice = Waves.Sum(VowelVoice.Make(Rate, 4), Hiss(4 * Rate)), clunk = new float[voice.Length];
        double rms = Math.Sqrt(Waves.Energy(voice) / voice.Length);
        var random = new Random(6);
        for (int n = 0; n < 160; n++)
        {
            clunk[(2 * Rate) + n] = (float)((random.NextDouble() - 0.5) * 60 * rms * Math.Exp(-n / 50.0));
        }

        using AudioClip clip = AudioClip.FromSamples("a", Rate, Waves.Sum(voice, clunk));
        Run(clip, 0.6);
        double left = Waves.Energy(Waves.Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(Waves.Energy(clunk) / left), 8, 60);     // below 500 Hz nothing is changed
        Assert.Equal(1, clip.Findings.Get<SuppressedClicks>().Count);
    }

    [Fact]
    public void Keys_that_are_struck_in_pauses_give_slow_typing_away()
    {
        float[] voice = VowelVoice.Make(Rate, 8), typing = new float[voice.Length];
        float[] keys = KeyStrokes.Make(Rate, 8, 0.5f);
        for (int second = 1; second < 8; second += 2)
        {
            voice.AsSpan(second * Rate, Rate).Clear();
            keys.AsSpan((second * Rate) + (Rate / 4), Rate / 2).CopyTo(typing.AsSpan((second * Rate) + (Rate / 4)));
        }

        float[] rest = Waves.Sum(voice, Hiss(voice.Length));
        using AudioClip clip = AudioClip.FromSamples("a", Rate, Waves.Sum(rest, typing));
        Run(clip, 0.6);
        double left = Waves.Energy(Waves.Difference(clip.Samples, rest));
        Assert.InRange(10 * Math.Log10(Waves.Energy(typing) / left), 8, 60);
        // Each once, though each is so loud that several of its frames reach the highest score.
        Assert.Equal(8, clip.Findings.Get<SuppressedClicks>().Count);
    }

    [Fact]
    public void A_handful_of_keys_is_too_little_to_learn_from()
    {
        float[] voice = VowelVoice.Make(Rate, 4), typing = KeyStrokes.Make(Rate, 4, 0.5f);
        typing.AsSpan(Rate).Clear();
        float[] mixture = Waves.Sum(voice, typing);
        using AudioClip clip = AudioClip.FromSamples("a", Rate, mixture);
        Run(clip, 1);
        Assert.Equal(mixture, clip.Samples.ToArray());
    }

    [Fact]
    public void Real_plosives_stay_where_somebody_types()
    {
        int taken = 0;
        foreach (float[] speech in EvaluationClips.LoadClean())
        {
            double level = Math.Sqrt(Waves.Energy(speech) / speech.Length);
            float[] typing = KeyStrokes.Make(Rate, speech.Length / Rate, (float)(20 * level));
            Array.Resize(ref typing, speech.Length);
            float[] mixture = Waves.Sum(speech, typing);
            using AudioClip clip = AudioClip.FromSamples("a", Rate, mixture);
            Run(clip, 1);
            int last = -Rate;
            for (int n = 0; n < speech.Length; n++)
            {
                // What the stage may change: 12 ms before a click to 32 ms after it, and a frame of 8 ms on either
                // side.
                if (
                    n - last > 3200
                    && clip.Samples[n] != mixture[n]
                    && typing
                        .AsSpan(Math.Max(0, n - 1800), Math.Min(n, 1800) + Math.Min(1000, speech.Length - n))
                        .IndexOfAnyExcept(0f) < 0)
                {
                    last = n;
                    taken++;
                }
            }
        }

        Assert.InRange(taken, 0, 2);      // 22 without a look at the spectrum
    }

    [Fact]
    public void Samples_away_from_clicks_keep_every_bit()
    {
        float[] voice = VowelVoice.Make(Rate, 8), noisy = [.. voice];
        float[] typing = KeyStrokes.Make(Rate, 3, 0.7f);
        for (int n = 0; n < typing.Length; n++)
        {
            noisy[n] += typing[n];
        }

        using AudioClip clip = AudioClip.FromSamples("a", Rate, noisy);
        Run(clip, 1);
        int from = (int)(3.2 * Rate);
        Assert.Equal(voice[from..], clip.Samples[from..].ToArray());
    }

    [Fact]
    public void Where_blocks_begin_does_not_matter()
    {
        float[] noisy = Waves.Sum(VowelVoice.Make(Rate, 6), KeyStrokes.Make(Rate, 6, 0.7f));
        using AudioClip clip = AudioClip.FromSamples("a", Rate, noisy);
        Run(clip, 0.6);
        foreach (int hops in (int[])[1, 100, 300, 511])
        {
            using AudioClip later = AudioClip.FromSamples("a", Rate, [.. new float[hops * 64], .. noisy]);
            Run(later, 0.6);
            // The beginning differs: silence instead of nothing stands before it.
            Assert.Equal(clip.Samples[8000..].ToArray(), later.Samples[((hops * 64) + 8000)..].ToArray());
        }
    }

    [Theory]
    [InlineData(1, 32_000)]
    [InlineData(100, 8_000)]
    [InlineData(70_000, 192_000)]
    [InlineData(70_000, 11_025)]
    public void Silence_stays_silence_and_a_lone_impulse_stays_finite(int length, int sampleRate)
    {
        using AudioClip silent = AudioClip.FromSamples("a", sampleRate, new float[length]);
        Run(silent, 1);
        Assert.Equal(new float[length], silent.Samples.ToArray());

        float[] impulse = new float[length];
        impulse[length / 2] = 1;
        using AudioClip clip = AudioClip.FromSamples("a", sampleRate, impulse);
        Run(clip, 1);
        foreach (float v in clip.Samples)
        {
            Assert.True(float.IsFinite(v));
        }
    }

    private static void Run(AudioClip clip, double strength) =>
        new SuppressClicksStage(new SuppressClicksOptions { Strength = strength }).Process(
            clip,
            TestContext.Current.CancellationToken);

    private static float[] Hiss(int length)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, length).Select(_ => 0.0005f * (random.NextSingle() - 0.5f))];
    }
}

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
        float[] voice = Voice(sampleRate, 6), typing = Typing(sampleRate, 6, 0.7f);
        using AudioClip clip = AudioClip.FromSamples("a", sampleRate, Sum(voice, typing));
        Run(clip, 0.6);

        double before = Energy(typing), after = Energy(Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(before / after), 10, 60);
        Assert.InRange(clip.Findings.Get<SuppressedClicks>().Count, 15, 30);
    }

    [Fact]
    public void More_strength_removes_more()
    {
        float[] typing = Typing(Rate, 4, 0.5f), voice = Voice(Rate, 4);
        double previous = Energy(typing);
        foreach (double strength in (double[])[0.1, 0.2, 0.4, 0.7])
        {
            using AudioClip clip = AudioClip.FromSamples("a", Rate, Sum(voice, typing));
            Run(clip, strength);
            double left = Energy(Difference(clip.Samples, voice));
            Assert.InRange(left, 0, previous * 0.97);
            previous = left;
        }
    }

    [Fact]
    public void Strength_zero_keeps_every_bit()
    {
        float[] noisy = Sum(Voice(Rate, 4), Typing(Rate, 4, 0.5f));
        using AudioClip clip = AudioClip.FromSamples("a", Rate, noisy);
        Run(clip, 0);
        Assert.Equal(noisy, clip.Samples.ToArray());
    }

    [Fact]
    public void A_voice_with_plosives_keeps_every_bit()
    {
        // Bursts of 10 ms, one per second, each after 60 ms of silence; their RMS over 10 ms is 14 dB below the
        // vowel's, as of a loud /t/.
        float[] voice = Voice(Rate, 6);
        double rms = Math.Sqrt(Energy(voice) / voice.Length);
        var random = new Random(5);
        for (int second = 0; second < 6; second++)
        {
            int at = (second * Rate) + 9_000;
            voice.AsSpan(at - 1920, 1920).Clear();
            for (int n = 0; n < 320; n++)
            {
                voice[at + n] += (float)(
                    (random.NextDouble() - 0.5)
                    * 0.2
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
    public void Real_plosives_stay_where_somebody_types()
    {
        int taken = 0;
        foreach (float[] speech in EvaluationClips.LoadClean())
        {
            double level = Math.Sqrt(Energy(speech) / speech.Length);
            float[] typing = Typing(Rate, speech.Length / Rate, (float)(20 * level));
            Array.Resize(ref typing, speech.Length);
            float[] mixture = Sum(speech, typing);
            using AudioClip clip = AudioClip.FromSamples("a", Rate, mixture);
            Run(clip, 1);
            int last = -Rate;
            for (int n = 0; n < speech.Length; n++)
            {
                // What the stage may change: 12 ms before a click to 32 ms after it, and a frame of 8 ms on either
                // side.
                if (
                    typing
                        .AsSpan(Math.Max(0, n - 1800), Math.Min(n, 1800) + Math.Min(1000, speech.Length - n))
                        .IndexOfAnyExcept(0f) < 0
                    && clip.Samples[n] != mixture[n]
                    && n - last > 3200)
                {
                    last = n;
                    taken++;
                }
            }
        }

        Assert.InRange(taken, 0, 2);      // 22 without a look at the spectrum
    }

    [Fact]
    public void How_hard_a_key_is_struck_does_not_change_its_distance_from_the_others_and_a_tilted_spectrum_does()
    {
        var random = new Random(9);
        ClickCandidate[] keys =
        [
            .. Enumerable.Range(0, 9).Select(i => Event(i, b => -30 - (b * 2) + random.Next(-4, 5) + (5 * i))),
        ];
        var common = ClickSpectrum.Learn(keys);
        Assert.All(keys, k => Assert.InRange(common.DistanceDb(k), 0, 5));
        Assert.Equal(
            common.DistanceDb(keys[0]),
            common.DistanceDb(keys[0] with { Levels = [.. keys[0].Levels.Select(l => l + 17)] }),
            6);
        Assert.InRange(common.DistanceDb(Event(9, b => -60 + (b * 2))), 15, 30);

        static ClickCandidate Event(int frame, Func<int, float> level) =>
            new(
                frame,
                20,
                -20,
                [.. Enumerable.Range(0, ClickBands.Lanes).Select(level)],
                [.. Enumerable.Repeat(20f, ClickBands.Lanes)]);
    }

    [Fact]
    public void Samples_away_from_clicks_keep_every_bit()
    {
        float[] voice = Voice(Rate, 8), noisy = [.. voice];
        float[] typing = Typing(Rate, 3, 0.7f);
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
        float[] noisy = Sum(Voice(Rate, 6), Typing(Rate, 6, 0.7f));
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

    // Pulses of a gliding fundamental through two resonances, with a breath of noise: what a vowel is made of.
    private static float[] Voice(int sampleRate, int seconds)
    {
        var random = new Random(2);
        double[] a = new double[4];
        float[] x = new float[sampleRate * seconds];
        double phase = 0;
        for (int n = 0; n < x.Length; n++)
        {
            phase += (110 + (20 * Math.Sin(2 * Math.PI * 0.7 * n / sampleRate))) / sampleRate;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= Math.Floor(phase);
            pulse += 0.02 * (random.NextDouble() - 0.5);
            double first = Resonate(a, 0, pulse, 700.0 / sampleRate),
                second = Resonate(a, 2, pulse, 2300.0 / sampleRate);
            x[n] = (float)(0.1 * (first + (0.5 * second)));
        }

        return x;
    }

    private static double Resonate(double[] state, int at, double x, double frequency)
    {
        double r = 0.996, y = x + (2 * r * Math.Cos(2 * Math.PI * frequency) * state[at]) - (r * r * state[at + 1]);
        state[at + 1] = state[at];
        state[at] = y;
        return y * 0.05;
    }

    // Four decaying noise bursts a second.
    private static float[] Typing(int sampleRate, int seconds, float level)
    {
        var random = new Random(3);
        float[] x = new float[sampleRate * seconds];
        for (int click = 0; click < 4 * seconds; click++)
        {
            int at = (int)((click + 0.2 + (0.6 * random.NextDouble())) * sampleRate / 4);
            for (int n = 0; n < sampleRate / 50 && at + n < x.Length; n++)
            {
                x[at + n] += (float)(level * (random.NextDouble() - 0.5) * Math.Exp(-n / (0.0015 * sampleRate)));
            }
        }

        return x;
    }

    private static float[] Sum(float[] a, float[] b) => [.. a.Zip(b, (x, y) => x + y)];

    private static float[] Difference(ReadOnlySpan<float> a, float[] b)
    {
        float[] d = a.ToArray();
        for (int n = 0; n < d.Length; n++)
        {
            d[n] -= b[n];
        }

        return d;
    }

    private static double Energy(float[] x) => x.Sum(v => (double)v * v);
}

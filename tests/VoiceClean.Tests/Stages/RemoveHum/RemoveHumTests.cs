using VoiceClean.Audio;
using VoiceClean.Inspection.Removable;
using VoiceClean.Stages.RemoveHum;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.RemoveHum;

public class RemoveHumTests
{
    [Theory]
    [InlineData(50.0, 32_000)]
    [InlineData(49.87, 32_000)]
    [InlineData(60.04, 32_000)]
    [InlineData(60.0, 44_100)]
    [InlineData(50.1, 16_000)]
    public void Hum_with_harmonics_under_a_voice_falls_by_15_dB_and_is_reported(double frequencyHz, int sampleRate)
    {
        float[] voice = GlidingVoice.Make(sampleRate, 8), hum = SyntheticHum.Make(frequencyHz, sampleRate, 8);
        using AudioClip clip = AudioClip.FromSamples("a", sampleRate, Waves.Sum(voice, hum));
        Run(clip);

        MainsHum found = clip.Findings.Get<MainsHum>();
        // The tenth harmonic then lies within 0.3 Hz, which the average over ± 1 s follows.
        Assert.Equal(frequencyHz, found.FrequencyHz, 0.03);
        Assert.Contains(1, found.Harmonics);
        Assert.Contains(3, found.Harmonics);
        Assert.Equal(-37, found.LevelsDb[0], 1.0);
        double left = Waves.Energy(Waves.Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(Waves.Energy(hum) / left), 15, 80);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(50)]
    public void A_voice_on_a_multiple_of_the_mains_frequency_keeps_every_bit(double fundamentalHz)
    {
        float[] voice = GlidingVoice.Make(32_000, 6, fundamentalHz);
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, voice);
        Run(clip);
        Assert.Equal(voice, clip.Samples.ToArray());
        Assert.Equal(0, clip.Findings.Get<MainsHum>().FrequencyHz);
    }

    [Theory]
    [InlineData(100, 50.0)]
    [InlineData(120, 60.0)]
    public void A_voice_that_glides_around_a_harmonic_loses_less_than_a_hundredth_with_the_hum(
        double fundamentalHz,
        double mainsHz)
    {
        float[] voice = GlidingVoice.Make(32_000, 8, fundamentalHz), hum = SyntheticHum.Make(mainsHz, 32_000, 8);
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, Waves.Sum(voice, hum));
        Run(clip);
        Assert.InRange(Waves.Energy(Waves.Difference(clip.Samples, voice)) / Waves.Energy(voice), 0, 0.01);
    }

    [Fact]
    public void Digital_silence_within_a_humming_recording_stays_silent()
    {
        float[] x = Waves.Sum(GlidingVoice.Make(32_000, 6), SyntheticHum.Make(50, 32_000, 6));
        x.AsSpan(64_000, 32_000).Clear();
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, x);
        Run(clip);
        Assert.NotEqual(0, clip.Findings.Get<MainsHum>().FrequencyHz);
        Assert.Equal(new float[32_000], clip.Samples.Slice(64_000, 32_000).ToArray());
    }

    [Theory]
    [InlineData(100.0, 1.2)]
    [InlineData(120.2, 1.6)]
    [InlineData(150.1, 2.4)]
    [InlineData(180.0, 1.6)]
    [InlineData(100.0, 2.4)]
    [InlineData(120.0, 3.0)]
    public void A_vowel_held_on_a_multiple_of_the_mains_frequency_keeps_every_bit(double fundamentalHz, double seconds)
    {
        float[] vowel = HeldVowel(fundamentalHz, seconds);
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, vowel);
        Run(clip);
        Assert.Equal(vowel, clip.Samples.ToArray());
        Assert.Equal(0, clip.Findings.Get<MainsHum>().FrequencyHz);
    }

    [Theory]
    [InlineData(150.1, 50.0)]
    [InlineData(180.0, 60.02)]
    public void Hum_beside_a_vowel_held_on_a_multiple_of_it_is_found(double fundamentalHz, double mainsHz)
    {
        float[] hum = SyntheticHum.Make(mainsHz, 32_000, 3);
        using AudioClip clip = AudioClip.FromSamples(
            "a",
            32_000,
            Waves.Sum(HeldVowel(fundamentalHz, 2.4), hum[..(int)(32_000 * 2.4)]));
        Run(clip);
        Assert.Equal(mainsHz, clip.Findings.Get<MainsHum>().FrequencyHz, 0.3);
    }

    [Theory]
    [InlineData(1, 32_000)]
    [InlineData(20_000, 8_000)]
    [InlineData(400_000, 192_000)]
    public void Noise_and_silence_keep_every_bit(int length, int sampleRate)
    {
        var random = new Random(4);
        foreach (
            float[] x in (float[][])
                [new float[length], [.. Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - 0.5))]])
        {
            using AudioClip clip = AudioClip.FromSamples("a", sampleRate, x);
            Run(clip);
            Assert.Equal(x, clip.Samples.ToArray());
        }
    }

    [Theory]
    [InlineData(50.0, 0)]
    [InlineData(49.93, 0.015)]
    [InlineData(60.0, 0.01)]
    public void A_buzz_up_to_4_kHz_falls_by_18_dB_though_mains_wander(double frequencyHz, double wanderHz)
    {
        float[] voice = GlidingVoice.Make(32_000, 8), buzz = Buzz(frequencyHz, wanderHz, 8);
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, Waves.Sum(voice, buzz));
        Run(clip);
        Assert.True(clip.Findings.Get<MainsHum>().Harmonics[^1] >= 60);
        float[] left = Waves.Difference(clip.Samples, voice);
        Assert.InRange(10 * Math.Log10(High(buzz) / High(left)), 18, 80);
    }

    [Theory]
    [InlineData(50.0, 0, 5, 10)]
    [InlineData(60.03, 5, 10, 10)]
    [InlineData(49.96, 3, 6, 10)]
    [InlineData(50.0, 2, 6, 20)]
    [InlineData(60.0, 20, 40, 60)]
    public void Hum_that_is_there_part_of_the_time_is_found(double frequencyHz, int from, int to, int seconds)
    {
        const int rate = 32_000;
        float[] voice = Words(rate, seconds), hum = SyntheticHum.Make(frequencyHz, rate, seconds);
        hum.AsSpan(0, from * rate).Clear();
        hum.AsSpan(to * rate).Clear();
        using AudioClip clip = AudioClip.FromSamples("a", rate, Waves.Sum(voice, hum));
        Run(clip);
        Assert.Equal(frequencyHz, clip.Findings.Get<MainsHum>().FrequencyHz, 0.05);
        double left = Waves.Energy(Waves.Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(Waves.Energy(hum) / left), 10, 80);
    }

    [Theory]
    [InlineData(50.0, true)]
    [InlineData(50.02, false)]
    [InlineData(59.97, true)]
    public void Hum_that_is_switched_is_neither_left_nor_added_beside_the_switch(double frequencyHz, bool isOn)
    {
        const int rate = 32_000, middle = 5 * rate;
        float[] voice = Words(rate, 10), hum = SyntheticHum.Make(frequencyHz, rate, 10);
        (isOn ? hum.AsSpan(0, middle) : hum.AsSpan(middle)).Clear();
        float[] result = Waves.Sum(voice, hum);
        int[] harmonics = [.. Enumerable.Range(1, 12)];
        new HumSubtractor(frequencyHz, harmonics, rate).Process(result, TestContext.Current.CancellationToken);
        float[] left = Waves.Difference(result, voice);
        double perSecond = Waves.Energy(hum) / 5;
        // from 0.2 to 0.9 s beside it
        Assert.InRange(Waves.Energy(left.AsSpan(middle - (rate * 9 / 10), rate * 7 / 10)) / perSecond, 0, 0.005);
        Assert.InRange(Waves.Energy(left.AsSpan(middle + (rate / 5), rate * 7 / 10)) / perSecond, 0, 0.005);
    }

    [Fact]
    public void A_hum_that_ends_below_1_kHz_is_not_looked_for_above()
    {
        float[] x = Waves.Sum(GlidingVoice.Make(32_000, 8), SyntheticHum.Make(50, 32_000, 8));
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, x);
        Run(clip);
        Assert.InRange(clip.Findings.Get<MainsHum>().Harmonics[^1], 1, 20);
    }

    // Swells and fades between two pauses of 0.2 s with faint noise, the pitch within a tenth of a per cent.
    private static float[] HeldVowel(double fundamentalHz, double seconds)
    {
        var random = new Random(2);
        float[] x = new float[(int)(32_000 * seconds)];
        for (int n = 0; n < x.Length; n++)
        {
            double t = n / 32_000.0,
                swell = t > 0.2 && t < seconds - 0.2 ? Math.Sin(Math.PI * (t - 0.2) / (seconds - 0.4)) : 0,
                phase = fundamentalHz * (t + (0.001 * Math.Sin(2 * Math.PI * t) / (2 * Math.PI))),
                sum = 0;
            for (int h = 1; h <= 20; h++)
            {
                sum += Math.Sin(2 * Math.PI * h * phase) / h;
            }

            x[n] = (float)((0.1 * swell * sum) + (0.0005 * (random.NextDouble() - 0.5)));
        }

        return x;
    }

    // Harmonics of -45 dBFS that fall by 6 dB per octave from the tenth on.
    private static float[] Buzz(double frequencyHz, double wanderHz, int seconds)
    {
        float[] x = new float[32_000 * seconds];
        double phase = 0;
        for (int n = 0; n < x.Length; n++)
        {
            // a swing back and forth within 20 s
            phase += (frequencyHz + (wanderHz * Math.Sin(2 * Math.PI * n / 640_000))) / 32_000;
            for (int h = 1; h * frequencyHz < 3950; h++)
            {
                x[n] += (float)(0.008 * Math.Min(1, 10.0 / h) * Math.Cos((2 * Math.PI * (phase * h % 1)) + (h * h)));
            }
        }

        return x;
    }

    // Energy of what the difference of neighbours leaves: 1 kHz and higher.
    private static double High(ReadOnlySpan<float> x)
    {
        double sum = 0;
        for (int n = 2; n < x.Length; n++)
        {
            double d = x[n] - (2 * x[n - 1]) + x[n - 2];
            sum += d * d;
        }

        return sum;
    }

    // A word of 0.8 s in every 2 s over a faint noise.
    private static float[] Words(int rate, int seconds)
    {
        float[] x = GlidingVoice.Make(rate, seconds);
        var random = new Random(3);
        for (int n = 0; n < x.Length; n++)
        {
            x[n] = (float)(1e-4 * (random.NextDouble() - 0.5)) + (n % (2 * rate) < rate * 4 / 5 ? x[n] : 0);
        }

        return x;
    }

    private static void Run(AudioClip clip) =>
        new RemoveHumStage(new RemoveHumOptions()).Process(clip, TestContext.Current.CancellationToken);
}

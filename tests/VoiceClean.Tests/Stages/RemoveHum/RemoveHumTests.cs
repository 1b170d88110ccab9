using VoiceClean.Audio;
using VoiceClean.Stages.RemoveHum;
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
        float[] voice = Voice(sampleRate, 8), hum = Hum(frequencyHz, sampleRate, 8);
        using AudioClip clip = AudioClip.FromSamples("a", sampleRate, Sum(voice, hum));
        Run(clip);

        MainsHum found = clip.Findings.Get<MainsHum>();
        // The tenth harmonic then lies within 0.3 Hz, which the average over ± 1 s follows.
        Assert.Equal(frequencyHz, found.FrequencyHz, 0.03);
        Assert.Contains(1, found.Harmonics);
        Assert.Contains(3, found.Harmonics);
        Assert.Equal(-37, found.LevelsDb[0], 1.0);
        double left = Energy(Difference(clip.Samples, voice));
        Assert.InRange(10 * Math.Log10(Energy(hum) / left), 15, 80);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    [InlineData(50)]
    public void A_voice_on_a_multiple_of_the_mains_frequency_keeps_every_bit(double fundamentalHz)
    {
        float[] voice = Voice(32_000, 6, fundamentalHz);
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
        float[] voice = Voice(32_000, 8, fundamentalHz), hum = Hum(mainsHz, 32_000, 8);
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, Sum(voice, hum));
        Run(clip);
        Assert.InRange(Energy(Difference(clip.Samples, voice)) / Energy(voice), 0, 0.01);
    }

    [Fact]
    public void Digital_silence_within_a_humming_recording_stays_silent()
    {
        float[] x = Sum(Voice(32_000, 6), Hum(50, 32_000, 6));
        x.AsSpan(64_000, 32_000).Clear();
        using AudioClip clip = AudioClip.FromSamples("a", 32_000, x);
        Run(clip);
        Assert.NotEqual(0, clip.Findings.Get<MainsHum>().FrequencyHz);
        Assert.Equal(new float[32_000], clip.Samples.Slice(64_000, 32_000).ToArray());
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

    private static void Run(AudioClip clip) =>
        new RemoveHumStage(new RemoveHumOptions()).Process(clip, TestContext.Current.CancellationToken);

    // Syllables of a gliding fundamental with 20 falling harmonics, 0.35 s long, and pauses of 0.15 s with faint noise.
    private static float[] Voice(int sampleRate, int seconds, double fundamentalHz = 115)
    {
        var random = new Random(1);
        float[] x = new float[sampleRate * seconds];
        double phase = 0;
        for (int n = 0; n < x.Length; n++)
        {
            double t = (double)n / sampleRate, within = t % 0.5;
            phase += fundamentalHz * (1 + (0.12 * Math.Sin(2 * Math.PI * 1.3 * t))) / sampleRate;
            double envelope = within < 0.35 ? Math.Pow(Math.Sin(Math.PI * within / 0.35), 2) : 0, sum = 0;
            for (int h = 1; h <= 20 && envelope > 0; h++)
            {
                sum += Math.Sin(2 * Math.PI * h * phase) / h;
            }

            x[n] = (float)((0.1 * envelope * sum) + (0.0005 * (random.NextDouble() - 0.5)));
        }

        return x;
    }

    // Fundamental at -37 dBFS RMS, four harmonics below it.
    private static float[] Hum(double frequencyHz, int sampleRate, int seconds)
    {
        double[] levelsDb = [-37, -43, -40, -50, -47];
        float[] x = new float[sampleRate * seconds];
        for (int n = 0; n < x.Length; n++)
        {
            double sum = 0;
            for (int h = 1; h <= levelsDb.Length; h++)
            {
                sum +=
                    Math.Sqrt(2)
                    * Math.Pow(10, levelsDb[h - 1] / 20)
                    * Math.Cos((2 * Math.PI * frequencyHz * h * n / sampleRate) + h);
            }

            x[n] = (float)sum;
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

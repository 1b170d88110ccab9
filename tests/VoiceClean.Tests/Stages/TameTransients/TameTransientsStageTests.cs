using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Stages.TameTransients;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.TameTransients;

public class TameTransientsStageTests
{
    private const int Rate = Talk.SampleRate;
    private static readonly Talk Voice = Talk.Synthetic(5, -40, -85, hasPauses: true);

    public static TheoryData<string, int> Kinds => new()
    {
        { "brown", 150 }, { "brown", 400 }, { "white", 20 }, { "white", 150 }, { "white", 400 }, { "thump", 300 },
        { "sample", 0 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Apart_from_speech_it_becomes_background_and_the_rest_stays_bit_for_bit(string kind, int ms)
    {
        float[] bump = Bumps.Make(kind, ms, Rate);
        int at = Rate / 10, end = at + bump.Length;
        float[] input = [.. new float[Rate], .. Voice.Samples];
        SyntheticSpeech.AddNoise(input.AsSpan(0, Rate), -85, 3);
        using AudioClip clip = Processed(Bumps.Added(input, bump, at));
        Assert.Equal(1, clip.Findings.Get<TamedTransients>().Count);
        Assert.True(Peak(clip.Samples[..end]) < Decibels.ToAmplitude(-60));
        Assert.True(clip.Samples[(end + (Rate / 2))..].SequenceEqual(input.AsSpan(end + (Rate / 2))));
        Assert.Empty(clip.Warnings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Within_speech_it_becomes_as_loud_as_loud_speech_with_a_word(string kind, int ms)
    {
        SampleRange word = Voice.Words.MaxBy(w => w.Length);
        float[] bump = Bumps.Make(kind, ms, Rate);
        using AudioClip clip = Processed(Bumps.Added(Voice.Samples, bump, word.Start));
        Assert.InRange(Peak(clip.Samples), Peak(Voice.Samples) * 0.3, Peak(Voice.Samples) * 1.6);
        Warning warning = Assert.Single(clip.Warnings);
        Assert.Equal(WarningCodes.TransientInSpeech, warning.Code);
        double said = double.Parse(
            warning.Message.Split(" at ")[1].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(said, ((double)word.Start / Rate) - 0.1, ((double)word.Start / Rate) + 0.1);
    }

    [Fact]
    public void Speech_alone_is_never_touched()
    {
        IEnumerable<float[]> made = Enumerable
            .Range(1, 30)
            .Select(seed => Talk.Synthetic(1.5 + (seed % 5), -20 - seed, -80 + seed, seed % 2 == 0, seed).Samples);
        Assert.All(made.Concat(EvaluationClips.LoadClean()), AssertUntouched);
    }

    [Fact]
    public void What_repeats_is_no_transient()
    {
        float[] drummed = Voice.Samples;
        for (int at = Rate / 4; at + Rate < drummed.Length; at += Rate / 2)
        {
            drummed = Bumps.Added(drummed, Bumps.Make("brown", 100, Rate), at);
        }

        AssertUntouched(drummed);
    }

    [Theory]
    [InlineData(-80)]
    [InlineData(-95)]
    public void The_only_word_of_a_recording_is_no_transient_though_it_hisses(double noiseDb)
    {
        // 0.12 s of a vowel and 0.16 s of a loud fricative
        float[] x = new float[2 * Rate];
        SyntheticSpeech.AddNoise(x, noiseDb, 3);
        var random = new Random(1);
        for (int n = 0; n < 0.26 * Rate; n++)
        {
            double t = (double)n / Rate, vowel = 0;
            for (int h = 1; t < 0.12 && h <= 20; h++)
            {
                vowel += Math.Sin(2 * Math.PI * 140 * h * t) / h;
            }

            x[Rate + n] += (float)((0.1 * vowel) + (t < 0.1 ? 0 : random.NextDouble() - 0.5));
        }

        AssertUntouched(x);
    }

    [Fact]
    public void A_short_word_whose_pitch_falls_is_no_transient_though_keys_are_struck_on_it()
    {
        // 0.1 s of a fricative that swells and 0.12 s of a vowel that falls from 270 to 180 Hz, with two strokes
        float[] x = [.. Voice.Samples, .. new float[2 * Rate]];
        SyntheticSpeech.AddNoise(x.AsSpan(Voice.Samples.Length), -85, 3);
        var random = new Random(1);
        double phase = 0;
        for (int n = 0; n < 0.22 * Rate; n++)
        {
            double t = (double)n / Rate, hiss = random.NextDouble() - 0.5, vowel = 0;
            phase += 2 * Math.PI * (270 - (750 * Math.Max(0, t - 0.1))) / Rate;
            for (int h = 1; t > 0.1 && h <= 20; h++)
            {
                vowel += Math.Sin(h * phase) / h;
            }

            bool isStruck = (t > 0.17 && t < 0.18) || (t > 0.2 && t < 0.21);
            double swell = Math.Sin(Math.PI * Math.Clamp((t - 0.1) / 0.12, 0, 1));
            x[Voice.Samples.Length + Rate + n] +=
                (float)((0.05 * swell * vowel) + ((isStruck ? 0.9 : 0.02 * Math.Min(1, t / 0.1)) * hiss));
        }

        AssertUntouched(x);
    }

    [Fact]
    public void Noise_silence_and_next_to_nothing_are_left_alone() =>
        Assert.All<float[]>(
            [[], [1], new float[Rate], WhiteNoise.Gaussian(3 * Rate, 1, 0.1), Bumps.Make("white", 400, Rate)],
            AssertUntouched);

    private static void AssertUntouched(float[] samples)
    {
        using AudioClip clip = Processed(samples);
        Assert.True(clip.Samples.SequenceEqual(samples));
        Assert.Null(clip.Findings.TryGet<TamedTransients>());
    }

    private static AudioClip Processed(float[] samples)
    {
        var clip = AudioClip.FromSamples("a", Rate, samples);
        new TameTransientsStage().Process(clip, TestContext.Current.CancellationToken);
        return clip;
    }

    private static float Peak(ReadOnlySpan<float> samples)
    {
        float peak = 0;
        foreach (float x in samples)
        {
            peak = Math.Max(peak, Math.Abs(x));
        }

        return peak;
    }
}

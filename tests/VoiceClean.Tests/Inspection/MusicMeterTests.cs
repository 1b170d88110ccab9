using VoiceClean.Audio;
using VoiceClean.Inspection;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class MusicMeterTests
{
    private const int Rate = 32_000;

    private static readonly double[] Scale = [196, 220, 246.9, 261.6, 293.7, 329.6, 392];

    [Theory]
    [InlineData("plucked", 16_000)]
    [InlineData("plucked", 32_000)]
    [InlineData("plucked", 48_000)]
    [InlineData("bells", 32_000)]
    [InlineData("drone", 32_000)]
    [InlineData("tremolo", 32_000)]
    public void Tones_that_stay_are_music(string kind, int rate)
    {
        (double held, double steadiness) = Measure(Played(kind, rate), rate);
        Assert.InRange(held, 0.5, 1);
        Assert.InRange(steadiness, 3.3, 5);
    }

    [Fact]
    public void Real_speech_and_noise_are_not()
    {
        IEnumerable<float[]> all = EvaluationClips.LoadClean().Append(WhiteNoise.Gaussian(5 * Rate, 1, 0.1));
        Assert.All(
            all,
            samples =>
            {
                (double held, double steadiness) = Measure(samples, Rate);
                Assert.InRange(held, 0, 0.4);
                Assert.InRange(steadiness, 0, 3.2);
            });
    }

    [Fact]
    public void Too_little_says_nothing()
    {
        Assert.Equal((double.NaN, double.NaN), Measure(new float[Rate], Rate));
        Assert.Equal((double.NaN, double.NaN), Measure([], Rate));
    }

    [Fact]
    public void Music_alone_is_refused_by_the_judge_with_that_word()
    {
        using var clip = AudioClip.FromSamples("a", Rate, Played("plucked", Rate));
        Assessment judged = Judge.Assess(Inspector.MeasureSpeech(clip, new RemovableNoise()), new QualityGateOptions());
        Assert.Equal((Verdict.Hopeless, "no_speech"), (judged.Verdict, judged.Findings[0].Code));
        Assert.Contains("music", judged.Findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Notes_of_an_organ_are_not_said_to_have_no_pitch(int lower)
    {
        float[] organ = new float[Scale.Length * Rate];
        for (int i = 0; i < organ.Length; i++)
        {
            double t = (double)(i % Rate) / Rate, fade = Math.Min(1, 50 * Math.Min(t, 1 - t));
            organ[i] = (float)(0.1 * fade * new[] { 1, 2, 3, 4, 6, 8 }.Sum(h =>
                Math.Sin(2 * Math.PI * Scale[i / Rate] / lower * h * t) / h));
        }

        using var clip = AudioClip.FromSamples("organ", Rate, organ);
        Finding finding = Judge
            .Assess(Inspector.MeasureSpeech(clip, new RemovableNoise()), new QualityGateOptions()).Findings[0];
        Assert.Equal("no_speech", finding.Code);
        Assert.Contains("but tones", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nearer", finding.Advice, StringComparison.Ordinal);
    }

    private static (double Held, double Steadiness) Measure(float[] samples, int rate) =>
        MusicMeter.Measure(samples, rate, TestContext.Current.CancellationToken);

    private static float[] Played(string kind, int rate)
    {
        float[] x = WhiteNoise.Gaussian(8 * rate, 1, 0.0003);
        double every = kind is "drone" or "tremolo" ? 8 : 2.5;
        for (int n = 0; n * every < 8; n++)
        {
            double root = Scale[n * 3 % Scale.Length];
            int start = (int)(n * every * rate), length = Math.Min(x.Length - start, (int)(every * rate) + (rate / 2));
            foreach (double chord in new[] { 1, 1.2599, 1.4983 })
            {
                Add(x.AsSpan(start, length), kind, root * chord, rate);
            }
        }

        return x;
    }

    private static void Add(Span<float> x, string kind, double hz, int rate)
    {
        double[] partials = kind == "bells" ? [1, 2, 2.76, 3.4] : [1, 2, 3, 4, 5, 6];
        for (int i = 0; i < x.Length; i++)
        {
            double t = (double)i / rate,
                level = kind switch
                {
                    "drone" => 0.05,
                    "tremolo" => 0.05 * (1 + (0.9 * Math.Sin(2 * Math.PI * 5 * t))),
                    _ => 0.1 * Math.Exp(-0.8 * t) * Math.Min(1, 200 * t),
                };
            for (int k = 0; k < partials.Length; k++)
            {
                x[i] += (float)(level / (k + 1) * Math.Sin((2 * Math.PI * partials[k] * hz * t) + k));
            }
        }
    }
}

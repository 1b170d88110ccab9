using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.SpectralGate;

public class SilenceTests
{
    private const int Rate = 32_000;

    // from the seam on, until trackers and smoothing have forgotten it
    private const int RunIn = Rate / 2;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<double, double, float> Cases
    {
        get
        {
            var cases = new TheoryData<double, double, float>();
            foreach (double place in (double[])[0, 0.3, 3.1, 6])
            {
                foreach (double seconds in (double[])[0.02, 0.3, 2])
                {
                    cases.Add(place, seconds, 0);
                    cases.Add(place, seconds, 3e-5f);       // one bit of sixteen
                }
            }

            // wherever frames lie
            foreach (double seconds in (double[])[0.0231, 0.0501, 0.2137, 0.35, 1.0089, 1.5])
            {
                cases.Add(0, seconds, 0);
                cases.Add(3.1007, seconds, 3e-5f);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Silence_put_into_a_recording_changes_the_rest_by_less_than_minus_40_dB(
        double place,
        double seconds,
        float level)
    {
        float[] whole = HarmonicSyllables.Noisy(Rate, 6, 12, seed: 41).Mixture;
        int at = Math.Min((int)(place * Rate), whole.Length), length = (int)(seconds * Rate);
        float[] cut = [.. whole[..at], .. WhiteNoise.Gaussian(length, 5, level), .. whole[at..]];
        using AudioClip expected = Clean(whole), actual = Clean(cut);
        double error = 0, energy = 0;
        for (int n = 0; n < whole.Length; n++)
        {
            if (n < at - RunIn || n >= at + RunIn)
            {
                error += Math.Pow(expected.Samples[n] - actual.Samples[n < at ? n : n + length], 2);
                energy += Math.Pow(expected.Samples[n], 2);
            }
        }

        Assert.InRange(10 * Math.Log10((error / energy) + 1e-20), -200, -40);
        Assert.Equal(
            expected.Findings.Get<SpectralGateResult>().AttenuationDb,
            actual.Findings.Get<SpectralGateResult>().AttenuationDb,
            0.01);
        Assert.Equal(Snr(whole), Snr(cut), 1.0);
        Assert.Equal(Detected(whole).NoiseDb, Detected(cut).NoiseDb, 0.5);
        Assert.Equal(Codes(whole), Codes(cut));
    }

    [Theory]
    [InlineData(-9)]        // hopeless
    [InlineData(-1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(25)]
    public void Silence_put_into_a_recording_changes_no_verdict_at_any_SNR(double snrDb)
    {
        float[] whole = HarmonicSyllables.Noisy(Rate, 6, snrDb, seed: 42).Mixture;
        string[] expected = Codes(whole);
        foreach (double place in (double[])[0, 3.1, 7.4])
        {
            foreach (int length in (int[])[640, 2 * Rate])
            {
                int at = Math.Min((int)(place * Rate), whole.Length);
                Assert.Equal(expected, Codes([.. whole[..at], .. new float[length], .. whole[at..]]));
            }
        }
    }

    [Fact]
    public void What_touches_silence_or_reaches_beyond_the_clip_is_told()
    {
        float[] samples = WhiteNoise.Gaussian(Rate, 7, 0.01f);
        samples.AsSpan(16_000, 640).Clear();
        var silence = DigitalSilence.Find(samples, Rate);
        SampleRange range = Assert.Single(silence.Stretches);
        Assert.InRange(range.Start, 16_000, 16_128);
        Assert.InRange(range.End, 16_512, 16_640);
        Assert.Equal(Rate - range.Length, silence.SoundLength);
        Assert.True(silence.Touches(-1, 10));
        Assert.True(silence.Touches(Rate - 10, Rate + 1));
        Assert.True(silence.Touches(15_000, range.Start + 1));
        Assert.True(silence.Touches(range.End - 1, 17_000));
        Assert.False(silence.Touches(15_000, range.Start));
        Assert.False(silence.Touches(range.End, Rate));
    }

    [Fact]
    public void A_quiet_background_that_the_recording_fades_into_is_no_silence()
    {
        // A voice that dies away into a background 58 dB below its loudest: something lies at every level between.
        float[] samples = WhiteNoise.Gaussian(4 * Rate, 8, 0.3f),
            background = WhiteNoise.Gaussian(4 * Rate, 9, 4e-4f);
        for (int n = 0; n < samples.Length; n++)
        {
            samples[n] = (float)(samples[n] * Math.Exp(-8.0 * (n % Rate) / Rate)) + background[n];
        }

        Assert.Empty(DigitalSilence.Find(samples, Rate).Stretches);
    }

    [Fact]
    public void Flat_tops_of_clipping_are_no_silence()
    {
        float[] samples = [.. WhiteNoise.Gaussian(Rate, 10, 0.3f).Select((x, n) => n % 3200 < 800 ? 1f : x)];
        Assert.Empty(DigitalSilence.Find(samples, Rate).Stretches);
    }

    [Fact]
    public void Nothing_but_silence_is_one_stretch()
    {
        SampleRange range = Assert.Single(DigitalSilence.Find(new float[Rate + 7], Rate).Stretches);
        Assert.Equal(new SampleRange(0, Rate + 7), range);
        Assert.Empty(DigitalSilence.Find([], Rate).Stretches);
    }

    private static AudioClip Clean(float[] samples)
    {
        var clip = AudioClip.FromSamples("silence.wav", Rate, samples);
        new EstimateNoiseStage(new EstimateNoiseOptions()).Process(clip, Token);
        new SpectralGateStage(new SpectralGateOptions { Strength = 0.6 }).Process(clip, Token);
        return clip;
    }

    private static double Snr(float[] samples) =>
        SnrEstimator.Estimate(
            samples,
            SampleStatistics.Measure(samples),
            Rate,
            SpeechBandTrack.Measure(samples, Rate, Token),
            Voicing.Measure(samples, Rate, Token)).SnrDb;

    // What the verdict says and why. That much of a recording is silent is true of what was put in, and no more than a
    // word about it.
    private static string[] Codes(float[] samples)
    {
        using AudioClip clip = AudioClip.FromSamples("silence.wav", Rate, samples);
        Measurements measured = Inspector.MeasureAll(clip, new RemovableNoise(), Token);
        Assessment assessment = Judge.Assess(measured, new QualityGateOptions());
        return [.. assessment.Findings.Select(f => $"{f.Verdict} {f.Code}").Where(f => f != "Usable little_speech")];
    }

    private static SpeechActivity Detected(float[] samples) =>
        SpeechDetector.Detect(samples, Rate, cancellation: Token);
}

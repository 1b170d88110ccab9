using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Errors;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Tests.Stages.SpectralGate.Gated;

namespace VoiceClean.Tests.Stages.SpectralGate;

/// <summary>What is said of a noise that begins when the head has been learnt.</summary>
public class LaterNoiseTests
{
    private const int Rate = 32_000;
    private const double Lead = 4;

    [Fact]
    public void A_noise_that_comes_later_and_stays_is_no_clean_recording()
    {
        // A motor of a few bands that labours and squeaks: too narrow, and too much like a voice, to be told from
        // speech for sure.
        float[] quiet = Quiet(seed: 31), noisy = (float[])quiet.Clone(), motor = Motor(noisy.Length, seed: 32);
        for (int n = noisy.Length - (int)(3.6 * Rate); n < noisy.Length; n++)
        {
            noisy[n] += motor[n];
        }

        using AudioClip clip = Clean(noisy, Rate, 0.6);
        var end = new SampleRange(noisy.Length - (int)(1.2 * Rate), noisy.Length - (int)(0.2 * Rate));
        double fell = HarmonicSyllables.PowerDb(noisy, end) - HarmonicSyllables.PowerDb(clip.Samples, end);
        SpectralGateResult result = clip.Findings.Get<SpectralGateResult>();
        Assert.InRange(fell, 0, 1);
        Assert.InRange(result.AttenuationDb, 0, fell + 4);
        Assert.Equal(GateDepth.LouderElsewhere, result.Limit);
        Assert.Contains(clip.Warnings, w => w.Code == WarningCodes.DenoisedLess);

        using AudioClip without = Clean(quiet, Rate, 0.6);
        Assert.NotEqual(GateDepth.LouderElsewhere, without.Findings.Get<SpectralGateResult>().Limit);
        Assert.DoesNotContain(without.Warnings, w => w.Code == WarningCodes.DenoisedLess);
    }

    [Fact]
    public void A_steady_noise_of_less_than_half_of_the_bands_is_learnt_where_it_begins()
    {
        float[] noisy = Quiet(seed: 33), street = Band(noisy.Length, seed: 34, 150, 1000);
        int begins = 5 * Rate;
        for (int n = begins; n < noisy.Length; n++)
        {
            noisy[n] += street[n];
        }

        using AudioClip clip = Clean(noisy, Rate, 0.6);
        Assert.InRange(clip.Findings.Get<SpectralGateResult>().StepSeconds, 7, 9.5);
        // In the pauses of 0.2 s between syllables, where a voice is near.
        double before = 0, after = 0;
        for (int n = (int)(6.3 * Rate); n < 9 * Rate; n += Rate / 2)
        {
            var pause = new SampleRange(n + (Rate / 25), n + (Rate / 8));
            before += Math.Pow(10, HarmonicSyllables.PowerDb(noisy, pause) / 10);
            after += Math.Pow(10, HarmonicSyllables.PowerDb(clip.Samples, pause) / 10);
        }

        Assert.InRange(10 * Math.Log10(before / after), 12, 19);
    }

    [Theory]
    [InlineData(1.3, 6, 2, -32, false)]         // told in the mean
    [InlineData(8.5, 2, 5, -20, true)]          // quiet moments of a loud pause stay
    [InlineData(8.5, 2, 9, -20, false)]         // those fell: breaths and consonants stay
    [InlineData(8.5, 5, 5, -20, false)]         // heard as much as was wanted, nearly
    [InlineData(8.5, 2, 5, -40, false)]         // nobody hears what is left
    [InlineData(9.5, 9.5, 2, -15, true)]        // one pause stays, as loud as the voice
    [InlineData(9.5, 9.5, 2, -25, false)]       // and here it does not
    public void It_takes_power_quiet_moments_and_something_to_hear(
        double mean,
        double power,
        double quiet,
        double left,
        bool isTold)
    {
        var meant = new GateDepth(14.4, 10, 10, GateDepth.CleanAlready);
        GateDepth seen = meant.Seen(new PauseFall(mean, power, quiet, left, 2), isNamed: false);
        Assert.Equal(isTold, seen.Limit == GateDepth.LouderElsewhere);
        if (isTold)
        {
            Assert.Equal(Math.Min(power, quiet), seen.Db);
        }
    }

    // A voice in a quiet room, for 3.5 s alone before it and for 4 s behind it.
    private static float[] Quiet(int seed)
    {
        float[] speech = HarmonicSyllables.Speech(Rate, 6, seed, Lead);
        float[] room = WhiteNoise.Gaussian(speech.Length, seed + 100, 0.002);
        return [.. speech.Select((x, n) => x + room[n]).Skip((int)(0.5 * Rate))];
    }

    private static float[] Motor(int length, int seed)
    {
        float[] noise = Band(length, seed, 250, 900);
        for (int n = 0; n < length; n++)
        {
            double second = (double)n / Rate;
            noise[n] *= 4 * (float)Math.Pow(10, 0.3 * Math.Sin(2 * Math.PI * 1.7 * second));
            for (int h = 1; h <= 4 && second % 0.7 < 0.08; h++)
            {
                noise[n] += 0.03f * (float)Math.Sin(2 * Math.PI * 160 * h * second);
            }
        }

        return noise;
    }

    private static float[] Band(int length, int seed, double lowHz, double highHz)
    {
        float[] noise = WhiteNoise.Gaussian(length, seed, 0.05);
        for (int pass = 0; pass < 2; pass++)
        {
            new Biquad(BiquadCoefficients.HighPass(lowHz, 0.7, Rate)).Process(noise, noise);
            new Biquad(BiquadCoefficients.LowPass(highHz, 0.7, Rate)).Process(noise, noise);
        }

        return noise;
    }
}

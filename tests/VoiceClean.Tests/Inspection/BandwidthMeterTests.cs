using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection;
using VoiceClean.Inspection.Speech;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class BandwidthMeterTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    [Theory]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(30)]
    public void A_voice_of_the_telephone_in_hiss_has_the_band_of_the_telephone(int snrDb)
    {
        foreach (float[] clip in EvaluationClips.LoadClean())
        {
            float[] voice = Lowpass(clip, 3_400);
            Assert.InRange(Measure(InNoise(voice, snrDb)), 3_000, 4_300);
        }
    }

    [Theory]
    [InlineData(60)]
    [InlineData(20)]
    [InlineData(10)]
    public void Hiss_makes_no_voice_narrower(int snrDb)
    {
        foreach (float[] clip in EvaluationClips.LoadClean())
        {
            double truth = Measure(InNoise(clip, 70));
            Assert.InRange(Measure(InNoise(clip, snrDb)), 0.85 * truth, Rate / 2);
        }
    }

    private static double Measure(float[] samples) =>
        BandwidthMeter.Measure(
            samples,
            Rate,
            DigitalSilence.Find(samples, Rate),
            TestContext.Current.CancellationToken);

    // With half a second of the noise alone at both ends.
    private static float[] InNoise(float[] voice, double snrDb)
    {
        double[] powers = [.. voice.Chunk(Rate / 50).Select(f => f.Sum(x => (double)x * x) / f.Length)];
        double least = powers.Max() / 1000,
            level = Decibels.FromPower(powers.Where(p => p > least).Average());
        float[] mixed = new float[voice.Length + Rate];
        voice.CopyTo(mixed, Rate / 2);
        float[] noise = WhiteNoise.Gaussian(mixed.Length, 5, Decibels.ToAmplitude(level - snrDb));
        return [.. mixed.Zip(noise, (v, n) => v + n)];
    }

    // Linear phase, 60 dB beyond a twentieth of the rate.
    private static float[] Lowpass(float[] samples, double hz)
    {
        double[] taps = KaiserFilter.LowPass(255, hz / Rate, KaiserFilter.Beta(70));
        double sum = taps.Sum();
        float[] result = new float[samples.Length];
        for (int i = 0; i < result.Length; i++)
        {
            double y = 0;
            for (int k = 0; k < taps.Length; k++)
            {
                int at = i + k - 127;
                y += at >= 0 && at < samples.Length ? taps[k] * samples[at] : 0;
            }

            result[i] = (float)(y / sum);
        }

        return result;
    }
}

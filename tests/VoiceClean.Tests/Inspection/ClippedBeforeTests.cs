using VoiceClean.Audio;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Inspection;

/// <summary>Recordings that were clipped before something else was done with them.</summary>
public class ClippedBeforeTests
{
    private const int Rate = SyntheticSpeech.SampleRate;

    [Theory]
    [InlineData(0.002, 0.2)]
    [InlineData(0.01, 0.5)]
    [InlineData(0.03, 0.5)]
    public void What_was_clipped_turned_down_and_dithered_is_found_before_it_is_resampled(double share, double least)
    {
        foreach (float[] speech in EvaluationClips.LoadClean())
        {
            float[] clipped = [.. Clipped(speech, share).Select(v => 0.5f * v)];
            using var file = new MemoryStream();
            WavWriter.Write(file, clipped, 44_100, SampleEncoding.Pcm16, "x");
            file.Position = 0;
            using AudioClip clip = ClipLoader.Load(
                file,
                "x",
                new LoadOptions(),
                AudioDecoders.CreateDefault(),
                TestContext.Current.CancellationToken);
            // Tops of one or two samples are not told from peaks.
            Assert.InRange(clip.Findings.Get<SourceClipping>().Share, least * share, 1.2 * share);
        }
    }

    [Fact]
    public void What_was_clipped_and_encoded_piles_up_at_the_peak_and_what_was_not_does_not()
    {
        foreach (float[] speech in EvaluationClips.LoadClean())
        {
            Assert.False(Ratio(speech) > 0.5);
            Assert.True(Ratio(Rippled(Clipped(speech, 0.04))) > 0.55);
        }
    }

    [Fact]
    public void Few_samples_or_silence_say_nothing()
    {
        Assert.True(double.IsNaN(Ratio([])));
        Assert.True(double.IsNaN(Ratio(new float[4 * Rate])));
        Assert.True(double.IsNaN(Ratio(Waves.Sine(Rate, Rate, 440, 0.5))));
    }

    private static double Ratio(float[] x) => PiledPeaks.Ratio(x, SampleStatistics.Measure(x).Peak);

    private static float[] Clipped(float[] speech, double share)
    {
        float[] magnitudes = [.. speech.Select(Math.Abs)];
        float limit = OrderStatistics.Quantile(magnitudes.AsSpan(), 1 - share);
        return [.. speech.Select(v => Math.Clamp(v, -limit, limit) / limit)];
    }

    // What encoders and resamplers do to flat tops: nothing above 11 kHz is left of their edges.
    private static float[] Rippled(float[] samples)
    {
        double[] taps = KaiserFilter.LowPass(63, 11_000.0 / Rate, KaiserFilter.Beta(60));
        double sum = taps.Sum();
        float[] result = new float[samples.Length];
        for (int i = 31; i < result.Length - 32; i++)
        {
            for (int k = 0; k < taps.Length; k++)
            {
                result[i] += (float)(taps[k] / sum * samples[i + k - 31]);
            }
        }

        return result;
    }
}

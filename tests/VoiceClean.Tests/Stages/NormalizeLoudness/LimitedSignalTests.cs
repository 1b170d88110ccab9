using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Stages.NormalizeLoudness;

public class LimitedSignalTests
{
    private const double CeilingDb = -1, GainDb = 6;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(32_000)]
    [InlineData(44_100)]
    [InlineData(11_127)]
    public void Energies_and_true_peak_in_stretches_are_those_of_the_whole(int rate)
    {
        foreach (double seconds in new[] { 0.005, 0.05, 0.9, 4.999, 5, 7.31, 8.004, 23.4567 })
        {
            using AudioClip clip = Peaky((int)(seconds * rate), rate);
            using var steps = new StepEnergies(clip.ReadOnlySamples, rate, Cancellation);
            using var signal = new LimitedSignal(clip, Cancellation);
            signal.Limit(GainDb, CeilingDb);
            steps.Measure(signal);
            double[] measured = steps.Steps.ToArray();
            double loudness = steps.Loudness();
            float peak = signal.MeasurePeak();
            signal.Apply();
            double[] expected = new double[measured.Length];
            KWeighting.MeasureSteps(clip.ReadOnlySamples, rate, expected, Cancellation);
            double most = expected.Max();
            Assert.All(expected.Zip(measured), p => Assert.Equal(p.First, p.Second, 1e-6 * most));
            using var whole = new StepEnergies(clip.ReadOnlySamples, rate, Cancellation);
            Assert.Equal(whole.Loudness(), loudness, 1e-6);
            Assert.Equal((float)TruePeak.Measure(clip.ReadOnlySamples, Cancellation), peak);
        }
    }

    [Fact]
    public void A_stretch_has_the_bits_of_the_whole_wherever_it_begins()
    {
        using AudioClip clip = Peaky(40_000, 22_050);
        using var signal = new LimitedSignal(clip, Cancellation);
        signal.Limit(GainDb, CeilingDb);
        (int Start, float[] Samples)[] stretches =
            [.. new[] { -300, -5, 0, 1, 7, 11, 12_345, 39_990 }.Select(s => (s, new float[1001]))];
        foreach ((int start, float[] samples) in stretches)
        {
            signal.Read(start, samples);
        }

        signal.Apply();
        foreach ((int start, float[] samples) in stretches)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                int at = start + i;
                Assert.Equal(at >= 0 && at < 40_000 ? clip.ReadOnlySamples[at] : 0, samples[i]);
            }
        }
    }

    [Theory]
    [InlineData(32_000)]
    [InlineData(44_100)]
    public void Peaks_that_lie_in_a_file_limit_as_others_do_to_the_bit(int rate)
    {
        // two seams of pieces of 65,536 cells; what rings across them belongs to both sides
        int length = (int)(2.3 * 65_536 * 0.25e-3 * rate);
        using AudioClip clip = Peaky(length, rate), other = Peaky(length, rate);
        int seam = 65_536 * new GainCells(rate).Length;
        foreach (AudioClip each in new[] { clip, other })
        {
            each.Samples[seam - 1] = 0.6f;
            each.Samples[seam] = -0.7f;
            each.Samples[(2 * seam) - 1] = each.Samples[(2 * seam) - 2] = 0.8f;
            each.Samples[2 * seam] = 0;
        }

        using var seen = new LimitedSignal(clip, Cancellation);
        using var spooled = new LimitedSignal(other, Cancellation, most: 0);
        foreach (double gainDb in new[] { 0, GainDb, GainDb + 3 })
        {
            seen.Limit(gainDb, CeilingDb);
            spooled.Limit(gainDb, CeilingDb);
            Assert.Equal(seen.Reduction, spooled.Reduction);
        }

        seen.Apply();
        spooled.Apply();
        Assert.Equal(clip.ReadOnlySamples, other.ReadOnlySamples);
    }

    [Fact]
    public void Every_sample_that_is_turned_down_is_found()
    {
        using AudioClip clip = Peaky(100_000, 32_000);
        float[] before = clip.ReadOnlySamples.ToArray();
        using var signal = new LimitedSignal(clip, Cancellation);
        signal.Limit(GainDb, CeilingDb);
        bool[] found = new bool[before.Length];
        for (int at = 0; (at = signal.NextLimited(at)) >= 0 && at < found.Length; at++)
        {
            found[at] = true;
        }

        signal.Apply();
        Assert.Contains(false, found);
        for (int i = 0; i < found.Length; i++)
        {
            Assert.True(found[i] || clip.ReadOnlySamples[i] == before[i] * signal.Gain);
        }
    }

    // Quiet noise with a loud moment every three seconds and one at either end.
    private static AudioClip Peaky(int length, int rate)
    {
        float[] samples = WhiteNoise.Uniform(length, seed: 3, amplitude: 0.05);
        for (int i = 0; i < length; i++)
        {
            bool isLoud = i % (3 * rate) < rate / 20 || i > length - (rate / 50);
            samples[i] *= isLoud ? (float)Decibels.ToAmplitude(25) : 1;
        }

        return AudioClip.FromSamples("a.wav", rate, samples);
    }
}

using VoiceClean.Audio;
using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class InspectorTests
{
    [Theory]
    [InlineData(32_000, 3_400)]
    [InlineData(32_000, 8_000)]
    [InlineData(48_000, 11_000)]
    public void The_bandwidth_of_band_limited_noise_is_its_cut_off_within_two_bins(int rate, double cutoffHz)
    {
        // A sum of equally strong sines of random phase up to the cut-off: noise with a wall, no filter involved.
        var random = new Random(3);
        float[] samples = new float[rate];
        for (double f = 100; f <= cutoffHz; f += 25)
        {
            double phase = random.NextDouble() * 2 * Math.PI;
            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] += (float)(0.005 * Math.Sin((2 * Math.PI * f * i / rate) + phase));
            }
        }

        using AudioClip clip = AudioClip.FromSamples("noise", rate, samples);
        double bandwidth = Inspector.Measure(clip, TestContext.Current.CancellationToken).BandwidthHz!.Value;
        Assert.InRange(bandwidth, cutoffHz - 50, cutoffHz + 130);
    }

    [Fact]
    public void Silence_has_no_loudness_no_peak_and_no_bandwidth_but_a_length()
    {
        using AudioClip clip = AudioClip.FromSamples("silence", 32_000, new float[48_000]);
        Measurements m = Inspector.Measure(clip, TestContext.Current.CancellationToken);
        Assert.Equal(1.5, m.DurationS);
        Assert.True(double.IsNaN(m.IntegratedLufs!.Value));
        Assert.True(double.IsNaN(m.BandwidthHz!.Value));
        Assert.Equal(double.NegativeInfinity, m.TruePeakDbtp);
        Assert.Equal(0, m.DcOffset);
    }

    [Fact]
    public void A_sine_on_an_offset_shows_its_offset_and_its_level()
    {
        using AudioClip clip = AudioClip.FromSamples(
            "sine",
            32_000,
            [
                .. Enumerable
                    .Range(0, 64_000)
                    .Select(i => (float)((0.5 * Math.Sin(2 * Math.PI * 997 * i / 32_000)) + 0.01)),
            ]);
        Measurements m = Inspector.Measure(clip, TestContext.Current.CancellationToken);
        Assert.Equal(0.01, m.DcOffset!.Value, 4);
        Assert.Equal(20 * Math.Log10(0.51), m.TruePeakDbtp!.Value, 1);
        Assert.Equal(-3.018 - 6.021, m.IntegratedLufs!.Value, 1);
    }
}

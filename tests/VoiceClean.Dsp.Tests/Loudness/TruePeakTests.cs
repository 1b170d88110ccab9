using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Loudness;

public class TruePeakTests
{
    public static TheoryData<int> Rates => [48_000, 44_100, 32_000];

    [Theory]
    [InlineData(15, 1 / 4.0, 0.5, 0, -6.020)]
    [InlineData(16, 1 / 4.0, 0.5, 45, -6.020)]
    [InlineData(17, 1 / 6.0, 0.5, 60, -6.020)]
    [InlineData(18, 1 / 8.0, 0.5, 67.5, -6.020)]
    [InlineData(19, 1 / 4.0, 1.41, 45, 2.985)]
    public void Cases_15_to_19_of_Tech_3341_tones_read_their_amplitude(
        int number,
        double cyclesPerSample,
        double amplitude,
        double phase,
        double reference)
    {
        foreach (int rate in Rates.Select(r => r.Data))
        {
            double db = MeasureDb(ToneProgramme.Tone(rate, cyclesPerSample, amplitude, phase));
            Figures.Record($"3341-{number} TP", rate, db);
            Assert.InRange(db, reference - 0.02, reference + 0.02);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cases_20_to_23_of_Tech_3341_a_peak_between_samples_is_found_whatever_the_sampling_instant(int offset)
    {
        foreach (int rate in Rates.Select(r => r.Data))
        {
            double db = MeasureDb(ToneProgramme.InsertedCycle(rate, offset));
            Figures.Record($"3341-{20 + offset} TP", rate, db);
            Assert.InRange(db, -0.079 - 0.02, -0.079 + 0.02);
        }
    }

    [Fact]
    public void Settled_tones_up_to_0_49_of_the_rate_read_within_0_02_dB()
    {
        for (double f = 0.013; f < 0.49; f += 0.0137)
        {
            // Slow raised-cosine fades: the corners of a linear fade would add a peak of their own (+0.02 dB).
            float[] x = ToneProgramme.Tone(8000, f, 0.5, 17);
            for (int i = 0; i < 1600; i++)
            {
                float gain = (float)(0.5 - 0.5 * Math.Cos(Math.PI * i / 1600));
                x[i] *= gain;
                x[^(i + 1)] *= gain;
            }

            Assert.InRange(MeasureDb(x), -6.0206 - 0.02, -6.0206 + 0.02);
        }
    }

    [Fact]
    public void Leaving_out_what_cannot_be_the_peak_changes_no_bit()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 200; trial++)
        {
            // From white to strongly low-passed noise, bursts, clicks and odd lengths.
            float[] x = new float[random.Next(1, 700)];
            double smooth = random.NextDouble(), state = 0;
            for (int i = 0; i < x.Length; i++)
            {
                state = smooth * state + (1 - smooth) * (2 * random.NextDouble() - 1) * (random.Next(40) == 0 ? 5 : 1);
                x[i] = (float)(state * Math.Sin(3.0 * i / x.Length));
            }

            Assert.Equal(TruePeak.MeasureExhaustively(x), TruePeak.Measure(x));
        }
    }

    [Fact]
    public void The_peak_is_never_below_the_samples_and_scales_with_them()
    {
        float[] x = ToneProgramme.Tone(8000, 0.237, 0.3, 10);
        double peak = TruePeak.Measure(x);
        Assert.True(peak >= TruePeak.SamplePeak(x));
        Assert.Equal(2 * peak, TruePeak.Measure([.. x.Select(v => 2 * v)]));
        Assert.Equal(peak, TruePeak.Measure([.. x.Select(v => -v)]));
    }

    [Fact]
    public void Silence_and_nothing_have_a_peak_of_zero_and_a_single_sample_its_own()
    {
        Assert.Equal(0, TruePeak.Measure([]));
        Assert.Equal(0, TruePeak.Measure(new float[1000]));
        Assert.Equal(0.25, TruePeak.Measure([-0.25f]), 6);
    }

    private static double MeasureDb(float[] samples) => Decibels.FromAmplitude(TruePeak.Measure(samples));
}

using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Loudness;
using Xunit;

namespace VoiceClean.Dsp.Tests.Loudness;

public class KWeightingTests
{
    // ITU-R BS.1770-5 Annex 1 tables 1 and 2 (48 kHz) with more digits, and the same prototypes at other rates
    // (bilinear transform in double precision; the last column is the scale of the high-pass numerator).
    [Theory]
    [InlineData(
        16_000,
        1.44329522349136,
        -1.83157538126046,
        0.68165875741197,
        -1.10153376910699,
        0.39491236874986,
        -1.97028952800443,
        0.97051049053584,
        0.990121)]
    [InlineData(
        24_000,
        1.48790022096228,
        -2.24620546814114,
        0.90490912324644,
        -1.39023460519282,
        0.53683848126040,
        -1.98014412622893,
        0.98024281785928,
        0.995042)]
    [InlineData(
        32_000,
        1.51117789956876,
        -2.46488941336014,
        1.04163327352230,
        -1.53904509625064,
        0.62696685598156,
        -1.98508966898869,
        0.98514532066955,
        0.997516)]
    [InlineData(
        44_100,
        1.53084123005035,
        -2.65097999515473,
        1.16907907992159,
        -1.66365511325602,
        0.71259542807323,
        -1.98916967362980,
        0.98919903578704,
        0.999560)]
    [InlineData(
        48_000,
        1.53512485958697,
        -2.69169618940638,
        1.19839281085285,
        -1.69065929318241,
        0.73248077421585,
        -1.99004745483398,
        0.99007225036621,
        1)]
    [InlineData(
        96_000,
        1.55971422897580,
        -2.92674157825108,
        1.37826120231582,
        -1.84460946989011,
        0.85584332293064,
        -1.99501754472472,
        0.99502375904092,
        1.002493)]
    public void Coefficients_are_those_of_the_table(
        int rate,
        double b0,
        double b1,
        double b2,
        double a1,
        double a2,
        double h1,
        double h2,
        double scale)
    {
        (BiquadCoefficients shelf, BiquadCoefficients highPass) = KWeighting.Design(rate);
        Close(new BiquadCoefficients(b0, b1, b2, a1, a2), shelf, 1e-12);
        Close(new BiquadCoefficients(highPass.B0, -2 * highPass.B0, highPass.B0, h1, h2), highPass, 1e-12);
        Assert.Equal(scale, highPass.B0, 1e-6);
    }

    [Theory]
    [InlineData(20, -13.275)]
    [InlineData(25, -10.393)]
    [InlineData(50, -3.934)]
    [InlineData(100, -1.133)]
    [InlineData(200, -0.265)]
    [InlineData(500, 0.042)]
    [InlineData(997, 0.691)]
    [InlineData(1000, 0.698)]
    [InlineData(2000, 3.071)]
    [InlineData(3000, 3.808)]
    [InlineData(4000, 3.968)]
    [InlineData(8000, 4.039)]
    [InlineData(10_000, 4.042)]
    [InlineData(15_000, 4.043)]
    public void The_response_at_48_kHz_is_that_of_the_standard(double frequency, double expectedDb)
        => Assert.Equal(expectedDb, ResponseDb(frequency, 48_000), 6e-4);

    [Theory]
    [InlineData(32_000, 0.012)]
    [InlineData(44_100, 0.002)]
    [InlineData(96_000, 0.007)]
    public void Other_rates_reproduce_the_response_of_48_kHz_up_to_15_and_a_half_kHz(int rate, double toleranceDb)
    {
        for (double f = 20; f <= 15_500; f *= 1.02)
        {
            Assert.InRange(ResponseDb(f, rate) - ResponseDb(f, 48_000), -toleranceDb, toleranceDb);
        }
    }

    [Theory]
    [InlineData(8_000, 3.7)]
    [InlineData(8_000, 95.3)]
    [InlineData(11_025, 2.3)]
    [InlineData(22_050, 1.9)]
    [InlineData(32_000, 0.004)]
    [InlineData(32_000, 13.37)]
    [InlineData(44_056, 5.1)]
    [InlineData(192_000, 0.9)]
    public void Four_or_eight_stretches_at_once_measure_what_one_filter_measures_in_all(int rate, double seconds)
    {
        // Noise with a loud offset and sudden silence: the worst for filters that begin in the middle.
        var random = new Random(3);
        float[] x = new float[(int)(seconds * rate)];
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = i / (rate / 3) % 3 == 2 ? 0 : (float)(0.5 + 0.4 * (random.NextDouble() - 0.5));
        }

        double[] energies = new double[KWeighting.CountSteps(x.Length, rate)];
        KWeighting.MeasureSteps(x, rate, energies, TestContext.Current.CancellationToken);
        (BiquadCoefficients shelf, BiquadCoefficients highPass) = KWeighting.Design(rate);
        var first = new Biquad(shelf);
        var second = new Biquad(highPass);
        double total = 0;
        for (int step = 0; step < energies.Length; step++)
        {
            double energy = 0;
            for (
                long i = KWeighting.StepStart(step, rate);
                i < Math.Min(x.Length, KWeighting.StepStart(step + 1, rate));
                i++)
            {
                double y = second.Process(first.Process(x[i]));
                energy += y * y;
            }

            total += energy;
            Assert.Equal(energy, energies[step], 1e-9 + 1e-9 * energy);
        }

        Assert.InRange(energies.Sum() / total, 1 - 1e-9, 1 + 1e-9);
    }

    [Theory]
    [InlineData(32_000)]
    [InlineData(11_025)]
    [InlineData(44_056)]
    public void Steps_are_hundredths_of_a_second_and_cover_every_sample_once(int rate)
    {
        Assert.Equal(rate, KWeighting.StepStart(100, rate));
        for (int length = 0; length < 1000; length++)
        {
            int steps = KWeighting.CountSteps(length, rate);
            Assert.True(KWeighting.StepStart(steps, rate) >= length);
            Assert.True(steps == 0 || KWeighting.StepStart(steps - 1, rate) < length);
        }
    }

    [Fact]
    public void A_rate_below_8_kHz_and_room_of_the_wrong_size_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => KWeighting.MeasureSteps(new float[100], 4000, new double[3]));
        Assert.Throws<ArgumentException>(() => KWeighting.MeasureSteps(new float[400], 32_000, new double[1]));
    }

    private static double ResponseDb(double frequency, int rate)
    {
        (BiquadCoefficients shelf, BiquadCoefficients highPass) = KWeighting.Design(rate);
        return shelf.GainDb(frequency, rate) + highPass.GainDb(frequency, rate);
    }

    private static void Close(BiquadCoefficients expected, BiquadCoefficients actual, double tolerance)
    {
        Assert.Equal(expected.B0, actual.B0, tolerance);
        Assert.Equal(expected.B1, actual.B1, tolerance);
        Assert.Equal(expected.B2, actual.B2, tolerance);
        Assert.Equal(expected.A1, actual.A1, tolerance);
        Assert.Equal(expected.A2, actual.A2, tolerance);
    }
}

using VoiceClean.Dsp.Filters;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Filters;

public class ZeroPhaseFilterTests
{
    // The longest needs several blocks of stretches and a rest, the shortest no stretch at all.
    [Theory]
    [InlineData(1, 16)]
    [InlineData(3001, 16)]
    [InlineData(80_003, 16)]
    [InlineData(160_000, 160)]
    [InlineData(1_300_005, 16)]
    [InlineData(2_700_001, 50)]
    public void Stretches_at_once_give_what_one_loop_in_double_gives(int length, double cutoff)
    {
        const int rate = 32_000, reach = 500;
        const float offset = 0.25f;
        float[] x = WhiteNoise.Uniform(length, seed: 1, amplitude: 0.5),
            before = WhiteNoise.Uniform(reach, seed: 1, amplitude: 0.5),
            after = WhiteNoise.Uniform(reach, seed: 1, amplitude: 0.5);
        for (int i = 0; i < length; i++)
        {
            x[i] += offset + (float)(0.5 * Math.Sin(i * 2e-4));      // far below the corner as well
        }

        var section = BiquadCoefficients.HighPass(cutoff, Math.Sqrt(0.5), rate);
        double[] all = [.. before.Concat(x).Concat(after).Select(v => (double)v - offset)];
        double[] expected = Plain(Plain(all, section).Reverse().ToArray(), section).Reverse().ToArray();
        ZeroPhaseFilter.Run(x, before, after, offset, section, TestContext.Current.CancellationToken);
        double worst = 0;
        for (int i = 0; i < length; i++)
        {
            worst = Math.Max(worst, Math.Abs(expected[reach + i] - x[i]));
        }

        Assert.True(worst < 3e-7, $"{worst}");       // two roundings to float
    }

    private static double[] Plain(double[] x, BiquadCoefficients c)
    {
        double[] y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double x1 = i > 0 ? x[i - 1] : 0,
                x2 = i > 1 ? x[i - 2] : 0,
                y1 = i > 0 ? y[i - 1] : 0,
                y2 = i > 1 ? y[i - 2] : 0;
            y[i] = (c.B0 * x[i]) + (c.B1 * x1) + (c.B2 * x2) - (c.A1 * y1) - (c.A2 * y2);
        }

        return y;
    }
}

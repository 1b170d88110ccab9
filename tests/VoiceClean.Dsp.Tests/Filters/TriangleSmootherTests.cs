using VoiceClean.Dsp.Filters;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Filters;

public class TriangleSmootherTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void The_weights_are_a_triangle_that_sums_to_one(int half)
    {
        double[] weights = TriangleSmoother.Weights(half);
        Assert.Equal((2 * half) + 1, weights.Length);
        Assert.Equal(1, weights.Sum(), 14);
        Assert.Equal(1 / (half + 1.0), weights[half], 14);
        Assert.All(Enumerable.Range(0, half + 1), j => Assert.Equal((j + 1) * weights[0], weights[j], 14));
        Assert.Equal(weights.Reverse(), weights);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(12)]
    public unsafe void Along_a_row_the_mean_is_the_weighted_sum(int half)
    {
        const int bins = 64;
        float[] values = WhiteNoise.Uniform(bins, seed: 1, amplitude: 0.5);
        double[] weights = TriangleSmoother.Weights(half);
        float[] row = new float[bins + (2 * TriangleSmoother.Pad)],
            temp = new float[row.Length],
            smooth = new float[bins];
        values.CopyTo(row, TriangleSmoother.Pad);
        fixed (float* r = row, t = temp, s = smooth)
        {
            TriangleSmoother.PadEnds(r + TriangleSmoother.Pad, bins);
            TriangleSmoother.AlongFrequency(
                r + TriangleSmoother.Pad,
                t + TriangleSmoother.Pad,
                s,
                0,
                bins,
                half,
                1f / ((half + 1) * (half + 1)));
        }

        for (int k = 0; k < bins; k++)
        {
            double expected = 0;
            for (int j = -half; j <= half; j++)
            {
                expected += weights[j + half] * values[Math.Clamp(k + j, 0, bins - 1)];
            }

            Assert.Equal(expected, smooth[k], 1e-6);
        }
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(6, 16)]
    [InlineData(8, 40)]
    public unsafe void Two_neighbours_share_the_rows_between(int count, int bins)
    {
        float[] rows = WhiteNoise.Uniform(count * bins, seed: 1, amplitude: 0.5), both = new float[2 * bins];
        fixed (float* r = rows, b = both)
        {
            Span<nint> at = stackalloc nint[count];
            for (int i = 0; i < count; i++)
            {
                at[i] = (nint)(r + (i * bins));
            }

            TriangleSmoother.AddRows(at, b, b + bins, bins);
        }

        for (int k = 0; k < bins; k++)
        {
            double sum = Enumerable.Range(0, count).Sum(i => (double)rows[(i * bins) + k]);
            Assert.Equal(sum - rows[((count - 1) * bins) + k], both[k], 1e-6);
            Assert.Equal(sum - rows[k], both[bins + k], 1e-6);
        }
    }
}

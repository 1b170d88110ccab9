using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class FlatTopsTests
{
    // Runs of 1 to 12 samples near either extreme at random places, as short as a single run at an end of the clip.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Flat_tops_are_counted_as_by_a_plain_loop(int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] x = new float[random.Next(1, 90)];
            for (int i = 0; i < x.Length;)
            {
                float value = random.Next(3) switch { 0 => 0.6f, 1 => -0.5f, _ => float.NaN };
                for (int end = Math.Min(x.Length, i + random.Next(1, 13)); i < end; i++)
                {
                    x[i] = float.IsNaN(value)
                        ? (float)(random.NextDouble() - 0.5) * 0.4f
                        : value * (1 - (0.005f * random.NextSingle()));
                }
            }

            Assert.Equal(Plain(x), Count(x));
        }
    }

    [Fact]
    public void A_quiet_recording_and_one_sided_samples_have_no_flat_bottom()
    {
        Assert.Equal(0, Count([0.005f, 0.005f, 0.005f, 0.005f]));
        Assert.Equal(4, Count([0.5f, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0]));
        Assert.Equal(0, Count([]));
    }

    private static long Count(float[] x) => FlatTops.Count(x, SampleStatistics.Measure(x));

    private static long Plain(float[] x)
    {
        long count = 0;
        foreach (int sign in (int[])[1, -1])
        {
            float top = x.Max(v => sign * v), near = top * 0.99f;
            for (int i = 0; i < x.Length;)
            {
                int run = 0;
                while (i + run < x.Length && top > 0 && sign * x[i + run] >= near)
                {
                    run++;
                }

                count += run >= 3 ? run : 0;
                i += run + 1;
            }
        }

        return count;
    }
}

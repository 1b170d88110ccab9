using CsCheck;
using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Statistics;

public class GridRunsTests
{
    [Fact]
    public void All_runs_longer_than_the_minimum_are_found_and_no_other() =>
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.Int[0, 30], Gen.Int[0, 4]).Array[0, 12])
            .Sample(
                (minLength, pieces) =>
                {
                    float[] samples =
                    [
                        .. pieces.SelectMany(p =>
                            Enumerable
                                .Range(0, p.Item1)
                                .Select(k => (k % 3) * -0.25f)
                                .Concat(Enumerable.Repeat(0.1f, p.Item2))),
                    ];
                    var found = new List<(int, int)>();
                    for (
                        (int Start, int End) run = GridRuns.Next(samples, 0, minLength, 16);
                        run.Start < samples.Length;
                        run = GridRuns.Next(samples, run.End, minLength, 16))
                    {
                        found.Add(run);
                    }

                    Assert.Equal(Slowly(samples, minLength), found);
                });

    private static List<(int, int)> Slowly(float[] samples, int minLength)
    {
        var runs = new List<(int, int)>();
        for (int start = 0, i = 0; i <= samples.Length; i++)
        {
            if (i == samples.Length || samples[i] == 0.1f)
            {
                if (i - start > minLength)
                {
                    runs.Add((start, i));
                }

                start = i + 1;
            }
        }

        return runs;
    }
}

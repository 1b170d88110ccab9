using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>Compares what two decoders made of one sound.</summary>
internal static class SampleAgreement
{
    /// <summary>At no other place do they agree better, and there they agree.</summary>
    /// <param name="expected">[sample]; nothing is asked of fewer than a hundred.</param>
    /// <param name="actual">[sample]</param>
    /// <param name="leastDb">The sound over the difference [dB].</param>
    /// <param name="mostLag">How far from its place it may be [sample].</param>
    public static void AssertInPlace(float[] expected, float[] actual, double leastDb, int mostLag = 0)
    {
        if (expected.Length < 100)
        {
            return;
        }

        double best = Enumerable.Range(-mostLag, (2 * mostLag) + 1).Max(lag => Agreement(expected, actual, lag));
        Assert.True(best >= leastDb, $"Agrees by {best:0.0} dB, not {leastDb}.");
        if (mostLag == 0 && best < 60)
        {
            Assert.All((int[])[-3, -2, -1, 1, 2, 3], lag => Assert.True(Agreement(expected, actual, lag) < best));
        }
    }

    private static double Agreement(float[] expected, float[] actual, int lag)
    {
        double signal = 1e-20, error = 1e-20;
        for (int i = Math.Max(0, -lag); i < Math.Min(expected.Length, actual.Length - lag); i++)
        {
            signal += expected[i] * expected[i];
            error += Math.Pow(expected[i] - actual[i + lag], 2);
        }

        return 10 * Math.Log10(signal / error);
    }
}

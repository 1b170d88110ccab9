using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// Finds by how much one channel of a pair lags behind the other: two microphones in one room, or a converter out of
/// step.
/// </summary>
internal static class InterChannelDelay
{
    /// <summary>A delay counts from this normalised cross-correlation on.</summary>
    public const double Prominent = 0.8;

    /// <summary>How much the peak must stand above the correlation without delay.</summary>
    public const double Margin = 1e-3;

    /// <summary>Longest delay looked for [s]: 69 cm of air.</summary>
    public const double Longest = 2e-3;

    // Work is bounded whatever the rate: about 10 ms of a core.
    private const long MostProducts = 40_000_000;
    private const int MostBlocks = 10;

    /// <summary>
    /// The lag of the second channel [sample] at the largest absolute cross-correlation, and that correlation, −1 … 1.
    /// </summary>
    /// <remarks>
    /// Over the loudest blocks only; correlations of the blocks are added before they are normalised.
    /// </remarks>
    public static (int Lag, double Correlation) Find(
        ReadOnlySpan<float> interleaved,
        int sampleRate,
        ChannelBlocks blocks)
    {
        int reach = (int)Math.Ceiling(Longest * sampleRate), length = blocks.BlockLength - 2 * reach;
        if (length < 8 * reach)
        {
            return (0, 0);      // too short to tell
        }

        int count = (int)Math.Clamp(MostProducts / ((long)length * (2 * reach + 1)), 1, MostBlocks);
        float[] first = new float[blocks.BlockLength], second = new float[blocks.BlockLength];
        double[] products = new double[2 * reach + 1], energies = new double[2 * reach + 1];
        double energy = 0;
        foreach (int block in blocks.Loudest(count))
        {
            Split(interleaved.Slice(2 * block * blocks.BlockLength, 2 * blocks.BlockLength), first, second);
            ReadOnlySpan<float> fixedPart = first.AsSpan(reach, length);
            energy += Dot(fixedPart, fixedPart);
            double moving = Dot(second.AsSpan(0, length), second.AsSpan(0, length));
            for (int lag = 0; lag < products.Length; lag++)
            {
                products[lag] += Dot(fixedPart, second.AsSpan(lag, length));
                energies[lag] += moving;
                if (lag + 1 < products.Length)
                {
                    moving += (double)second[lag + length] * second[lag + length] - (double)second[lag] * second[lag];
                }
            }
        }

        int best = reach;
        double peak = 0;
        for (int step = 0; step < products.Length; step++)
        {
            // From the middle outwards, so that the smaller delay wins a draw.
            int lag = reach + (step % 2 == 0 ? step / 2 : -(step + 1) / 2);
            double scale = Math.Sqrt(energy * energies[lag]);
            double correlation = scale > 0 ? products[lag] / scale : 0;
            if (Math.Abs(correlation) > Math.Abs(peak))
            {
                (best, peak) = (lag, correlation);
            }
        }

        return (best - reach, peak);
    }

    private static void Split(ReadOnlySpan<float> interleaved, Span<float> first, Span<float> second)
    {
        double sumFirst = 0, sumSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            sumFirst += interleaved[2 * i];
            sumSecond += interleaved[2 * i + 1];
        }

        float meanFirst = (float)(sumFirst / first.Length), meanSecond = (float)(sumSecond / first.Length);
        for (int i = 0; i < first.Length; i++)
        {
            first[i] = interleaved[2 * i] - meanFirst;
            second[i] = interleaved[2 * i + 1] - meanSecond;
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        Vector256<float> sum0 = default, sum1 = default;
        int i = 0, n = Math.Min(a.Length, b.Length);
        for (; i <= n - 16; i += 16)
        {
            sum0 += Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.LoadUnsafe(ref y, (nuint)i);
            sum1 += Vector256.LoadUnsafe(ref x, (nuint)i + 8) * Vector256.LoadUnsafe(ref y, (nuint)i + 8);
        }

        Vector256<float> lanes = sum0 + sum1;
        double sum = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        for (; i < n; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}

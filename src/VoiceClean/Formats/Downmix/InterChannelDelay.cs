using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

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
            int done = 0;
            for (; done + 4 <= products.Length; done += 4)
            {
                AddFour(fixedPart, second.AsSpan(done, length + 3), products.AsSpan(done, 4));
            }

            for (; done < products.Length; done++)
            {
                products[done] += Dot(fixedPart, second.AsSpan(done, length));
            }

            for (int lag = 0; lag < products.Length; lag++)
            {
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

        var means = (First: (float)(sumFirst / first.Length), Second: (float)(sumSecond / first.Length));
        int at = 0;
        for (; at <= first.Length - 8; at += 8)
        {
            (Vector256<float> even, Vector256<float> odd) = LanePermutations.Deinterleave(
                Vector256.Create(interleaved.Slice(2 * at, 8)),
                Vector256.Create(interleaved.Slice(2 * at + 8, 8)));
            (even - Vector256.Create(means.First)).CopyTo(first[at..]);
            (odd - Vector256.Create(means.Second)).CopyTo(second[at..]);
        }

        for (; at < first.Length; at++)
        {
            first[at] = interleaved[2 * at] - means.First;
            second[at] = interleaved[2 * at + 1] - means.Second;
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
            sum0 = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, (nuint)i),
                Vector256.LoadUnsafe(ref y, (nuint)i),
                sum0);
            sum1 = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref x, (nuint)i + 8),
                Vector256.LoadUnsafe(ref y, (nuint)i + 8),
                sum1);
        }

        return Total(sum0 + sum1, a[i..n], b[i..n]);
    }

    // Four lags at a time, each in the order of Dot: one by one the additions would wait for each other.
    private static void AddFour(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> products)
    {
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b[..(a.Length + 3)]);
        Vector256<float> p0 = default, p1 = default, q0 = default, q1 = default;
        Vector256<float> r0 = default, r1 = default, s0 = default, s1 = default;
        int i = 0;
        for (; i <= a.Length - 16; i += 16)
        {
            Vector256<float> low = Vector256.LoadUnsafe(ref x, (nuint)i),
                high = Vector256.LoadUnsafe(ref x, (nuint)i + 8);
            p0 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref y, (nuint)i), p0);
            p1 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref y, (nuint)i + 8), p1);
            q0 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref y, (nuint)i + 1), q0);
            q1 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref y, (nuint)i + 9), q1);
            r0 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref y, (nuint)i + 2), r0);
            r1 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref y, (nuint)i + 10), r1);
            s0 = Vector256.FusedMultiplyAdd(low, Vector256.LoadUnsafe(ref y, (nuint)i + 3), s0);
            s1 = Vector256.FusedMultiplyAdd(high, Vector256.LoadUnsafe(ref y, (nuint)i + 11), s1);
        }

        ReadOnlySpan<float> rest = a[i..];
        products[0] += Total(p0 + p1, rest, b.Slice(i, rest.Length));
        products[1] += Total(q0 + q1, rest, b.Slice(i + 1, rest.Length));
        products[2] += Total(r0 + r1, rest, b.Slice(i + 2, rest.Length));
        products[3] += Total(s0 + s1, rest, b.Slice(i + 3, rest.Length));
    }

    private static double Total(Vector256<float> lanes, ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            sum += lanes.GetElement(lane);
        }

        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}

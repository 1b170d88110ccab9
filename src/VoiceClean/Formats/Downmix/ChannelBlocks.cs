using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// Energies of interleaved channels in blocks of 400 ms (the block length of ITU-R BS.1770), means removed, and which
/// of the blocks are active: within 10 dB of the mean energy, so that pauses do not decide.
/// </summary>
internal sealed class ChannelBlocks
{
    private readonly double[] _energies;       // [block, channel]
    private readonly double[] _products;       // [block], of the first two channels

    public ChannelBlocks(ReadOnlySpan<float> interleaved, int channels, int sampleRate)
    {
        int frames = interleaved.Length / channels;
        Channels = channels;
        BlockLength = Math.Max(1, Math.Min(frames, sampleRate * 2 / 5));
        Count = frames / BlockLength;
        _energies = new double[Count * channels];
        _products = new double[Count];
        for (int block = 0; block < Count; block++)
        {
            ReadOnlySpan<float> samples = interleaved.Slice(block * BlockLength * channels, BlockLength * channels);
            if (channels == 2)
            {
                (_energies[2 * block], _energies[2 * block + 1], _products[block]) = MeasurePair(samples);
            }
            else
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    _energies[block * channels + channel] = Measure(samples, channel, channels);
                }
            }
        }
    }

    public int Channels { get; }

    /// <summary>[sample per channel]</summary>
    public int BlockLength { get; }

    public int Count { get; }

    /// <summary>
    /// Energy of one channel [sample²], of all blocks or of the active ones among <paramref name="active"/>.
    /// </summary>
    public double Energy(int channel, bool[]? active = null)
    {
        double sum = 0;
        for (int block = 0; block < Count; block++)
        {
            sum += active is null || active[block] ? _energies[block * Channels + channel] : 0;
        }

        return sum;
    }

    /// <summary>
    /// Normalised correlation of the first two channels at lag 0 over the active blocks, weighted by energy; 0 if one
    /// is silent.
    /// </summary>
    public double Correlation(bool[] active)
    {
        double product = 0;
        for (int block = 0; block < Count; block++)
        {
            product += active[block] ? _products[block] : 0;
        }

        double scale = Math.Sqrt(Energy(0, active) * Energy(1, active));
        return scale > 0 ? product / scale : 0;
    }

    /// <summary>Which blocks are active, judged by the channels for which <paramref name="counts"/> is true.</summary>
    public bool[] Active(bool[] counts)
    {
        double[] total = new double[Count];
        double sum = 0;
        for (int block = 0; block < Count; block++)
        {
            for (int channel = 0; channel < Channels; channel++)
            {
                total[block] += counts[channel] ? _energies[block * Channels + channel] : 0;
            }

            sum += total[block];
        }

        return [.. total.Select(e => e > 0 && e * Count >= 0.1 * sum)];
    }

    /// <summary>The numbers of the most energetic blocks, loudest first.</summary>
    public int[] Loudest(int count) =>
        [
            .. Sequence
                .Range(0, Count)
                .OrderByDescending(b => _energies.AsSpan(b * Channels, Channels).ToArray().Sum())
                .ThenBy(b => b)
                .Take(count),
        ];

    private static double Measure(ReadOnlySpan<float> samples, int channel, int channels)
    {
        double sum = 0, squares = 0;
        for (int i = channel; i < samples.Length; i += channels)
        {
            double s = samples[i];
            sum += s;
            squares += s * s;
        }

        return Math.Max(0, squares - sum * sum / (samples.Length / channels));
    }

    private static (double First, double Second, double Product) MeasurePair(ReadOnlySpan<float> samples)
    {
        Vector256<double> sumsA = default, sumsB = default, ofA = default, ofB = default, ofBoth = default;
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            // a0 b0 a1 b1 … of four pairs
            var v = Vector256.Create(samples.Slice(i, 8));
            Vector256<double> low = Vector256.WidenLower(v), high = Vector256.WidenUpper(v);
            (Vector256<double> a, Vector256<double> b) = LanePermutations.Unpack(low, high);
            (sumsA, sumsB) = (sumsA + a, sumsB + b);
            ofA = Vector256.FusedMultiplyAdd(a, a, ofA);
            ofB = Vector256.FusedMultiplyAdd(b, b, ofB);
            ofBoth = Vector256.FusedMultiplyAdd(a, b, ofBoth);
        }

        double sumA = Vector256.Sum(sumsA), sumB = Vector256.Sum(sumsB);
        double squaresA = Vector256.Sum(ofA), squaresB = Vector256.Sum(ofB), products = Vector256.Sum(ofBoth);
        for (; i + 1 < samples.Length; i += 2)
        {
            double a = samples[i], b = samples[i + 1];
            sumA += a;
            sumB += b;
            squaresA += a * a;
            squaresB += b * b;
            products += a * b;
        }

        int n = samples.Length / 2;
        return (
            Math.Max(0, squaresA - sumA * sumA / n),
            Math.Max(0, squaresB - sumB * sumB / n),
            products - sumA * sumB / n);
    }
}

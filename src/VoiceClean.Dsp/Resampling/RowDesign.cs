using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;

namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// Designs the rows of a <see cref="PolyphaseFilter"/>: a Kaiser-windowed sinc, seen from one position between two
/// input samples.
/// </summary>
internal sealed class RowDesign
{
    private const double FineTap = 1e-4;

    // Taps at a time.
    private const int Group = 32;

    private readonly double _omega, _support;
    private readonly KaiserWindow _window;
    // Tap j of the row at position p is the sinc at t = p + offset[j]. Its sine, sin(ω(p + n)), splits into tables over
    // n.
    private readonly double[] _offset, _sine, _cosine, _row;
    private readonly int _taps;

    /// <param name="taps">Taps per row, even.</param>
    /// <param name="cutoff">Cut-off frequency, as a fraction of the input rate.</param>
    /// <param name="support">Half width of the window [input sample].</param>
    /// <param name="beta">Of the Kaiser window.</param>
    public RowDesign(int taps, double cutoff, double support, double beta)
    {
        (_taps, _support, _omega, _window) = (taps, support, 2 * Math.PI * cutoff, new KaiserWindow(beta));
        // the last group may reach beyond the window, where it is zero
        int whole = (taps + Group - 1) / Group * Group;
        (_offset, _sine, _cosine, _row) = (new double[whole], new double[whole], new double[whole], new double[whole]);
        for (int tap = 0; tap < whole; tap++)
        {
            _offset[tap] = (taps / 2) - 1 - tap;
            (_sine[tap], _cosine[tap]) = Math.SinCos(_omega * _offset[tap]);
        }
    }

    /// <summary>Makes the row for a position behind an input sample, with a gain of 1 at DC.</summary>
    /// <param name="position">[input sample], about 0 to 1.</param>
    /// <param name="target">Receives the taps.</param>
    public void Make(double position, Span<float> target)
    {
        double[] row = _row;
        Sample(position);
        if (position == Math.Floor(position))
        {
            row[(_taps / 2) - 1 + (int)position] = 1;      // t = 0, where the quotient is 0/0
        }

        double missing = 1 - Normalize(row.AsSpan(0, _taps), target);
        // Phases of unequal gain would be an image of everything low.
        int small = FindSmall(row.AsSpan(0, _taps));
        target[small] = (float)(target[small] + missing);
    }

    // Divides by the sum; the sum of what rounding leaves.
    private static double Normalize(ReadOnlySpan<double> row, Span<float> target)
    {
        Vector256<double> sums = default, others = default;
        int tap = 0;
        for (; tap <= row.Length - 8; tap += 8)
        {
            sums += Vector256.Create(row[tap..]);
            others += Vector256.Create(row[(tap + 4)..]);
        }

        double sum = Sum(sums + others), rounded = 0;
        for (; tap < row.Length; tap++)
        {
            sum += row[tap];
        }

        (sums, others) = (default, default);
        Vector256<double> divisor = Vector256.Create(sum);
        for (tap = 0; tap <= row.Length - 8; tap += 8)
        {
            Vector256<float> taps = Vector256.Narrow(
                Vector256.Create(row[tap..]) / divisor,
                Vector256.Create(row[(tap + 4)..]) / divisor);
            taps.CopyTo(target[tap..]);
            sums += Vector256.WidenLower(taps);
            others += Vector256.WidenUpper(taps);
        }

        for (; tap < row.Length; tap++)
        {
            target[tap] = (float)(row[tap] / sum);
            rounded += target[tap];
        }

        return rounded + Sum(sums + others);
    }

    private static double Sum(Vector256<double> lanes) => (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sample(double position)
    {
        (double sinP, double cosP) = Math.SinCos(_omega * position);
        Vector256<double> at = Vector256.Create(position);
        Span<double> row = _row;
        for (int tap = 0; tap < row.Length; tap += Group)
        {
            Span<double> group = row.Slice(tap, Group);
            for (int i = 0; i < Group; i += 4)
            {
                ((at + Vector256.Create(_offset, tap + i)) / _support).CopyTo(group[i..]);
            }

            _window.At(group);
            for (int i = 0; i < Group; i += 4)
            {
                Vector256<double> t = at + Vector256.Create(_offset, tap + i);
                Vector256<double> s =
                    sinP * Vector256.Create(_cosine, tap + i) + cosP * Vector256.Create(_sine, tap + i);
                (Vector256.Create<double>(group[i..]) * s / (_omega * t)).CopyTo(group[i..]);
            }
        }
    }

    // The least tap that is fine-grained enough to take up what rounding leaves; the first one if none is.
    private static int FindSmall(ReadOnlySpan<double> row)
    {
        Vector256<double> least = Vector256.Create(double.PositiveInfinity);
        int tap = 0;
        for (; tap <= row.Length - 4; tap += 4)
        {
            Vector256<double> size = Vector256.Abs(Vector256.Create(row[tap..]));
            Vector256<double> fine = Vector256.ConditionalSelect(
                Vector256.GreaterThan(size, Vector256.Create(FineTap)),
                size,
                Vector256.Create(double.PositiveInfinity));
            least = Vector256.MinNative(least, fine);
        }

        double smallest = Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3]));
        for (; tap < row.Length; tap++)
        {
            smallest = Math.Abs(row[tap]) is > FineTap and var size && size < smallest ? size : smallest;
        }

        for (int i = 0; i < row.Length; i++)
        {
            if (Math.Abs(row[i]) == smallest)
            {
                return i;
            }
        }

        return 0;
    }
}

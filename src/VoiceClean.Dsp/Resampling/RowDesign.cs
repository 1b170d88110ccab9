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
        int whole = (taps + 7) & ~7;        // the last group of eight may reach beyond the window, where it is zero
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(double position, Span<float> target)
    {
        (double sinP, double cosP) = Math.SinCos(_omega * position);
        double[] row = _row;
        for (int tap = 0; tap < row.Length; tap += 8)
        {
            Vector256<double> t0 = Vector256.Create(position) + Vector256.Create(_offset, tap);
            Vector256<double> t1 = Vector256.Create(position) + Vector256.Create(_offset, tap + 4);
            Vector256<double> w0 = t0 / _support, w1 = t1 / _support;
            _window.At(ref w0, ref w1);
            Vector256<double> s0 = sinP * Vector256.Create(_cosine, tap) + cosP * Vector256.Create(_sine, tap);
            Vector256<double> s1 = sinP * Vector256.Create(_cosine, tap + 4) + cosP * Vector256.Create(_sine, tap + 4);
            (w0 * s0 / (_omega * t0)).CopyTo(row, tap);
            (w1 * s1 / (_omega * t1)).CopyTo(row, tap + 4);
        }

        if (position == Math.Floor(position))
        {
            row[(_taps / 2) - 1 + (int)position] = 1;      // t = 0, where the quotient is 0/0
        }

        double sum = 0;
        for (int tap = 0; tap < _taps; tap++)
        {
            sum += row[tap];
        }

        double missing = 1;
        int small = 0;          // the least tap that is fine-grained enough to take up what rounding leaves
        for (int tap = 0; tap < _taps; tap++)
        {
            target[tap] = (float)(row[tap] / sum);
            missing -= target[tap];
            double size = Math.Abs(row[tap]), smallest = Math.Abs(row[small]);
            small = size > FineTap && (size < smallest || smallest <= FineTap) ? tap : small;
        }

        // Phases of unequal gain would be an image of everything low.
        target[small] = (float)(target[small] + missing);
    }
}

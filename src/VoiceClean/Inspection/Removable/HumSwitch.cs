namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Which blocks hum as one of them does. Hum is switched, with a machine or by a cut between two takes; a mean over a
/// switch would leave half of it on one side and add the other half on the other side. Each block is held against the
/// one in the middle and its neighbours, all harmonics together, each difference in units of its expected scatter.
/// </summary>
/// <param name="re">[block · harmonic], a ring of so many blocks as it has room for.</param>
/// <param name="im">The same of the imaginary parts.</param>
/// <param name="weight">The same of the weights, each one over half the expected scatter |error|².</param>
/// <param name="count">Harmonics in a block.</param>
/// <param name="steady">How many of them are compared, from the lowest on.</param>
internal sealed class HumSwitch(double[] re, double[] im, double[] weight, int count, int steady)
{
    private const int Near = 2;                     // blocks to either side that tell how it hums here
    private const double Drift = 0.04;              // of the power of a harmonic: what may change with no switch
    private const double Most = 20;                 // of one deviation
    private const double Same = 3, Other = 4;       // mean deviation of what is alike, of what is not

    private readonly double[] _alike = new double[re.Length / count];

    /// <summary>How far each block counts as alike, 0 to 1 [to - from + 1]; valid until the next call.</summary>
    /// <param name="b">The block in the middle.</param>
    /// <param name="from">The first to be compared.</param>
    /// <param name="to">The last.</param>
    public ReadOnlySpan<double> Alike(int b, int from, int to)
    {
        (int first, int last) = Around(b, from, to);
        Span<double> off = _alike.AsSpan(0, to - from + 1);
        Deviations(off, from, first, last);
        for (int t = 0; t < off.Length; t++)
        {
            off[t] = Math.Clamp((Other - off[t]) / (Other - Same), 0, 1);
        }

        return off;
    }

    // The blocks that tell how it hums at b: Near to either side, or to one side if it is switched within them.
    private (int First, int Last) Around(int b, int from, int to)
    {
        (int first, int last) = (Math.Max(from, b - Near), Math.Min(to, b + Near));
        double both = Largest(first, last), before = Largest(first, b), after = Largest(b, last);
        return both <= Same ? (first, last) : before < after ? (first, b) : (b, last);
    }

    private double Largest(int first, int last)
    {
        Span<double> off = stackalloc double[last - first + 1];
        Deviations(off, first, first, last);
        double largest = 0;
        foreach (double d in off)
        {
            largest = Math.Max(largest, d);
        }

        return largest;
    }

    // Of the blocks from `from` on from the mean of those from first to last.
    private void Deviations(Span<double> off, int from, int first, int last)
    {
        off.Clear();
        for (int h = 0; h < steady; h++)
        {
            double sum = 0, a = 0, c = 0;
            for (int t = first; t <= last; t++)
            {
                int i = Place(t, h);
                sum += weight[i];
                a += weight[i] * re[i];
                c += weight[i] * im[i];
            }

            if (sum > 0)
            {
                Compare(off, from, h, a / sum, c / sum, sum);
            }
        }

        foreach (ref double d in off)
        {
            d /= steady;
        }
    }

    private void Compare(Span<double> off, int from, int h, double a, double c, double known)
    {
        double power = (a * a) + (c * c);
        for (int t = 0; t < off.Length; t++)
        {
            int i = Place(from + t, h);
            if (weight[i] > 0)
            {
                double p = (re[i] * re[i]) + (im[i] * im[i]), x = re[i] - a, y = im[i] - c;
                double scatter = (2 / known) + (2 / weight[i]) + (Drift * Math.Max(p, power));
                off[t] += Math.Min(Most, ((x * x) + (y * y)) / scatter);
            }
        }
    }

    private int Place(int block, int harmonic) => (block % (re.Length / count) * count) + harmonic;
}

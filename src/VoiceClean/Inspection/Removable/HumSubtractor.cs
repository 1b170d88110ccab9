using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Subtracts each harmonic as it is, with the slowly changing amplitude and phase that it has over ± 1 s. A notch would
/// take as much from a voice that passes the frequency; here each block of 0.1 s counts by one over the power 10 Hz
/// beside the harmonic (the maximum-likelihood weight of a constant in noise of changing power), so that what is
/// subtracted is learnt between the sounds of the voice. A block holds whole periods of 50, of 60 and of 10 Hz, so
/// harmonics do not disturb each other, and hum does not disturb its weight. Mains wander, and the sixtieth harmonic
/// sixty times as far: how far they are off at present is read from the lower harmonics, and the higher ones are
/// turned back by it before they are averaged.
/// </summary>
internal sealed class HumSubtractor
{
    private const int Reach = 10;               // blocks to either side of the average
    private const double BesideHz = 10;
    private const int Ring = 64;                // blocks remembered; more than 2·Reach + 3 + Oscillation.Together
    private const int SteadyHarmonic = 20;      // up to here the average follows by itself

    private readonly int _block, _count, _sampleRate;
    private readonly int[] _harmonics;
    private readonly double[] _frequencies;
    // of one block from phase zero; below, at, and above each harmonic [3·harmonic]
    private readonly Oscillation[] _waves;
    private readonly double[] _re, _im;         // of each block relative to phase zero at sample zero [ring · harmonic]
    private readonly double[] _weight;          // of each block and harmonic [ring · harmonic]
    private readonly bool[] _silent;            // blocks of digital silence [ring]
    private readonly double[] _raisedCosine;    // over the blocks of an average [2·Reach + 1]
    private readonly double[] _power;           // Σ amplitude² per harmonic, for the levels
    private readonly HumSwitch _switch;
    private int _blocksDone;

    /// <summary>Prepares for one clip.</summary>
    public HumSubtractor(double frequencyHz, int[] harmonics, int sampleRate)
    {
        _sampleRate = sampleRate;
        _block = sampleRate / 10;
        _harmonics = harmonics;
        _count = harmonics.Length;
        _frequencies = Array.ConvertAll(harmonics, h => h * frequencyHz);
        _waves = new Oscillation[3 * _count];
        for (int i = 0; i < _waves.Length; i++)
        {
            double turn = 2 * Math.PI * (_frequencies[i / 3] + (BesideHz * ((i % 3) - 1))) / sampleRate;
            _waves[i] = new Oscillation(turn, _block);
        }

        _re = new double[Ring * _count];
        _im = new double[Ring * _count];
        _weight = new double[Ring * _count];
        _silent = new bool[Ring];
        _switch = new HumSwitch(_re, _im, _weight, _count, Array.FindAll(harmonics, h => h <= SteadyHarmonic).Length);
        _power = new double[_count];
        _raisedCosine = new double[(2 * Reach) + 1];
        for (int n = -Reach; n <= Reach; n++)
        {
            _raisedCosine[n + Reach] = 0.5 + (0.5 * Math.Cos(Math.PI * n / (Reach + 1)));
        }
    }

    /// <summary>Subtracts the hum in place; blocks of digital silence stay as they are.</summary>
    /// <returns>The level of each harmonic [dBFS, RMS].</returns>
    public double[] Process(Span<float> samples, CancellationToken cancellation)
    {
        int blocks = (samples.Length + _block - 1) / _block, measured = 0;
        double[] left = new double[2 * _count], here = new double[2 * _count], right = new double[2 * _count];
        for (int b = 0; b < blocks; b++)
        {
            if (b % 10 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // Block b + Reach + 1 must be known before block b changes: its half reaches to the centre of block b + 1.
            while (measured < blocks && measured <= b + Reach + 1)
            {
                measured += Measure(measured, samples);
            }

            if (b == 0)
            {
                Average(0, blocks, here);
                here.CopyTo(left, 0);
            }

            Average(Math.Min(b + 1, blocks - 1), blocks, right);
            if (!_silent[b % Ring])
            {
                Subtract(b, samples, left, here, right);
                for (int h = 0; h < _count; h++)
                {
                    _power[h] += ((here[2 * h] * here[2 * h]) + (here[(2 * h) + 1] * here[(2 * h) + 1])) / 2;
                }

                _blocksDone++;
            }

            (left, here, right) = (here, right, left);
        }

        return Array.ConvertAll(_power, p => Decibels.FromPower(p / Math.Max(1, _blocksDone)));
    }

    // Amplitude of each harmonic in one block or a few, turned to phase zero at sample zero, and its weight. How many.
    private int Measure(int b, ReadOnlySpan<float> samples)
    {
        ReadOnlySpan<float> rest = samples[(b * _block)..];
        int blocks = rest.Length >= Oscillation.Together * _block ? Oscillation.Together : 1;
        ReadOnlySpan<float> x = rest[..Math.Min(blocks * _block, rest.Length)];
        for (int i = 0; i < blocks; i++)
        {
            ReadOnlySpan<float> one = x.Slice(i * _block, Math.Min(_block, x.Length));
            // below -120 dBFS there is no hum
            _silent[(b + i) % Ring] = SampleStatistics.SumOfSquares(one) <= 1e-12 * one.Length;
        }

        Span<(double Re, double Im)> below = stackalloc (double, double)[blocks],
            at = stackalloc (double, double)[blocks],
            above = stackalloc (double, double)[blocks];
        for (int h = 0; h < _count; h++)
        {
            _waves[3 * h].Correlate(x, below);
            _waves[(3 * h) + 1].Correlate(x, at);
            _waves[(3 * h) + 2].Correlate(x, above);
            for (int i = 0; i < blocks; i++)
            {
                Keep(b + i, h, Math.Min(_block, x.Length), at[i], Power(below[i]) + Power(above[i]));
            }
        }

        return blocks;
    }

    private void Keep(int b, int h, int length, (double Re, double Im) at, double beside)
    {
        int place = (b % Ring * _count) + h;
        // A last block that is not whole lets its neighbours in, which lowers its weight by itself.
        _weight[place] = _silent[b % Ring] ? 0 : 1 / ((beside / ((double)length * length)) + 1e-14);
        (double sin, double cos) = Math.SinCos(StartPhase(b, h));
        _re[place] = 2.0 / length * ((at.Re * cos) - (at.Im * sin));
        _im[place] = 2.0 / length * ((at.Re * sin) + (at.Im * cos));
    }

    private static double Power((double Re, double Im) z) => (z.Re * z.Re) + (z.Im * z.Im);

    // Phase at the start of block b [rad], kept small for long clips.
    private double StartPhase(int b, int h) => 2 * Math.PI * ((double)b * _block / _sampleRate * _frequencies[h] % 1);

    // The weighted mean over a raised cosine of blocks around b, of those where the hum is as it is at b.
    private void Average(int b, int blocks, double[] result)
    {
        int from = Math.Max(0, b - Reach), to = Math.Min(blocks - 1, b + Reach);
        ReadOnlySpan<double> alike = _switch.Alike(b, from, to);
        double turn = _harmonics[^1] > SteadyHarmonic ? TurnPerBlock(from, to) : 0;
        for (int h = 0; h < _count; h++)
        {
            double sum = 0, re = 0, im = 0, back = _harmonics[h] > SteadyHarmonic ? turn * _harmonics[h] : 0;
            (double sin, double cos) = Math.SinCos(back);
            (double s, double c) = Math.SinCos(back * (from - b));
            for (int at = from; at <= to; at++)
            {
                int i = ((at % Ring) * _count) + h;
                double w = _weight[i] * _raisedCosine[at - b + Reach] * alike[at - from];
                sum += w;
                re += w * ((_re[i] * c) + (_im[i] * s));
                im += w * ((_im[i] * c) - (_re[i] * s));
                (s, c) = ((s * cos) + (c * sin), (c * cos) - (s * sin));
            }

            (result[2 * h], result[(2 * h) + 1]) = sum > 0 ? (re / sum, im / sum) : (0, 0);
        }
    }

    // By how much the phase of the first harmonic runs ahead from block to block [rad]: what the lower harmonics agree
    // on, each weighted by how well it is known.
    private double TurnPerBlock(int from, int to)
    {
        double sum = 0, all = 0;
        for (int h = 0; h < _count && _harmonics[h] <= SteadyHarmonic; h++)
        {
            double re = 0, im = 0;
            for (int at = from; at < to; at++)
            {
                int i = (at % Ring * _count) + h, j = ((at + 1) % Ring * _count) + h;
                double w = Math.Min(_weight[i], _weight[j]);
                re += w * ((_re[i] * _re[j]) + (_im[i] * _im[j]));
                im += w * ((_im[j] * _re[i]) - (_re[j] * _im[i]));
            }

            double known = Math.Sqrt((re * re) + (im * im));
            sum += _harmonics[h] * known * Math.Atan2(im, re);
            all += (double)_harmonics[h] * _harmonics[h] * known;
        }

        return all > 0 ? sum / all : 0;
    }

    // Amplitudes run linearly from centre to centre of the blocks: the first half from `left` to `here`, the second on
    // to `right`.
    private void Subtract(int b, Span<float> samples, double[] left, double[] here, double[] right)
    {
        Span<float> x = samples.Slice(b * _block, Math.Min(_block, samples.Length - (b * _block)));
        int half = _block / 2 & ~7, middle = Math.Min(half, x.Length);
        for (int h = 0; h < _count; h++)
        {
            (double sin, double cos) = Math.SinCos(StartPhase(b, h));
            (double r0, double i0) = Turn(left, h, cos, sin);
            (double r1, double i1) = Turn(here, h, cos, sin);
            (double r2, double i2) = Turn(right, h, cos, sin);
            // Values at the edges of the block lie half way between the centres.
            Oscillation wave = _waves[(3 * h) + 1];
            wave.Subtract(
                x[..middle],
                0,
                (r0 + r1) / 2,
                (i0 + i1) / 2,
                (r1 - r0) / _block,
                (i1 - i0) / _block);
            wave.Subtract(x[middle..], middle, r1, i1, (r2 - r1) / _block, (i2 - i1) / _block);
        }
    }

    private static (double Re, double Im) Turn(double[] z, int h, double cos, double sin)
        => ((z[2 * h] * cos) + (z[(2 * h) + 1] * sin), (z[(2 * h) + 1] * cos) - (z[2 * h] * sin));
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection;

/// <summary>
/// Which cells of a spectrogram stand 6 dB out of their neighbourhood in frequency, in frames that are not far below
/// the loudest: one bit per cell, those of one frequency after each other in time. Frames of 96 ms every 24 ms of the
/// band up to 4.15 kHz.
/// </summary>
/// <remarks>Eight frames stand side by side in the lanes of a vector, each added up in its own order.</remarks>
internal sealed unsafe class TonalCells : IDisposable
{
    /// <summary>With fewer frames there are no cells.</summary>
    public const int LeastFrames = 60;

    private const double WorkRate = 10_000, FrameSeconds = 0.096, HopSeconds = 0.024, HighestHz = 4_150;
    private const double NeighbourhoodHz = 220, ActiveDb = 6, RangeDb = 35;
    private const int Lanes = 8;

    private readonly int _length, _hop, _reach, _words;
    private readonly Decimator _decimator;
    private readonly ulong[] _cells;        // [bins x words], a bit per frame

    /// <param name="samples">[sample] mono.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="cancellation">Looked at every few frames.</param>
    public TonalCells(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int factor = Math.Max(1, (int)(sampleRate / WorkRate));
        double rate = (double)sampleRate / factor;
        (_length, _hop) = (1 << (int)Math.Round(Math.Log2(FrameSeconds * rate)), (int)(HopSeconds * rate));
        double[] low = LowPass(factor);
        _decimator = new Decimator(factor, low, low.Length / 2);
        Frames = ((samples.Length / factor) - _length) / _hop;
        Bins = Math.Min((int)(HighestHz * _length / rate), (_length / 2) - 1);
        _reach = Math.Max(1, (int)(NeighbourhoodHz / 2 * _length / rate));
        if (Frames < LeastFrames)
        {
            (Frames, _cells) = (0, []);
            return;
        }

        _words = (Frames + 63) / 64;
        _cells = ArrayPool<ulong>.Shared.Rent(Bins * _words);
        _cells.AsSpan(0, Bins * _words).Clear();
        Measure(samples, cancellation);
    }

    /// <summary>Frames; 0 if they are too few.</summary>
    public int Frames { get; }

    /// <summary>Frequencies.</summary>
    public int Bins { get; }

    /// <summary>
    /// The cells of one frequency: bit t mod 64 of word t / 64 is frame t; those beyond the last are 0.
    /// </summary>
    public ReadOnlySpan<ulong> Of(int bin) => _cells.AsSpan(bin * _words, _words);

    /// <summary>Gives the cells back to the pool.</summary>
    public void Dispose()
    {
        if (_cells.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(_cells);
        }
    }

    private void Measure(ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        RealFft fft = RealFft.For(_length);
        ReadOnlySpan<float> window = Windows.SharedPeriodicHann(_length);
        float[] frame = new float[_length],
            re = new float[fft.BinCount],
            im = new float[fft.BinCount],
            powers = new float[fft.BinCount * Lanes],
            levels = new float[Bins * Lanes],
            totals = new float[(Frames + Lanes - 1) / Lanes * Lanes];
        Span<byte> cells = MemoryMarshal.AsBytes(_cells.AsSpan(0, Bins * _words));
        _decimator.Run(samples, 0, frame.AsSpan(_hop));
        for (int t = 0; t < Frames; t++)
        {
            // what frames have in common is decimated once
            frame.AsSpan(_hop).CopyTo(frame);
            _decimator.Run(samples, ((long)t * _hop) + _length - _hop, frame.AsSpan(_length - _hop));
            fft.Forward(frame, window, re, im);
            PowerSpectrum.Compute(re, im, powers.AsSpan(t % Lanes * fft.BinCount, fft.BinCount));
            if (t % Lanes == Lanes - 1 || t == Frames - 1)
            {
                cancellation.ThrowIfCancellationRequested();
                int group = t / Lanes;
                Level(powers, fft.BinCount, levels, totals.AsSpan(group * Lanes, Lanes));
                Find(levels, cells[group..]);
            }
        }

        DropQuiet(totals.AsSpan(0, Frames), cells);
    }

    // Levels of eight frames [bins x lanes], and how loud each of them is.
    private void Level(ReadOnlySpan<float> powers, int stride, Span<float> levels, Span<float> totals)
    {
        Vector256<double> lower = default, upper = default;
        fixed (float* p = powers, l = levels)
        {
            for (int k = 0; k < Bins; k++)
            {
                float* at = p + k;
                Vector256<float> power = Vector256.Create(
                    at[0],
                    at[stride],
                    at[2 * stride],
                    at[3 * stride],
                    at[4 * stride],
                    at[5 * stride],
                    at[6 * stride],
                    at[7 * stride]);
                lower += Vector256.WidenLower(power);
                upper += Vector256.WidenUpper(power);
                Vector256<float> db = VectorMath.Log10(power + Vector256.Create(1e-14f)) * Vector256.Create(10f);
                db.Store(l + (k * Lanes));
            }
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            totals[lane] = (float)Decibels.FromPower((lane < 4 ? lower[lane] : upper[lane - 4]) + 1e-14);
        }
    }

    // Cells that stand out of their neighbourhood, a byte for the eight frames of each frequency.
    private void Find(ReadOnlySpan<float> levels, Span<byte> cells)
    {
        Vector256<double> lower = default, upper = default, most = Vector256.Create(ActiveDb);
        int from = 0, to = 0, stride = _words * sizeof(ulong);
        fixed (float* l = levels)
        {
            for (int k = 0; k < Bins; k++)
            {
                for (; to < Math.Min(Bins, k + _reach + 1); to++)
                {
                    lower += Vector256.WidenLower(Vector256.Load(l + (to * Lanes)));
                    upper += Vector256.WidenUpper(Vector256.Load(l + (to * Lanes)));
                }

                for (; from < k - _reach; from++)
                {
                    lower -= Vector256.WidenLower(Vector256.Load(l + (from * Lanes)));
                    upper -= Vector256.WidenUpper(Vector256.Load(l + (from * Lanes)));
                }

                Vector256<float> level = Vector256.Load(l + (k * Lanes));
                Vector256<double> count = Vector256.Create((double)(to - from));
                uint low = Vector256.GreaterThan(Vector256.WidenLower(level) - (lower / count), most)
                    .ExtractMostSignificantBits();
                uint high = Vector256.GreaterThan(Vector256.WidenUpper(level) - (upper / count), most)
                    .ExtractMostSignificantBits();
                cells[k * stride] = (byte)(low | (high << 4));
            }
        }
    }

    // In frames far below the loudest, and behind the last, nothing counts.
    private void DropQuiet(ReadOnlySpan<float> totals, Span<byte> cells)
    {
        float least = float.NegativeInfinity;
        foreach (float total in totals)
        {
            least = Math.Max(least, total);
        }

        least -= (float)RangeDb;
        int groups = (totals.Length + Lanes - 1) / Lanes, stride = _words * sizeof(ulong);
        for (int group = 0; group < groups; group++)
        {
            int loud = 0;
            for (int t = group * Lanes; t < Math.Min(totals.Length, (group + 1) * Lanes); t++)
            {
                loud |= totals[t] > least ? 1 << (t % Lanes) : 0;
            }

            for (int k = 0; loud != 0xFF && k < Bins; k++)
            {
                cells[(k * stride) + group] &= (byte)loud;
            }
        }
    }

    private static double[] LowPass(int factor)
    {
        double[] low = KaiserFilter.LowPass((16 * factor) | 1, 0.45 / factor, KaiserFilter.Beta(50));
        double sum = low.Sum();
        return Array.ConvertAll(low, tap => tap / sum);
    }
}

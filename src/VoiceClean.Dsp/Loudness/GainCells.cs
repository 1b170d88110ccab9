using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// A gain that moves slowly against the signal, kept once per cell of a quarter of a millisecond instead of once per
/// sample. Between cells it follows a quadratic B-spline: smooth (its slope has no corners), never outside the values
/// it runs between, and weighting only the cell and its two neighbours. Immutable and thread-safe.
/// </summary>
internal sealed class GainCells
{
    /// <summary>Length of a cell [s], rounded to whole samples.</summary>
    public const double CellSeconds = 0.25e-3;

    private const int Lanes = 8;

    // Length weights for the previous cell, as many for the own, as many for the next
    private readonly float[] _spline;

    /// <summary>Prepares the cells for a sampling rate.</summary>
    /// <param name="sampleRate">[Hz], at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is below 1.</exception>
    public GainCells(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        Length = Math.Max(1, (int)Math.Round(CellSeconds * sampleRate));
        _spline = new float[3 * Length];
        for (int i = 0; i < Length; i++)
        {
            double u = (i + 0.5) / Length;
            _spline[i] = (float)(0.5 * (1 - u) * (1 - u));
            _spline[Length + i] = (float)(0.5 + u * (1 - u));
            _spline[2 * Length + i] = (float)(0.5 * u * u);
        }
    }

    /// <summary>Samples per cell; 8 at 32 kHz.</summary>
    public int Length { get; }

    /// <summary>Number of cells of a recording of <paramref name="samples"/>, a last incomplete one included.</summary>
    public int Count(int samples) => (int)(((long)samples + Length - 1) / Length);

    /// <summary>output = sample · gain · (1 − reduction).</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="gain">Factor.</param>
    /// <param name="reductions">Per cell, 0 … 1; around cells where it is 0 the result is exactly sample ·
    /// gain.</param>
    /// <param name="output">As long as <paramref name="samples"/>; may be the same memory.</param>
    public void Apply(ReadOnlySpan<float> samples, float gain, ReadOnlySpan<float> reductions, Span<float> output) =>
        Apply(samples, gain, reductions, 0, output[..samples.Length]);

    /// <summary>The same for a stretch of the recording, with the bits of the whole.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="gain">Factor.</param>
    /// <param name="reductions">Per cell of the recording.</param>
    /// <param name="from">The first sample of the stretch.</param>
    /// <param name="output">Receives the stretch, which lies within the recording.</param>
    public void Apply(
        ReadOnlySpan<float> samples,
        float gain,
        ReadOnlySpan<float> reductions,
        int from,
        Span<float> output)
    {
        Check(samples.Length, reductions.Length);
        samples = samples.Slice(from, output.Length);
        int cell = from / Length, done = 0;
        int end = Math.Min(reductions.Length, ((from + output.Length - 1) / Length) + 2);   // the last has a neighbour
        while (done < output.Length)
        {
            float own = reductions[cell],
                previous = cell > 0 ? reductions[cell - 1] : own,
                next = cell + 1 < reductions.Length ? reductions[cell + 1] : own;
            int start = done;
            if (previous == 0 && own == 0 && next == 0)
            {
                int idle = NonZero.First(reductions[cell..end]);
                cell += idle < 0 ? reductions.Length : Math.Max(1, idle - 1);
                done = (int)Math.Min(((long)cell * Length) - from, output.Length);
                Scale(samples[start..done], gain, output[start..done]);
            }
            else if (Length == Lanes && from + start == cell * Lanes && output.Length - start >= Lanes)
            {
                int cells = ApplyCells(samples[start..], gain, reductions, cell, output[start..]);
                cell += cells;
                done += cells * Lanes;
            }
            else
            {
                int offset = from + start - (cell * Length);
                done = Math.Min(start + Length - offset, output.Length);
                ApplyCell(samples[start..done], gain, previous, own, next, offset, output[start..done]);
                cell++;
            }
        }
    }

    /// <summary>output = sample · gain.</summary>
    public static void Scale(ReadOnlySpan<float> samples, float gain, Span<float> output)
    {
        ref float x = ref MemoryMarshal.GetReference(samples);
        ref float y = ref MemoryMarshal.GetReference(output[..samples.Length]);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            (Vector256.LoadUnsafe(ref x, (nuint)i) * Vector256.Create(gain)).StoreUnsafe(ref y, (nuint)i);
        }

        for (; i < samples.Length; i++)
        {
            output[i] = samples[i] * gain;
        }
    }

    // Whole cells of eight samples, from one on to the next that is idle or not whole; how many.
    private int ApplyCells(
        ReadOnlySpan<float> samples,
        float gain,
        ReadOnlySpan<float> reductions,
        int first,
        Span<float> output)
    {
        Vector256<float> a = Vector256.Create(_spline, 0),
            b = Vector256.Create(_spline, Lanes),
            c = Vector256.Create(_spline, 2 * Lanes);
        float own = reductions[first], previous = first > 0 ? reductions[first - 1] : own;
        int count = 0;
        for (int cell = first; cell < reductions.Length && (count + 1) * Lanes <= output.Length; cell++)
        {
            float next = cell + 1 < reductions.Length ? reductions[cell + 1] : own;
            if (previous == 0 && own == 0 && next == 0)
            {
                break;
            }

            Vector256<float> r = a * previous + b * own + c * next;
            (Vector256.Create(samples.Slice(count * Lanes, Lanes)) * ((Vector256<float>.One - r) * gain)).CopyTo(
                output.Slice(count * Lanes, Lanes));
            (previous, own) = (own, next);
            count++;
        }

        return count;
    }

    private void ApplyCell(
        ReadOnlySpan<float> samples,
        float gain,
        float previous,
        float own,
        float next,
        int offset,
        Span<float> output)
    {
        ReadOnlySpan<float> a = _spline.AsSpan(offset, samples.Length),
            b = _spline.AsSpan(Length + offset, samples.Length),
            c = _spline.AsSpan((2 * Length) + offset, samples.Length);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Vector256<float> r =
                Vector256.Create(a.Slice(i, 8)) * previous
                + Vector256.Create(b.Slice(i, 8)) * own
                + Vector256.Create(c.Slice(i, 8)) * next;
            (Vector256.Create(samples.Slice(i, 8)) * ((Vector256<float>.One - r) * gain)).CopyTo(output.Slice(i, 8));
        }

        for (; i < samples.Length; i++)
        {
            float r = a[i] * previous + b[i] * own + c[i] * next;
            output[i] = samples[i] * ((1 - r) * gain);
        }
    }

    internal void Check(int samples, int cells)
    {
        if (cells != Count(samples))
        {
            throw new ArgumentException($"{samples} samples are {Count(samples)} cells, not {cells}.");
        }
    }
}

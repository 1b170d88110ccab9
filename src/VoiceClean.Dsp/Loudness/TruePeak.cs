using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// True peak: the highest magnitude of the continuous signal behind the samples.
/// Source: ITU-R BS.1770-5 Annex 2, at 8 times the sampling rate instead of the least permitted 4 times, with 48 taps
/// per phase and a parabola through each local maximum; within 0.02 dB on settled tones up to 0.49 of the sampling
/// rate.
/// </summary>
/// <remarks>
/// Before the first and after the last sample the signal is zero, and the ringing there counts. The result is exactly
/// that of interpolating everything, but rows that provably stay below what was already found are not computed
/// (<see cref="TruePeakFilter"/>).
/// </remarks>
public static class TruePeak
{
    private const int BlockLength = 32, GroupLength = 4, GroupCount = BlockLength / GroupLength;

    // Blocks that are looked at only if the loudest sample around them gives reason to.
    private const int StretchBlocks = 8, StretchLength = StretchBlocks * BlockLength;

    // Samples in front of and behind a block that its rows, and the row before it, look at.
    private const int Lead = GroupLength + TruePeakFilter.Before,
        WindowLength = Lead + BlockLength + TruePeakFilter.After;

    /// <summary>The highest |sample|; 0 for an empty span.</summary>
    public static float SamplePeak(ReadOnlySpan<float> samples)
    {
        // Four running maxima: one would wait for itself.
        Vector256<float> m0 = default, m1 = default, m2 = default, m3 = default;
        ref float x = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= samples.Length - 32; i += 32)
        {
            m0 = Vector256.MaxNative(m0, Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i)));
            m1 = Vector256.MaxNative(m1, Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i + 8)));
            m2 = Vector256.MaxNative(m2, Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i + 16)));
            m3 = Vector256.MaxNative(m3, Vector256.Abs(Vector256.LoadUnsafe(ref x, (nuint)i + 24)));
        }

        float peak = Highest(Vector256.MaxNative(Vector256.MaxNative(m0, m1), Vector256.MaxNative(m2, m3)));
        for (; i < samples.Length; i++)
        {
            peak = Math.Max(peak, Math.Abs(samples[i]));
        }

        return peak;
    }

    /// <summary>
    /// The true peak as an amplitude, 1 = full scale; <see cref="Decibels.FromAmplitude"/> turns it into [dBTP].
    /// </summary>
    /// <param name="samples">A recording from its beginning to its end, finite. 0 for an empty span.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    public static double Measure(ReadOnlySpan<float> samples, CancellationToken cancellation = default) =>
        Measure(samples, out _, cancellation);

    /// <summary>The true peak and the sample peak in one pass over the samples.</summary>
    /// <param name="samples">A recording from its beginning to its end, finite. 0 for an empty span.</param>
    /// <param name="samplePeak">Receives what <see cref="SamplePeak"/> gives.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    public static double Measure(
        ReadOnlySpan<float> samples,
        out float samplePeak,
        CancellationToken cancellation = default)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(CountStretches(samples.Length));
        Span<float> peaks = rented.AsSpan(0, CountStretches(samples.Length));
        MeasureStretches(samples, peaks);
        samplePeak = SamplePeak(peaks);
        var sink = new HighestPeak { Threshold = samplePeak };
        Scan(samples, peaks, ref sink, cancellation);
        ArrayPool<float>.Shared.Return(rented);
        return sink.Threshold;
    }

    /// <summary>
    /// The same without leaving anything out; what <see cref="Measure(ReadOnlySpan{float}, CancellationToken)"/> is
    /// tested against.
    /// </summary>
    internal static double MeasureExhaustively(ReadOnlySpan<float> samples)
    {
        var sink = new HighestPeakOfAll();
        Scan(samples, ref sink, default);
        return sink.Peak;
    }

    /// <summary>Highest true peak of each row that may exceed the sink's threshold.</summary>
    internal static void Scan<TSink>(ReadOnlySpan<float> samples, ref TSink sink, CancellationToken cancellation)
        where TSink : struct, IPeakSink, allows ref struct
    {
        float[] rented = ArrayPool<float>.Shared.Rent(CountStretches(samples.Length));
        Span<float> peaks = rented.AsSpan(0, CountStretches(samples.Length));
        MeasureStretches(samples, peaks);
        Scan(samples, peaks, ref sink, cancellation);
        ArrayPool<float>.Shared.Return(rented);
    }

    private static void Scan<TSink>(
        ReadOnlySpan<float> samples,
        ReadOnlySpan<float> stretchPeaks,
        ref TSink sink,
        CancellationToken cancellation)
        where TSink : struct, IPeakSink, allows ref struct
    {
        // No second difference exceeds four times the highest sample around, so that alone rules out all but the loud
        // stretches.
        const float MostPerSample = 4;
        float reach = 1 + MostPerSample * TruePeakFilter.DifferenceGain + TruePeakFilter.RestGain;
        // the block behind the end hears it ring out
        int blocks = (samples.Length + BlockLength - 1) / BlockLength + 1;
        float before = 0, here = 0;
        for (int block = -StretchBlocks; block < blocks; block += StretchBlocks)
        {
            int next = (block / StretchBlocks) + 1;
            float after = next < stretchPeaks.Length ? stretchPeaks[next] : 0;
            if (
                Math.Max(here, Math.Max(before, after)) * reach > sink.Threshold
                && MayExceed(samples, block, sink.Threshold))
            {
                ScanBlocks(samples, Math.Max(block, -1), Math.Min(block + StretchBlocks, blocks), ref sink);
            }

            (before, here) = (here, after);
            if ((block & 0xFFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Whether the bound that a stretch and a block on either side allow exceeds the threshold.</summary>
    private static bool MayExceed(ReadOnlySpan<float> samples, int block, float threshold)
    {
        Span<float> padded = stackalloc float[(StretchBlocks + 2) * BlockLength + 2];
        BlockBounds b = Bounds(Window(samples, (block - 1) * BlockLength - 1, padded.Length, padded));
        return b.Peak + b.Difference * TruePeakFilter.DifferenceGain + b.Peak * TruePeakFilter.RestGain > threshold;
    }

    private static int CountStretches(int length) => (int)(((long)length + StretchLength - 1) / StretchLength);

    private static void MeasureStretches(ReadOnlySpan<float> samples, Span<float> peaks)
    {
        for (int i = 0; i < peaks.Length; i++)
        {
            peaks[i] = SamplePeak(samples[(i * StretchLength)..Math.Min(samples.Length, (i + 1) * StretchLength)]);
        }
    }

    private static void ScanBlocks<TSink>(ReadOnlySpan<float> samples, int from, int to, ref TSink sink)
        where TSink : struct, IPeakSink, allows ref struct
    {
        Span<float> padded = stackalloc float[WindowLength];
        Span<float> grid = stackalloc float[(GroupCount + 1) * GroupLength * TruePeakFilter.Phases + 1];
        BlockBounds before = Bounds(samples, from - 1, padded), here = Bounds(samples, from, padded);
        for (int block = from; block < to; block++)
        {
            BlockBounds after = Bounds(samples, block + 1, padded);
            float difference = Math.Max(here.Difference, Math.Max(before.Difference, after.Difference));
            float margin = difference * TruePeakFilter.DifferenceGain
                + Math.Max(here.Peak, Math.Max(before.Peak, after.Peak)) * TruePeakFilter.RestGain;
            if (here.Peak + margin > sink.Threshold)
            {
                ScanBlock(
                    Window(samples, block * BlockLength - Lead, WindowLength, padded),
                    block * BlockLength,
                    margin,
                    grid,
                    ref sink);
            }

            (before, here) = (here, after);
        }
    }

    private static void ScanBlock<TSink>(
        scoped ReadOnlySpan<float> window,
        int start,
        float margin,
        scoped Span<float> grid,
        ref TSink sink)
        where TSink : struct, IPeakSink, allows ref struct
    {
        // grid: row start − 4 first; group g of the block stands at g + 1.
        int known = -1;
        grid[^1] = window[Lead + BlockLength];
        for (int g = 0; g < GroupCount; g++)
        {
            ReadOnlySpan<float> own = window.Slice(Lead + g * GroupLength, GroupLength + 1);
            float peak = Math.Max(
                Math.Max(Math.Abs(own[0]), Math.Abs(own[1])),
                Math.Max(Math.Max(Math.Abs(own[2]), Math.Abs(own[3])), Math.Abs(own[4])));
            if (!(peak + margin > sink.Threshold))
            {
                continue;
            }

            for (int r = Math.Max(known + 1, g); r <= g + 1; r++)
            {
                InterpolateGroup(
                    window.Slice(r * GroupLength, GroupLength + TruePeakFilter.TapsPerPhase - 1),
                    grid.Slice(r * GroupLength * TruePeakFilter.Phases, GroupLength * TruePeakFilter.Phases));
            }

            known = g + 1;
            if (g < GroupCount - 1)
            {
                // the next row begins with its sample
                grid[(g + 2) * GroupLength * TruePeakFilter.Phases] = own[4];
            }

            for (int r = 0; r < GroupLength; r++)
            {
                float row = RowPeak(
                    grid.Slice(((g + 1) * GroupLength + r) * TruePeakFilter.Phases - 1, TruePeakFilter.Phases + 2));
                sink.Add(start + g * GroupLength + r, row);
            }
        }
    }

    /// <summary>Four rows of eight phases: y[n + p/8] = Σₖ x[n − 23 + k]·h[p][k], summed in the order of k.</summary>
    /// <param name="x">From the first row's sample −23 on.</param>
    /// <param name="rows">4 × 8 values.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InterpolateGroup(ReadOnlySpan<float> x, Span<float> rows)
    {
        ref float taps = ref MemoryMarshal.GetArrayDataReference(TruePeakFilter.Taps);
        ref float s = ref MemoryMarshal.GetReference(x[..(TruePeakFilter.TapsPerPhase + GroupLength - 1)]);
        Vector256<float> y0 = default, y1 = default, y2 = default, y3 = default;
        for (int k = 0; k < TruePeakFilter.TapsPerPhase; k++)
        {
            Vector256<float> h = Vector256.LoadUnsafe(ref taps, (nuint)(k * TruePeakFilter.Phases));
            y0 += h * Vector256.Create(Unsafe.Add(ref s, k));
            y1 += h * Vector256.Create(Unsafe.Add(ref s, k + 1));
            y2 += h * Vector256.Create(Unsafe.Add(ref s, k + 2));
            y3 += h * Vector256.Create(Unsafe.Add(ref s, k + 3));
        }

        y0.CopyTo(rows);
        y1.CopyTo(rows[8..]);
        y2.CopyTo(rows[16..]);
        y3.CopyTo(rows[24..]);
    }

    /// <summary>
    /// The highest magnitude in a row, each local maximum raised to the vertex of the parabola through it and its
    /// neighbours.
    /// </summary>
    /// <param name="y">The value before the row, its 8 values, the value after it.</param>
    private static float RowPeak(ReadOnlySpan<float> y)
    {
        float peak = 0;
        for (int i = 1; i <= TruePeakFilter.Phases; i++)
        {
            float b = Math.Abs(y[i]);

            // A vertex lies at most a quarter above its middle value.
            if (b * 1.25f <= peak)
            {
                continue;
            }

            float sign = y[i] < 0 ? -1 : 1;
            float a = b - sign * y[i - 1], c = b - sign * y[i + 1];
            float vertex = a >= 0 && c >= 0 && a + c > 0 ? b + (a - c) * (a - c) / (8 * (a + c)) : b;
            peak = Math.Max(peak, vertex);
        }

        return peak;
    }

    private static BlockBounds Bounds(ReadOnlySpan<float> samples, int block, Span<float> padded)
        => Bounds(Window(samples, block * BlockLength - 1, BlockLength + 2, padded));

    /// <summary>The highest |x| of a run of samples, without the first, and its highest |second difference|.</summary>
    /// <param name="run">A multiple of 16 samples with one more on either side.</param>
    private static BlockBounds Bounds(ReadOnlySpan<float> run)
    {
        ref float x = ref MemoryMarshal.GetReference(run);
        Vector256<float> peak0 = default, peak1 = default, difference0 = default, difference1 = default;
        for (int i = 0; i <= run.Length - 18; i += 16)
        {
            Vector256<float> before = Vector256.LoadUnsafe(ref x, (nuint)i),
                here = Vector256.LoadUnsafe(ref x, (nuint)i + 1),
                after = Vector256.LoadUnsafe(ref x, (nuint)i + 2);
            peak0 = Vector256.MaxNative(peak0, Vector256.Abs(after));
            difference0 = Vector256.MaxNative(difference0, Vector256.Abs(before + after - (here + here)));
            before = Vector256.LoadUnsafe(ref x, (nuint)i + 8);
            here = Vector256.LoadUnsafe(ref x, (nuint)i + 9);
            after = Vector256.LoadUnsafe(ref x, (nuint)i + 10);
            peak1 = Vector256.MaxNative(peak1, Vector256.Abs(after));
            difference1 = Vector256.MaxNative(difference1, Vector256.Abs(before + after - (here + here)));
        }

        return new BlockBounds(
            Math.Max(Math.Abs(run[1]), Highest(Vector256.MaxNative(peak0, peak1))),
            Highest(Vector256.MaxNative(difference0, difference1)));
    }

    /// <summary>A stretch of the samples, with zeros where it leaves them.</summary>
    private static ReadOnlySpan<float> Window(ReadOnlySpan<float> samples, int start, int length, Span<float> padded)
    {
        if (start >= 0 && start <= samples.Length - length)
        {
            return samples.Slice(start, length);
        }

        padded = padded[..length];
        PaddedStretch.Copy(samples, start, padded);
        return padded;
    }

    private static float Highest(Vector256<float> v)
    {
        Vector128<float> four = Vector128.Max(v.GetLower(), v.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    /// <summary>Takes the peaks of rows.</summary>
    internal interface IPeakSink
    {
        /// <summary>Rows that cannot exceed this are left out.</summary>
        float Threshold { get; }

        /// <summary>
        /// The peak between sample <paramref name="row"/> and the next; rows lie up to 32 before the first and behind
        /// the last sample.
        /// </summary>
        void Add(int row, float peak);
    }

    private readonly record struct BlockBounds(float Peak, float Difference);

    private struct HighestPeak : IPeakSink
    {
        public float Threshold { get; set; }

        public void Add(int row, float peak) => Threshold = Math.Max(Threshold, peak);
    }

    private struct HighestPeakOfAll : IPeakSink
    {
        public readonly float Threshold => -1;

        public float Peak { get; private set; }

        public void Add(int row, float peak) => Peak = Math.Max(Peak, peak);
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
        float[] rented = ArrayPool<float>.Shared.Rent(TruePeakScan.CountStretches(samples.Length));
        Span<float> peaks = rented.AsSpan(0, TruePeakScan.CountStretches(samples.Length));
        TruePeakScan.MeasureStretches(samples, peaks);
        samplePeak = SamplePeak(peaks);
        var sink = new HighestPeak(int.MinValue, int.MaxValue) { Threshold = samplePeak };
        TruePeakScan.Run(samples, peaks, ref sink, cancellation);
        ArrayPool<float>.Shared.Return(rented);
        return sink.Threshold;
    }

    /// <summary>The true peak of a stretch of a recording, or what was found before if that is higher.</summary>
    /// <param name="samples">The stretch and 64 samples or more on either side; zeros where the recording does not
    /// reach.</param>
    /// <param name="from">The first sample whose peak, up to the next sample, counts; a multiple of 256.</param>
    /// <param name="to">One past the last one.</param>
    /// <param name="known">What was found before.</param>
    internal static float MeasureWithin(ReadOnlySpan<float> samples, int from, int to, float known)
    {
        var sink = new HighestPeak(from, to)
        {
            Threshold = Math.Max(known, SamplePeak(samples[from..Math.Min(to, samples.Length)])),
        };
        Scan(samples, ref sink, default);
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
        float[] rented = ArrayPool<float>.Shared.Rent(TruePeakScan.CountStretches(samples.Length));
        Span<float> peaks = rented.AsSpan(0, TruePeakScan.CountStretches(samples.Length));
        TruePeakScan.MeasureStretches(samples, peaks);
        TruePeakScan.Run(samples, peaks, ref sink, cancellation);
        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The highest of eight values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Highest(Vector256<float> v)
    {
        Vector128<float> four = Vector128.Max(v.GetLower(), v.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    private struct HighestPeak(int from, int to) : IPeakSink
    {
        public float Threshold { get; set; }

        public void Add(int row, float peak) =>
            Threshold = row >= from && row < to ? Math.Max(Threshold, peak) : Threshold;
    }

    private struct HighestPeakOfAll : IPeakSink
    {
        public readonly float Threshold => -1;

        public float Peak { get; private set; }

        public void Add(int row, float peak) => Peak = Math.Max(Peak, peak);
    }
}

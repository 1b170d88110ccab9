using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>What bounds the true peak of a run of samples without interpolating it.</summary>
/// <param name="Peak">Its highest magnitude.</param>
/// <param name="Difference">Its highest |second difference|.</param>
internal readonly record struct PeakBounds(float Peak, float Difference)
{
    /// <summary>The highest |x| of a run of samples, without the first, and its highest |second difference|.</summary>
    /// <param name="run">A multiple of 16 samples with one more on either side.</param>
    public static PeakBounds Of(ReadOnlySpan<float> run)
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

        return new PeakBounds(
            Math.Max(Math.Abs(run[1]), TruePeak.Highest(Vector256.MaxNative(peak0, peak1))),
            TruePeak.Highest(Vector256.MaxNative(difference0, difference1)));
    }

    /// <summary>The larger of both bounds.</summary>
    public PeakBounds Or(PeakBounds other) =>
        new(Math.Max(Peak, other.Peak), Math.Max(Difference, other.Difference));

    /// <summary>Most by which the true peak within reach of these samples exceeds the samples of a row.</summary>
    public float Margin => (Difference * TruePeakFilter.DifferenceGain) + (Peak * TruePeakFilter.RestGain);
}

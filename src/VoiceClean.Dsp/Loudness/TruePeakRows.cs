using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>The arithmetic of <see cref="TruePeakFilter"/>: interpolates rows and finds their peaks.</summary>
internal static class TruePeakRows
{
    /// <summary>Rows that are interpolated at once.</summary>
    public const int GroupLength = 4;

    /// <summary>Four rows of eight phases: y[n + p/8] = Σₖ x[n − 23 + k]·h[p][k], summed in the order of k.</summary>
    /// <param name="x">From the first row's sample −23 on.</param>
    /// <param name="rows">4 × 8 values.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Interpolate(ReadOnlySpan<float> x, Span<float> rows)
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
    public static float Peak(ReadOnlySpan<float> y)
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
}

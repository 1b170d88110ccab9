using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Loudness;

/// <summary>What the peaks of cells need of <see cref="TruePeakLimiter"/>, and for how long.</summary>
internal static class PeakNeeds
{
    /// <summary>1 − ceiling/peak for a tile and its surroundings; false if none is above 0.</summary>
    public static bool Need(ReadOnlySpan<float> peaks, int start, float ratio, Span<float> needed)
    {
        int from = Math.Max(start, 0), to = (int)Math.Min((long)start + needed.Length, peaks.Length);
        needed.Clear();
        peaks[from..to].CopyTo(needed[(from - start)..]);
        if (NonZero.First(needed) < 0)
        {
            return false;
        }

        Vector256<float> any = default;
        for (int i = 0; i < needed.Length; i += 8)
        {
            Span<float> eight = needed.Slice(i, 8);
            Vector256<float> v = Vector256.MaxNative(
                Vector256<float>.Zero,
                Vector256<float>.One - Vector256.Create(ratio) / Vector256.Create((ReadOnlySpan<float>)eight));
            v.CopyTo(eight);
            any = Vector256.MaxNative(any, v);
        }

        return any != Vector256<float>.Zero;
    }

    /// <summary>
    /// In place: the maximum over 2·holdCells + 1 values from each on, by doubling the reach. The last values are left
    /// undefined.
    /// </summary>
    public static void HoldMaximum(Span<float> v, int holdCells)
    {
        for (int reach = 1; reach <= holdCells; reach *= 2)
        {
            RaiseToAhead(v, reach);
        }

        RaiseToAhead(v, 1);      // each covers 16; the 17th comes from the neighbour, which covers it
    }

    /// <summary>v[i] = max(v[i], v[i + ahead]); ascending, so that what is read ahead is still the old value.</summary>
    private static void RaiseToAhead(Span<float> v, int ahead)
    {
        for (int i = 0; i + ahead + 8 <= v.Length; i += 8)
        {
            Vector256
                .MaxNative(
                    Vector256.Create((ReadOnlySpan<float>)v.Slice(i, 8)),
                    Vector256.Create((ReadOnlySpan<float>)v.Slice(i + ahead, 8)))
                .CopyTo(v.Slice(i, 8));
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Both sections of <see cref="KWeighting"/> on four stretches of one recording at once; the same arithmetic in every
/// lane.
/// </summary>
/// <param name="sampleRate">[Hz], at least <see cref="KWeighting.MinSampleRate"/>.</param>
internal struct KWeightingFilter(int sampleRate)
{
    private readonly BiquadCoefficients _shelf = KWeighting.Design(sampleRate).Shelf;
    private readonly BiquadCoefficients _highPass = KWeighting.Design(sampleRate).HighPass;
    private Vector256<double> _s1, _s2, _h1, _h2;

    /// <summary>Forgets the past.</summary>
    public void Reset() => _s1 = _s2 = _h1 = _h2 = default;

    /// <summary>Filters samples[start + lane·stride …][..count] and returns Σy² of each lane.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]     // alone in its method the loop keeps its state in registers
    public Vector256<double> Run(ReadOnlySpan<float> samples, int start, int stride, int count)
    {
        if (count == 0)
        {
            return default;
        }

        ref float x0 = ref MemoryMarshal.GetReference(samples.Slice(start, count));
        ref float x1 = ref MemoryMarshal.GetReference(samples.Slice(start + stride, count));
        ref float x2 = ref MemoryMarshal.GetReference(samples.Slice(start + 2 * stride, count));
        ref float x3 = ref MemoryMarshal.GetReference(samples.Slice(start + 3 * stride, count));
        Vector256<double> b0 = Vector256.Create(_shelf.B0),
            b1 = Vector256.Create(_shelf.B1),
            b2 = Vector256.Create(_shelf.B2);
        Vector256<double> a1 = Vector256.Create(_shelf.A1),
            a2 = Vector256.Create(_shelf.A2);
        Vector256<double> g = Vector256.Create(_highPass.B0);
        Vector256<double> c1 = Vector256.Create(_highPass.A1), c2 = Vector256.Create(_highPass.A2);
        Vector256<double> s1 = _s1, s2 = _s2, h1 = _h1, h2 = _h2, sum = default;
        for (nint i = 0; i < count; i++)
        {
            Vector128<float> four = Vector128.Create(
                Unsafe.Add(ref x0, i),
                Unsafe.Add(ref x1, i),
                Unsafe.Add(ref x2, i),
                Unsafe.Add(ref x3, i));
            Vector256<double> x = Vector256.WidenLower(four.ToVector256Unsafe());
            Vector256<double> u = Vector256.FusedMultiplyAdd(b0, x, s1);
            s1 = Vector256.FusedMultiplyAdd(-a1, u, Vector256.FusedMultiplyAdd(b1, x, s2));
            s2 = Vector256.FusedMultiplyAdd(-a2, u, b2 * x);

            // The numerator of the high-pass is g·(1, −2, 1): g is taken out of the loop.
            Vector256<double> y = u + h1;
            h1 = Vector256.FusedMultiplyAdd(-c1, y, h2 - (u + u));
            h2 = Vector256.FusedMultiplyAdd(-c2, y, u);
            sum = Vector256.FusedMultiplyAdd(y, y, sum);
        }

        _s1 = Denormals.Flush(s1);
        _s2 = Denormals.Flush(s2);
        _h1 = Denormals.Flush(h1);
        _h2 = Denormals.Flush(h2);
        return sum * g * g;
    }
}

using System.Runtime.Intrinsics;

namespace VoiceClean.Stages.SpectralGate;

internal sealed unsafe partial class NoiseTrack
{
    /// <summary>A forward run, combined with the backward one. Used by one thread.</summary>
    internal sealed class Forward(NoiseTrack track, int firstCell, float[] state, float[] presence)
    {
        /// <summary>The cell it begins with.</summary>
        public int FirstCell => firstCell;

        /// <summary>The noise power of the next cell.</summary>
        /// <param name="cell">Cells in their order, from <see cref="FirstCell"/>.</param>
        /// <param name="power">Mean power of the cell's frames 0 and 2 [Stride].</param>
        /// <param name="noise">Receives the noise power [Stride].</param>
        public void Next(int cell, ReadOnlySpan<float> power, Span<float> noise)
        {
            int stride = track._framing.Stride;
            float lift = track._lift[cell];
            fixed (
                float* p = power,
                    f = state,
                    q = presence,
                    b = track._backward.Span.Slice(cell * stride, stride),
                    l0 = track._profile,
                    r = track._raised,
                    n = noise)
            {
                Follow(p, 1 / lift, f, q, stride, track._keep, track._keepPresence);
                Vector256<float> g = Vector256.Create(lift);
                for (nint k = 0; k < stride; k += 8)
                {
                    Vector256<float> two = Vector256.Sqrt(Vector256.Load(f + k) * Vector256.Load(b + k));
                    Vector256<float> least = Vector256.Load(l0 + k);
                    two = track._atLeastProfile
                        ? Vector256.MaxNative(two, least)
                        : Vector256.MaxNative(two, least * Vector256.Create(1e-3f));
                    (two * (g * Vector256.Load(r + k))).Store(n + k);
                }
            }
        }
    }
}

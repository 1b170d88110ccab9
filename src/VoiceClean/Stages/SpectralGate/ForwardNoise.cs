using System.Runtime.Intrinsics;
using VoiceClean.Audio;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>A forward run of the noise tracker, combined with the backward one. Used by one thread.</summary>
/// <param name="track">What is known of the clip.</param>
/// <param name="starts">Where other runs begin: they are told the state on the way.</param>
/// <param name="firstCell">The cell it begins with.</param>
/// <param name="state">Noise power with which it begins [Stride]; its own from now on.</param>
/// <param name="presence">Mean presence with which it begins [Stride]; its own from now on.</param>
internal sealed unsafe class ForwardNoise(
    NoiseTrack track,
    ForwardStarts starts,
    int firstCell,
    float[] state,
    float[] presence) : IDisposable
{
    private readonly RowStore.Cursor _backward = track.OpenBackward();

    /// <summary>The cell it begins with.</summary>
    public int FirstCell => firstCell;

    /// <summary>The noise power of the next cell.</summary>
    /// <param name="cell">Cells in their order, from <see cref="FirstCell"/>.</param>
    /// <param name="power">Mean power of the cell's frames 0 and 2, steps of the noise divided out [Stride].</param>
    /// <param name="noise">Receives the noise power [Stride].</param>
    public void Next(int cell, ReadOnlySpan<float> power, Span<float> noise)
    {
        starts.Take(cell, state, presence);
        float lift = track.Lift[cell];
        fixed (
            float* p = power,
                f = state,
                q = presence,
                b = _backward.Row(cell),
                l0 = track.Profile,
                r = track.Raised,
                n = noise)
        {
            track.Follow(cell, p, f, q, 0, noise.Length);
            Vector256<float> g = Vector256.Create(lift), share = Vector256.Create(track.LeastShare);
            for (nint k = 0; k < noise.Length; k += 8)
            {
                Vector256<float> both = Vector256.Sqrt(Vector256.Load(f + k) * Vector256.Load(b + k));
                both = Vector256.MaxNative(both, Vector256.Load(l0 + k) * share);
                (both * (g * Vector256.Load(r + k))).Store(n + k);
            }
        }

        track.Strokes?.AddTo(cell, noise);
        track.Steps?.Multiply(cell, noise);
    }

    /// <inheritdoc/>
    public void Dispose() => _backward.Dispose();
}

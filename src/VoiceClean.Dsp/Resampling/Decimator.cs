using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Resampling;

/// <summary>
/// Brings a recording down to a fraction of its sampling rate behind a low-pass, for measurements: any stretch of the
/// result can be asked for, and the caller chooses how much aliasing it bears. Immutable and thread-safe. What will be
/// heard goes through <see cref="PolyphaseResampler"/>.
/// </summary>
internal sealed unsafe class Decimator
{
    private const int MaxOnStack = 4096;

    private readonly float[] _taps;         // zeros at the end make whole groups of eight
    private readonly int _lead;

    /// <summary>Makes a decimator.</summary>
    /// <param name="factor">Input samples per output sample, at least 1.</param>
    /// <param name="lowPass">Taps of the filter, at least one; they should sum to 1.</param>
    /// <param name="lead">How many of the taps lie before the sample an output stands for: 0 to filter what follows
    /// it, half of the taps for no delay.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1, there is no tap, or the lead is
    /// negative.</exception>
    public Decimator(int factor, ReadOnlySpan<double> lowPass, int lead)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfZero(lowPass.Length, nameof(lowPass));
        ArgumentOutOfRangeException.ThrowIfNegative(lead);
        (Factor, _lead) = (factor, lead);
        _taps = new float[(lowPass.Length + 7) & ~7];
        for (int i = 0; i < lowPass.Length; i++)
        {
            _taps[i] = (float)lowPass[i];
        }
    }

    /// <summary>Input samples per output sample.</summary>
    public int Factor { get; }

    /// <summary>
    /// result[i] = Σ taps[n]·samples[(first + i)·factor - lead + n], with zeros beyond the recording.
    /// </summary>
    /// <param name="samples">The whole recording.</param>
    /// <param name="first">Number of the first output sample.</param>
    /// <param name="result">Receives the output samples.</param>
    [SkipLocalsInit]
    public void Run(ReadOnlySpan<float> samples, long first, Span<float> result)
    {
        int taps = _taps.Length, i = 0;
        Span<float> padded = taps <= MaxOnStack ? stackalloc float[taps] : new float[taps];
        fixed (float* x = samples, h = _taps, edge = padded)
        {
            while (i < result.Length)
            {
                long start = ((first + i) * Factor) - _lead;
                if (i + 8 <= result.Length && start >= 0 && start + (7L * Factor) + taps <= samples.Length)
                {
                    InnerProduct.Eight(x + start, Factor, h, taps).CopyTo(result[i..]);
                    i += 8;
                }
                else if (start >= 0 && start + taps <= samples.Length)
                {
                    result[i++] = InnerProduct.One(x + start, h, taps);
                }
                else
                {
                    PaddedStretch.Copy(samples, start, padded);
                    result[i++] = InnerProduct.One(edge, h, taps);
                }
            }
        }
    }
}

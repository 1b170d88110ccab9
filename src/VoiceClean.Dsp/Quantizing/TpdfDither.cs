using System.Runtime.Intrinsics;
using System.Text;

namespace VoiceClean.Dsp.Quantizing;

/// <summary>
/// Triangular dither of ±1 step as a pure function of a seed and the sample's index, so that the same clip always gets
/// the same bytes however it is cut into blocks, spread over threads or vectorised.
/// <para>
/// The generator: <c>z = mix(index·0x9E3779B9 + s0)</c>, <c>z = mix(z + s1)</c> with s0, s1 the halves of the 64-bit
/// seed and mix the 32-bit finaliser of MurmurHash3 (Appleby 2011); the low and the high 16 bits of z are two
/// independent uniform numbers and their difference, divided by 2^16, has the triangular density on (-1, 1): mean 0,
/// variance 1/6 step². Non-subtractive TPDF dither makes mean and variance of the total error independent of the
/// signal, the latter 1/4 step² (Lipshitz, Wannamaker, Vanderkooy, "Quantization and dither", JAES 40(5), 1992).
/// </para>
/// </summary>
internal readonly struct TpdfDither
{
    private const uint Weyl = 0x9E3779B9;      // 2^32 / golden ratio, odd: the counter visits all residues
    private readonly uint _s0;
    private readonly uint _s1;

    /// <summary>Makes a generator.</summary>
    /// <param name="seed">Any value; different seeds give unrelated sequences.</param>
    public TpdfDither(ulong seed)
    {
        _s0 = (uint)seed;
        _s1 = (uint)(seed >> 32);
    }

    /// <summary>
    /// Makes the generator that belongs to a clip: the seed is the 64-bit FNV-1a hash of the UTF-8 bytes of <paramref
    /// name="clipId"/>.
    /// </summary>
    public static TpdfDither FromId(string clipId)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(clipId))
        {
            hash = unchecked((hash ^ b) * 0x100000001B3);
        }

        return new TpdfDither(hash);
    }

    /// <summary>
    /// Dither of eight successive samples, the first at <paramref name="index"/> [step, in (-1, 1), multiples of
    /// 2^-16].
    /// </summary>
    internal Vector256<float> Eight(uint index)
    {
        Vector256<uint> i = Vector256.Create(index) + Vector256<uint>.Indices;
        Vector256<uint> z = Mix((i * Vector256.Create(Weyl)) + Vector256.Create(_s0));
        z = Mix(z + Vector256.Create(_s1));
        Vector256<int> difference = (z & Vector256.Create(0xFFFFu)).AsInt32() - (z >>> 16).AsInt32();
        return Vector256.ConvertToSingle(difference) * Vector256.Create(1f / 65536);
    }

    private static Vector256<uint> Mix(Vector256<uint> z)
    {
        z ^= z >>> 16;
        z *= Vector256.Create(0x85EBCA6Bu);
        z ^= z >>> 13;
        z *= Vector256.Create(0xC2B2AE35u);
        return z ^ (z >>> 16);
    }
}

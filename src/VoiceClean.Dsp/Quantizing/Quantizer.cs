using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Quantizing;

/// <summary>
/// From samples of full scale ±1 to integers of a given word length: scale 2^(bits-1), optional dither, round half to
/// even, clamp. A reader that divides by 2^(bits-1) gets back what was rounded, so samples that already lie on the grid
/// survive undithered bit for bit.
/// </summary>
internal static class Quantizer
{
    // 1.5·2^52: adding it to |v| < 2^51 leaves v, rounded half to even, in the low bits of the double.
    private const double RoundingConstant = 6755399441055744.0;

    /// <summary>Quantises with dither.</summary>
    /// <param name="samples">[sample] full scale ±1; not-a-number gives 0.</param>
    /// <param name="integers">[sample] at least as long as <paramref name="samples"/>; in [-2^(bits-1), 2^(bits-1) -
    /// 1].</param>
    /// <param name="bits">Word length, 2 to 24.</param>
    /// <param name="dither">The generator.</param>
    /// <param name="firstIndex">Index of the first sample within its clip, which decides its dither.</param>
    public static void Quantize(
        ReadOnlySpan<float> samples,
        Span<int> integers,
        int bits,
        TpdfDither dither,
        long firstIndex)
    {
        CheckArguments(samples, integers, bits);
        uint index = unchecked((uint)firstIndex);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Round(Vector256.Create(samples.Slice(i, 8)), dither.Eight(unchecked(index + (uint)i)), bits)
                .CopyTo(integers[i..]);
        }

        if (i < samples.Length)
        {
            Vector256<int> last = Round(LoadRest(samples[i..]), dither.Eight(unchecked(index + (uint)i)), bits);
            StoreRest(last, integers[i..samples.Length]);
        }
    }

    /// <summary>
    /// Quantises without dither. Parameters as in <see cref="Quantize(ReadOnlySpan{float}, Span{int}, int, TpdfDither,
    /// long)"/>.
    /// </summary>
    public static void Quantize(ReadOnlySpan<float> samples, Span<int> integers, int bits)
    {
        CheckArguments(samples, integers, bits);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            Round(Vector256.Create(samples.Slice(i, 8)), Vector256<float>.Zero, bits).CopyTo(integers[i..]);
        }

        if (i < samples.Length)
        {
            StoreRest(Round(LoadRest(samples[i..]), Vector256<float>.Zero, bits), integers[i..samples.Length]);
        }
    }

    /// <summary>
    /// True if every sample is k/2^(bits-1) with an integer k in range, so that rounding changes nothing. Stops at the
    /// first that is not.
    /// </summary>
    /// <param name="samples">[sample] full scale ±1.</param>
    /// <param name="bits">Word length, 2 to 24.</param>
    public static bool IsOnGrid(ReadOnlySpan<float> samples, int bits)
    {
        float scale = 1 << (bits - 1);
        int i = 0;
        for (; i <= samples.Length - 8; i += 8)
        {
            if (!IsOnGrid(Vector256.Create(samples.Slice(i, 8)), scale))
            {
                return false;
            }
        }

        return i == samples.Length || IsOnGrid(LoadRest(samples[i..]), scale);
    }

    /// <summary>Integers to little-endian words of 16 bits.</summary>
    /// <param name="integers">[sample] within 16 bits.</param>
    /// <param name="bytes">At least 2 bytes per sample.</param>
    public static void PackInt16(ReadOnlySpan<int> integers, Span<byte> bytes)
    {
        int i = 0;
        if (BitConverter.IsLittleEndian)
        {
            for (; i <= integers.Length - 16; i += 16)
            {
                Vector256
                    .Narrow(Vector256.Create(integers.Slice(i, 8)), Vector256.Create(integers.Slice(i + 8, 8)))
                    .AsByte()
                    .CopyTo(bytes[(2 * i)..]);
            }
        }

        for (; i < integers.Length; i++)
        {
            bytes[2 * i] = (byte)integers[i];
            bytes[(2 * i) + 1] = (byte)(integers[i] >> 8);
        }
    }

    /// <summary>Integers to little-endian words of 24 bits.</summary>
    /// <param name="integers">[sample] within 24 bits.</param>
    /// <param name="bytes">At least 3 bytes per sample.</param>
    public static void PackInt24(ReadOnlySpan<int> integers, Span<byte> bytes)
    {
        bytes = bytes[..(3 * integers.Length)];
        int at = 0;
        foreach (int value in integers)
        {
            bytes[at] = (byte)value;
            bytes[at + 1] = (byte)(value >> 8);
            bytes[at + 2] = (byte)(value >> 16);
            at += 3;
        }
    }

    private static Vector256<int> Round(Vector256<float> samples, Vector256<float> dither, int bits)
    {
        // NaN to 0
        samples = Vector256.ConditionalSelect(Vector256.Equals(samples, samples), samples, Vector256<float>.Zero);
        return Vector256.Narrow(
            Round(Vector256.WidenLower(samples), Vector256.WidenLower(dither), bits),
            Round(Vector256.WidenUpper(samples), Vector256.WidenUpper(dither), bits));
    }

    // In double: a float cannot hold a 24-bit sample and its dither, and rounding twice is not rounding half to even.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<long> Round(Vector256<double> samples, Vector256<double> dither, int bits)
    {
        Vector256<double> scale = Vector256.Create((double)(1 << (bits - 1)));
        Vector256<double> highest = scale - Vector256<double>.One;
        Vector256<double> v = (samples * scale) + dither;
        v = Vector256.ConditionalSelect(Vector256.LessThan(v, highest), v, highest);
        v = Vector256.ConditionalSelect(Vector256.GreaterThan(v, -scale), v, -scale);
        return (v + Vector256.Create(RoundingConstant)).AsInt64();     // Narrow keeps the low 32 bits
    }

    private static bool IsOnGrid(Vector256<float> samples, float scale)
    {
        Vector256<float> v = samples * Vector256.Create(scale);        // exact: a power of two
        return Vector256.EqualsAll(v, Vector256.Floor(v))
            && Vector256.LessThanOrEqualAll(v, Vector256.Create(scale - 1))
            && Vector256.GreaterThanOrEqualAll(v, Vector256.Create(-scale));
    }

    private static Vector256<float> LoadRest(ReadOnlySpan<float> samples)
    {
        Span<float> eight = stackalloc float[8];
        eight.Clear();
        samples.CopyTo(eight);
        return Vector256.Create<float>(eight);
    }

    private static void StoreRest(Vector256<int> values, Span<int> integers)
    {
        Span<int> eight = stackalloc int[8];
        values.CopyTo(eight);
        eight[..integers.Length].CopyTo(integers);
    }

    private static void CheckArguments(ReadOnlySpan<float> samples, Span<int> integers, int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 24);
        ArgumentOutOfRangeException.ThrowIfLessThan(integers.Length, samples.Length, nameof(integers));
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// One of the eleven code books of the spectrum: its words, and the two or four values of each symbol. Source: ISO/IEC
/// 14496-3 §4.6.3.3, table 4.95.
/// </summary>
internal sealed class AacBook
{
    private const int EscapeBook = 11, Escape = 16;

    // The signs of four values, by which of them have one and the bits that follow, the first at the top.
    private static readonly uint[] Signs = MakeSigns();

    private readonly AacHuffman _code;
    private readonly float[] _values;      // [symbol, 2 or 4]: |q|^(4/3), with its sign where the book has it
    private readonly bool _isQuad, _hasEscapes;

    private AacBook(int number)
    {
        (int modulus, int least, int count) = number switch
        {
            1 or 2 => (3, -1, 4),
            3 or 4 => (3, 0, 4),
            5 or 6 => (9, -4, 2),
            7 or 8 => (8, 0, 2),
            9 or 10 => (13, 0, 2),
            _ => (17, 0, 2),
        };
        (_isQuad, _hasEscapes) = (count == 4, number == EscapeBook);
        int symbols = count == 4 ? modulus * modulus * modulus * modulus : modulus * modulus;
        _values = new float[symbols * count];
        Span<byte> signed = stackalloc byte[symbols];
        for (int symbol = 0; symbol < symbols; symbol++)
        {
            signed[symbol] = 0;
            for (int i = count - 1, rest = symbol; i >= 0; i--, rest /= modulus)
            {
                int value = rest % modulus + least;
                _values[symbol * count + i] = Math.Sign(value) * AacSpectrum.Power(Math.Abs(value));
                signed[symbol] |= (byte)(least == 0 && value != 0 ? 1 << i : 0);
            }
        }

        _code = new AacHuffman(number, signed);
    }

    /// <summary>The books, 1 to 11; nothing at 0.</summary>
    public static AacBook[] All { get; } = [.. Sequence.Range(0, 12).Select(n => new AacBook(Math.Max(n, 1)))];

    /// <summary>Reads the coefficients of a band; false if one of them is too large.</summary>
    /// <param name="bits">Stand at the first word; behind their end everything reads as something.</param>
    /// <param name="gain">Of the band.</param>
    /// <param name="band">A multiple of four.</param>
    public bool Read(ref BitReader bits, float gain, scoped Span<float> band)
    {
        BitReader local = bits;            // in registers
        bool isGood = true;
        if (_isQuad)
        {
            ReadQuads(ref local, gain, band);
        }
        else if (_hasEscapes)
        {
            isGood = ReadEscaped(ref local, gain, band);
        }
        else
        {
            ReadPairs(ref local, gain, band);
        }

        bits = local;
        return isGood;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadQuads(ref BitReader bits, float gain, scoped Span<float> band)
    {
        AacHuffman code = _code;
        ref float values = ref MemoryMarshal.GetArrayDataReference(_values);
        ref float target = ref MemoryMarshal.GetReference(band);
        ref uint signs = ref MemoryMarshal.GetArrayDataReference(Signs);
        var factor = Vector128.Create(gain);
        for (int at = 0; at <= band.Length - 4; at += 4)
        {
            bits.MakeReady();
            AacWord word = code.Find(bits.Ready);
            Vector128<float> q = Vector128.LoadUnsafe(ref values, (nuint)(4 * word.Symbol)) * factor;
            var sign = Vector128.LoadUnsafe(ref signs, (nuint)(4 * word.SignsAt(bits.Ready)));
            (q.AsUInt32() ^ sign).AsSingle().StoreUnsafe(ref target, (nuint)at);
            bits.Drop(word.Bits);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ReadPairs(ref BitReader bits, float gain, scoped Span<float> band)
    {
        AacHuffman code = _code;
        ref float target = ref MemoryMarshal.GetReference(band);
        for (int at = 0; at <= band.Length - 2; at += 2)
        {
            bits.MakeReady();
            AacWord word = code.Find(bits.Ready);
            StorePair(word, bits.Ready, gain, ref Unsafe.Add(ref target, at));
            bits.Drop(word.Bits);
        }
    }

    private bool ReadEscaped(ref BitReader bits, float gain, scoped Span<float> band)
    {
        for (int at = 0; at <= band.Length - 2; at += 2)
        {
            bits.MakeReady();
            AacWord word = _code.Find(bits.Ready);
            StorePair(word, bits.Ready, gain, ref band[at]);
            bits.Drop(word.Bits);
            (int first, int second) = Math.DivRem(word.Symbol, Escape + 1);
            if ((first == Escape && !ReadEscape(ref bits, gain, ref band[at]))
                || (second == Escape && !ReadEscape(ref bits, gain, ref band[at + 1])))
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StorePair(AacWord word, ulong ready, float gain, ref float target)
    {
        ref float q = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_values), 2 * word.Symbol);
        ref uint sign = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Signs), 4 * word.SignsAt(ready));
        target = Signed(q * gain, sign);
        Unsafe.Add(ref target, 1) = Signed(Unsafe.Add(ref q, 1) * gain, Unsafe.Add(ref sign, 1));
    }

    /// <summary>§4.6.3.3: 16 means that the value follows.</summary>
    private static bool ReadEscape(ref BitReader bits, float gain, ref float value)
    {
        int ones = 0;
        while (bits.ReadFlag())
        {
            if (++ones > 8)
            {
                return false;
            }
        }

        int size = (1 << (ones + 4)) + (int)bits.Read(ones + 4);
        if (size > AacSpectrum.Largest)
        {
            return false;
        }

        value = Signed(AacSpectrum.Power(size) * gain, BitConverter.SingleToUInt32Bits(value) & 0x80000000);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Signed(float magnitude, uint sign)
        => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(magnitude) ^ sign);

    private static uint[] MakeSigns()
    {
        uint[] signs = new uint[16 * 16 * 4];
        for (int row = 0; row < 16 * 16; row++)
        {
            int used = 0;
            for (int i = 0; i < 4; i++)
            {
                if (((row >> 4) & (1 << i)) != 0)
                {
                    signs[4 * row + i] = (uint)((row >> (3 - used++)) & 1) << 31;
                }
            }
        }

        return signs;
    }
}

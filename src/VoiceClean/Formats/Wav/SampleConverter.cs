using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// Stored samples → float, full scale ±1. Integers are divided by 2^(bits−1), so 16 and 24 bits convert exactly.
/// </summary>
internal static class SampleConverter
{
    private static readonly float[] ALawTable = MakeTable(ExpandALaw);
    private static readonly float[] MuLawTable = MakeTable(ExpandMuLaw);

    /// <summary>Converts all of <paramref name="stored"/>.</summary>
    /// <param name="stored">Little-endian samples without gaps; may be overwritten when <paramref name="bigEndian"/> is
    /// true.</param>
    /// <param name="coding">How they are stored.</param>
    /// <param name="bigEndian">True if the most significant byte comes first.</param>
    /// <param name="samples">Receives one float per stored sample; may contain NaN and infinities of float
    /// files.</param>
    public static void Convert(Span<byte> stored, SampleCoding coding, bool bigEndian, Span<float> samples)
    {
        // One test for machine and file: swap where they differ, then read in the machine's order.
        if (bigEndian == BitConverter.IsLittleEndian)
        {
            SwapBytes(stored, coding);
        }

        switch (coding)
        {
            case SampleCoding.Unsigned8:
                FromUnsigned8(stored, samples);
                break;
            case SampleCoding.Signed8:
                FromSigned8(MemoryMarshal.Cast<byte, sbyte>(stored), samples);
                break;
            case SampleCoding.Signed16:
                FromInt16(MemoryMarshal.Cast<byte, short>(stored), samples);
                break;
            case SampleCoding.Signed24:
                FromInt24(stored, samples);
                break;
            case SampleCoding.Signed32:
                FromInt32(MemoryMarshal.Cast<byte, int>(stored), samples);
                break;
            case SampleCoding.Float32:
                MemoryMarshal.Cast<byte, float>(stored).CopyTo(samples);
                break;
            case SampleCoding.Float64:
                FromDouble(MemoryMarshal.Cast<byte, double>(stored), samples);
                break;
            case SampleCoding.ALaw:
                FromTable(stored, ALawTable, samples);
                break;
            case SampleCoding.MuLaw:
                FromTable(stored, MuLawTable, samples);
                break;
        }
    }

    private static void FromUnsigned8(ReadOnlySpan<byte> stored, Span<float> samples)
    {
        for (int i = 0; i < stored.Length; i++)
        {
            samples[i] = (stored[i] - 128) * (1f / 128);
        }
    }

    private static void FromSigned8(ReadOnlySpan<sbyte> stored, Span<float> samples)
    {
        for (int i = 0; i < stored.Length; i++)
        {
            samples[i] = stored[i] * (1f / 128);
        }
    }

    private static void FromInt16(ReadOnlySpan<short> stored, Span<float> samples)
    {
        const float scale = 1f / 32768;
        samples = samples[..stored.Length];
        ref short source = ref MemoryMarshal.GetReference(stored);
        ref float target = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i <= stored.Length - 16; i += 16)
        {
            (Vector256<int> low, Vector256<int> high) = Vector256.Widen(Vector256.LoadUnsafe(ref source, (nuint)i));
            (Vector256.ConvertToSingle(low) * scale).StoreUnsafe(ref target, (nuint)i);
            (Vector256.ConvertToSingle(high) * scale).StoreUnsafe(ref target, (nuint)i + 8);
        }

        for (; i < stored.Length; i++)
        {
            samples[i] = stored[i] * scale;
        }
    }

    private static void FromInt24(ReadOnlySpan<byte> stored, Span<float> samples)
    {
        // Assembled in the upper 24 bits, so that the sign comes by itself.
        for (int i = 0, at = 0; at + 2 < stored.Length; i++, at += 3)
        {
            int value = (stored[at] << 8) | (stored[at + 1] << 16) | (stored[at + 2] << 24);
            samples[i] = (value >> 8) * (1f / 8388608);
        }
    }

    private static void FromInt32(ReadOnlySpan<int> stored, Span<float> samples)
    {
        for (int i = 0; i < stored.Length; i++)
        {
            samples[i] = stored[i] * (1f / 2147483648);
        }
    }

    private static void FromDouble(ReadOnlySpan<double> stored, Span<float> samples)
    {
        for (int i = 0; i < stored.Length; i++)
        {
            samples[i] = (float)stored[i];
        }
    }

    private static void FromTable(ReadOnlySpan<byte> stored, float[] table, Span<float> samples)
    {
        for (int i = 0; i < stored.Length; i++)
        {
            samples[i] = table[stored[i]];
        }
    }

    private static void SwapBytes(Span<byte> stored, SampleCoding coding)
    {
        switch (coding.Bytes())
        {
            case 2:
                Span<short> words = MemoryMarshal.Cast<byte, short>(stored);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 3:
                for (int at = 0; at + 2 < stored.Length; at += 3)
                {
                    (stored[at], stored[at + 2]) = (stored[at + 2], stored[at]);
                }

                break;
            case 4:
                Span<int> longs = MemoryMarshal.Cast<byte, int>(stored);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            case 8:
                Span<long> quads = MemoryMarshal.Cast<byte, long>(stored);
                BinaryPrimitives.ReverseEndianness(quads, quads);
                break;
        }
    }

    private static float[] MakeTable(Func<int, int> expand)
    {
        float[] table = new float[256];
        for (int code = 0; code < table.Length; code++)
        {
            table[code] = expand(code) / 32768f;
        }

        return table;
    }

    // ITU-T G.711, table 1: even bits inverted; 13-bit values, left-justified in 16 bits.
    private static int ExpandALaw(int code)
    {
        int c = code ^ 0x55;
        int segment = (c >> 4) & 7, step = c & 15;
        int magnitude = segment == 0 ? (step << 4) + 8 : ((step << 4) + 0x108) << (segment - 1);
        return (c & 0x80) != 0 ? magnitude : -magnitude;
    }

    // ITU-T G.711, table 2: all bits inverted; 14-bit values with a bias of 33, left-justified in 16 bits (bias 132).
    private static int ExpandMuLaw(int code)
    {
        int c = ~code & 0xFF;
        int magnitude = ((((c & 15) << 3) + 0x84) << ((c >> 4) & 7)) - 0x84;
        return (c & 0x80) != 0 ? -magnitude : magnitude;
    }
}

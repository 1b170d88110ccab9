using System.Runtime.CompilerServices;

namespace VoiceClean.Formats.Aac;

/// <summary>Reads and scales the coefficients of a channel. Source: ISO/IEC 14496-3 §4.6.1, §4.6.2, §4.6.3.</summary>
internal static class AacSpectrum
{
    private const int Largest = 8191, Zero = 100;

    private static readonly float[] Powers =
        [.. Enumerable.Range(0, Largest + 1).Select(q => (float)(q * Math.Cbrt(q)))];

    private static readonly float[] Gains =
        [.. Enumerable.Range(0, 256).Select(factor => (float)Math.Pow(2, 0.25 * (factor - Zero)))];

    // The values of each symbol, one a byte, and how many of them are not 0.
    private static readonly int[][] Tuples = [.. Enumerable.Range(0, 12).Select(MakeTuples)];

    /// <summary>2^(¼ × (factor − 100)).</summary>
    public static float Gain(int factor) => Gains[factor];

    /// <summary>Reads all coefficients; false if one cannot be.</summary>
    /// <param name="bits">Stands at <c>spectral_data</c> (table 4.56).</param>
    /// <param name="channel">Knows its windows, books and factors; receives the spectrum.</param>
    /// <param name="offsets">Of the bands.</param>
    /// <param name="pulses">Pairs of place and height.</param>
    [SkipLocalsInit]
    public static bool Read(ref BitReader bits, AacChannel channel, int[] offsets, scoped ReadOnlySpan<int> pulses)
    {
        Span<float> spectrum = channel.Spectrum;
        spectrum.Clear();
        int window = 0;
        Span<int> values = stackalloc int[AacFilterBank.Frame];
        for (int group = 0; group < channel.Groups; group++)
        {
            int windows = channel.GroupLengths[group];
            for (int band = 0; band < channel.Bands; band++)
            {
                int index = group * channel.Bands + band, book = channel.Books[index];
                if (book is 0 or > 11)
                {
                    continue;
                }

                int from = offsets[band], width = offsets[band + 1] - from;
                Span<int> part = values[..(width * windows)];
                if (!ReadBand(ref bits, book, part))
                {
                    return false;
                }

                AddPulses(part, from, pulses);
                float gain = Gains[channel.Factors[index]];
                for (int w = 0; w < windows; w++)
                {
                    Scale(
                        part.Slice(w * width, width),
                        gain,
                        spectrum.Slice((window + w) * AacFilterBank.Short + from, width));
                }
            }

            window += windows;
        }

        return !bits.IsBeyondEnd;
    }

    private static bool ReadBand(ref BitReader bits, int book, scoped Span<int> values)
    {
        AacHuffman code = AacHuffman.Spectrum[book];
        int[] tuples = Tuples[book];
        bool isSigned = book is 1 or 2 or 5 or 6;
        int count = book < 5 ? 4 : 2;
        for (int at = 0; at < values.Length; at += count)
        {
            int tuple = tuples[code.Read(ref bits)];
            Span<int> target = values.Slice(at, count);
            if (isSigned)
            {
                for (int i = 0; i < target.Length; i++, tuple >>= 8)
                {
                    target[i] = (sbyte)tuple;
                }

                continue;
            }

            // A sign for each that is not 0, without a jump that nobody can foresee.
            uint signs = bits.Peek(4);
            int used = 0;
            for (int i = 0; i < target.Length; i++, tuple >>= 8)
            {
                int value = (sbyte)tuple, isSet = (int)((uint)-value >> 31);
                int sign = -((int)(signs >> (3 - used)) & isSet);
                target[i] = (value ^ sign) - sign;
                used += isSet;
            }

            bits.Drop(used);
            if (book == 11 && !(Escape(ref bits, ref target[0]) && Escape(ref bits, ref target[1])))
            {
                return false;
            }
        }

        return !bits.IsBeyondEnd;
    }

    /// <summary>§4.6.3.3: 16 means that the value follows.</summary>
    private static bool Escape(ref BitReader bits, ref int value)
    {
        if (Math.Abs(value) != 16)
        {
            return true;
        }

        int ones = 0;
        while (bits.ReadFlag())
        {
            if (++ones > 8)
            {
                return false;
            }
        }

        int size = (1 << (ones + 4)) + (int)bits.Read(ones + 4);
        value = value < 0 ? -size : size;
        return size <= Largest;
    }

    /// <summary>§4.6.5.</summary>
    private static void AddPulses(Span<int> values, int from, ReadOnlySpan<int> pulses)
    {
        for (int i = 0; i + 1 < pulses.Length; i += 2)
        {
            int at = pulses[i] - from;
            if (at >= 0 && at < values.Length)
            {
                int pulse = values[at] > 0 ? pulses[i + 1] : -pulses[i + 1];
                values[at] = Math.Clamp(values[at] + pulse, -Largest, Largest);
            }
        }
    }

    private static void Scale(ReadOnlySpan<int> values, float gain, Span<float> spectrum)
    {
        float[] powers = Powers;
        for (int i = 0; i < values.Length; i++)
        {
            int value = values[i], sign = value >> 31;     // no jump: signs are chance
            float magnitude = gain * powers[(value ^ sign) - sign];
            spectrum[i] = BitConverter.Int32BitsToSingle(
                BitConverter.SingleToInt32Bits(magnitude) ^ (sign & int.MinValue));
        }
    }

    /// <summary>Tables 4.95 and §4.6.3.3: how a symbol becomes two or four values.</summary>
    private static int[] MakeTuples(int book)
    {
        if (book == 0)
        {
            return [];
        }

        (int modulus, int least, int count) = book switch
        {
            1 or 2 => (3, -1, 4),
            3 or 4 => (3, 0, 4),
            5 or 6 => (9, -4, 2),
            7 or 8 => (8, 0, 2),
            9 or 10 => (13, 0, 2),
            _ => (17, 0, 2),
        };
        int[] tuples = new int[(int)Math.Pow(modulus, count)];
        for (int symbol = 0; symbol < tuples.Length; symbol++)
        {
            for (int i = count - 1, rest = symbol; i >= 0; i--, rest /= modulus)
            {
                tuples[symbol] |= ((rest % modulus + least) & 0xFF) << (8 * i);
            }
        }

        return tuples;
    }
}

using System.Numerics;

namespace VoiceClean.Formats.Flac;

/// <summary>One channel of a FLAC frame. Source: RFC 9639 §9.2.3 to §9.2.7.</summary>
internal static class FlacSubframe
{
    private const int MostOrder = 32;

    // Coefficients of the fixed predictors, the one of the oldest sample first (§9.2.5).
    private static readonly int[][] Fixed = [[], [1], [-1, 2], [1, -3, 3], [-1, 4, -6, 4]];

    /// <summary>Reads the samples of a channel.</summary>
    /// <param name="bits">Stands behind the subframe's header.</param>
    /// <param name="type">The six bits of the header that say how samples are predicted.</param>
    /// <param name="depth">Bits of a sample, without wasted ones: 1 to 32.</param>
    /// <param name="samples">Receives them.</param>
    /// <returns>False if it cannot be.</returns>
    public static bool Read(ref BitReader bits, int type, int depth, Span<int> samples)
    {
        int order = type switch { >= 8 and <= 12 => type - 8, >= 32 => type - 31, _ => 0 };
        if (order > samples.Length || type is (> 1 and < 8) or (> 12 and < 32))
        {
            return false;
        }

        if (type == 0)
        {
            samples.Fill(bits.ReadSigned(depth));
            return true;
        }

        foreach (ref int sample in type == 1 ? samples : samples[..order])
        {
            sample = bits.ReadSigned(depth);
        }

        if (type == 1)
        {
            return true;
        }

        Span<int> coefficients = stackalloc int[MostOrder];
        int precision = 0, shift = 0;
        if (type >= 32 && !ReadCoefficients(ref bits, coefficients[..order], out precision, out shift))
        {
            return false;
        }

        if (bits.IsBeyondEnd || !ReadResiduals(ref bits, samples, order))
        {
            return false;
        }

        if (type < 32)
        {
            FlacPrediction.RestoreFixed(samples, order);
        }
        else if (depth + precision + BitOperations.Log2((uint)order) < 32)
        {
            FlacPrediction.RestoreNarrow(samples, coefficients[..order], shift);
        }
        else
        {
            FlacPrediction.Restore(samples, coefficients[..order], shift);
        }

        return true;
    }

    /// <summary>As <see cref="Read"/> for the side channel of 32-bit stereo, whose samples have 33 bits.</summary>
    public static bool ReadWide(ref BitReader bits, int type, Span<int> residuals, Span<long> samples)
    {
        int order = type switch { >= 8 and <= 12 => type - 8, >= 32 => type - 31, _ => 0 };
        if (order > samples.Length || type is (> 1 and < 8) or (> 12 and < 32))
        {
            return false;
        }

        int stored = type switch { 0 => 1, 1 => samples.Length, _ => order };
        for (int i = 0; i < stored && !bits.IsBeyondEnd; i++)
        {
            samples[i] = ((long)bits.ReadSigned(32) << 1) | bits.Read(1);
        }

        if (type < 2)
        {
            samples[stored..].Fill(samples[0]);
            return true;
        }

        Span<int> coefficients = stackalloc int[MostOrder];
        int shift = 0;
        if (type < 32)
        {
            Fixed[order].CopyTo(coefficients);
        }
        else if (!ReadCoefficients(ref bits, coefficients[..order], out _, out shift))
        {
            return false;
        }

        if (bits.IsBeyondEnd || !ReadResiduals(ref bits, residuals, order))
        {
            return false;
        }

        FlacPrediction.RestoreWide(samples, residuals, coefficients[..order], shift);
        return true;
    }

    private static bool ReadCoefficients(
        ref BitReader bits,
        scoped Span<int> reversed,
        out int precision,
        out int shift)
    {
        precision = (int)bits.Read(4) + 1;
        shift = bits.ReadSigned(5);
        for (int i = reversed.Length - 1; i >= 0; i--)
        {
            reversed[i] = bits.ReadSigned(precision);
        }

        return precision < 16 && shift >= 0;
    }

    /// <summary>§9.2.7; fills the samples behind the first <paramref name="order"/>.</summary>
    private static bool ReadResiduals(ref BitReader bits, scoped Span<int> samples, int order)
    {
        int method = (int)bits.Read(2);
        int partitions = 1 << (int)bits.Read(4);
        int length = samples.Length / partitions;
        if (method > 1 || samples.Length % partitions != 0 || length < order)
        {
            return false;
        }

        int width = 4 + method, escape = (1 << width) - 1, at = order;
        for (int partition = 0; partition < partitions; partition++)
        {
            Span<int> part = samples[at..((partition + 1) * length)];
            at += part.Length;
            int parameter = (int)bits.Read(width);
            if (parameter != escape)
            {
                if (!bits.ReadRice(part, parameter))
                {
                    return false;
                }
            }
            else if ((int)bits.Read(5) is > 0 and { } raw)
            {
                foreach (ref int residual in part)
                {
                    residual = bits.ReadSigned(raw);
                }
            }
            else
            {
                part.Clear();
            }

            if (bits.IsBeyondEnd)
            {
                return false;
            }
        }

        return true;
    }
}

using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Aac;

/// <summary>
/// What bands of a pair of channels have in common, and noise in place of coefficients. Source: ISO/IEC 14496-3 §4.6.8
/// (M/S, intensity), §4.6.13 (noise).
/// </summary>
internal sealed class AacStereo
{
    // 2^0, 2^¼, 2^½, 2^¾
    private static readonly double[] Roots = [1, 1.189207115002721, 1.4142135623730951, 1.681792830507429];

    private readonly bool[] _isMidSide = new bool[AacChannel.MostBands];
    private readonly uint[] _seeds = new uint[AacChannel.MostBands];
    private uint _seed = 1;

    /// <summary>Forgets all frames.</summary>
    public void Reset() => _seed = 1;

    /// <summary>Reads <c>ms_mask_present</c> and what follows; false if it cannot be.</summary>
    public bool ReadMask(ref BitReader bits, AacChannel channel)
    {
        uint mask = bits.Read(2);
        for (int i = 0; i < channel.Groups * channel.Bands; i++)
        {
            _isMidSide[i] = mask == 2 || mask == 1 && bits.ReadFlag();
        }

        return mask != 3;
    }

    /// <summary>For a pair that has no mask.</summary>
    public void ClearMask() => Array.Clear(_isMidSide);

    /// <summary>Fills the bands of noise of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="left">The other one, if this is the right one of a pair with common windows: bands of M/S have the
    /// same noise in both.</param>
    /// <param name="offsets">Of the bands.</param>
    public void FillNoise(AacChannel channel, AacChannel? left, int[] offsets)
    {
        int window = 0;
        for (int group = 0; group < channel.Groups; group++)
        {
            for (int band = 0; band < channel.Bands; band++)
            {
                int index = group * channel.Bands + band;
                if (channel.Books[index] != AacChannel.Noise)
                {
                    continue;
                }

                bool isSame = left is not null && _isMidSide[index] && left.Books[index] == AacChannel.Noise;
                uint seed = isSame ? _seeds[index] : _seed;
                _seeds[index] = seed;
                float level = Quarters(channel.Factors[index]);
                for (int w = 0; w < channel.GroupLengths[group]; w++)
                {
                    int from = (window + w) * AacFilterBank.Short + offsets[band];
                    seed = Fill(channel.Spectrum.AsSpan(from, offsets[band + 1] - offsets[band]), level, seed);
                }

                _seed = isSame ? _seed : seed;
            }

            window += channel.GroupLengths[group];
        }
    }

    /// <summary>Turns mid and side into left and right, and copies bands of intensity to the right.</summary>
    public void Apply(AacChannel left, AacChannel right, int[] offsets)
    {
        int window = 0;
        for (int group = 0; group < right.Groups; group++)
        {
            for (int band = 0; band < right.Bands; band++)
            {
                int index = group * right.Bands + band, book = right.Books[index];
                bool isIntensity = book >= AacChannel.IntensityOut;
                if (!isIntensity
                    && !(_isMidSide[index] && book < AacChannel.Noise && left.Books[index] < AacChannel.Noise))
                {
                    continue;
                }

                // The standard inverts by a mask of 1 only; the one encoder that writes both a mask of 2 and intensity,
                // ffmpeg's, means it too.
                bool isInverted = book == AacChannel.IntensityOut != _isMidSide[index];
                float factor = isIntensity ? Quarters(-right.Factors[index]) * (isInverted ? -1 : 1) : 0;
                for (int w = 0; w < right.GroupLengths[group]; w++)
                {
                    int from = (window + w) * AacFilterBank.Short + offsets[band],
                        width = offsets[band + 1] - offsets[band];
                    Span<float> a = left.Spectrum.AsSpan(from, width), b = right.Spectrum.AsSpan(from, width);
                    for (int i = 0; i <= width - 4; i += 4)
                    {
                        Vector128<float> m = Vector128.Create(a.Slice(i, 4)), s = Vector128.Create(b.Slice(i, 4));
                        (isIntensity ? m * factor : m - s).CopyTo(b[i..]);
                        (isIntensity ? m : m + s).CopyTo(a[i..]);
                    }
                }
            }

            window += right.GroupLengths[group];
        }
    }

    /// <summary>2^(¼ × <paramref name="exponent"/>), of which a float holds those from −511 to 511.</summary>
    private static float Quarters(int exponent)
        => (float)(Roots[exponent & 3] * BitConverter.Int64BitsToDouble((1023L + (exponent >> 2)) << 52));

    /// <summary>Random numbers whose energy is level².</summary>
    private static uint Fill(Span<float> band, float level, uint seed)
    {
        float energy = 0;
        foreach (ref float value in band)
        {
            seed = unchecked(seed * 1664525 + 1013904223);
            value = (int)seed;
            energy += value * value;
        }

        float scale = level / MathF.Sqrt(energy);
        foreach (ref float value in band)
        {
            value *= scale;
        }

        return seed;
    }
}

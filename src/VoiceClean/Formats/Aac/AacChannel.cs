namespace VoiceClean.Formats.Aac;

/// <summary>
/// What a frame says of one channel: windows, code books, scale factors, spectrum. Reused for each frame.
/// </summary>
internal sealed class AacChannel
{
    /// <summary>Most bands of a long block, and of eight short ones.</summary>
    public const int MostBands = 128;

    /// <summary>Code book of a band whose coefficients are noise.</summary>
    public const int Noise = 13;

    /// <summary>Code book of a band that is the left channel's with its sign changed.</summary>
    public const int IntensityOut = 14;

    /// <summary>Code book of a band that is the left channel's.</summary>
    public const int Intensity = 15;

    private const int Wrong = -1;

    /// <summary>The coefficients; of eight short blocks one after the other.</summary>
    public float[] Spectrum { get; } = new float[AacFilterBank.Frame];

    /// <summary>Code book of each band, by group × <see cref="Bands"/> + band.</summary>
    public byte[] Books { get; } = new byte[MostBands];

    /// <summary>Scale factor, intensity position or noise energy of each band.</summary>
    public short[] Factors { get; } = new short[MostBands];

    /// <summary>From spectrum to samples.</summary>
    public AacFilterBank FilterBank { get; } = new();

    /// <summary>Noise shaping of each window.</summary>
    public AacNoiseShaping Shaping { get; } = new();

    /// <summary>Which windows.</summary>
    public AacWindows Windows { get; private set; }

    /// <summary>0 = sine, 1 = Kaiser-Bessel derived.</summary>
    public int Shape { get; private set; }

    /// <summary>Bands that are sent.</summary>
    public int Bands { get; private set; }

    /// <summary>Groups of windows, 1 to 8.</summary>
    public int Groups { get; private set; }

    /// <summary>Windows of each group.</summary>
    public byte[] GroupLengths { get; } = new byte[8];

    /// <summary>True for eight short blocks.</summary>
    public bool IsShort => Windows == AacWindows.EightShort;

    /// <summary>Reads <c>ics_info</c> (§4.4.2.1, table 4.6); false if it cannot be or is no AAC-LC.</summary>
    public bool ReadInfo(ref BitReader bits, AacBands bands)
    {
        bool reserved = bits.ReadFlag();
        Windows = (AacWindows)bits.Read(2);
        Shape = (int)bits.Read(1);
        Groups = 1;
        GroupLengths[0] = 1;
        if (IsShort)
        {
            Bands = (int)bits.Read(4);
            for (uint grouping = bits.Read(7) << 1, i = 0; i < 7; i++, grouping <<= 1)
            {
                if ((grouping & 0x80) != 0)
                {
                    GroupLengths[Groups - 1]++;
                }
                else
                {
                    GroupLengths[Groups++] = 1;
                }
            }

            return !reserved && Bands < bands.Short.Length;
        }

        Bands = (int)bits.Read(6);
        bool predicts = bits.ReadFlag();
        return !reserved && !predicts && Bands < bands.Long.Length;
    }

    /// <summary>Takes over what both channels of a pair have in common.</summary>
    public void CopyInfo(AacChannel other)
    {
        (Windows, Shape, Bands, Groups) = (other.Windows, other.Shape, other.Bands, other.Groups);
        other.GroupLengths.CopyTo(GroupLengths, 0);
    }

    /// <summary>
    /// Reads <c>individual_channel_stream</c> (table 4.50) behind its common part; false if it cannot be.
    /// </summary>
    public bool ReadStream(ref BitReader bits, bool hasInfo, AacBands bands)
    {
        int gain = (int)bits.Read(8);
        if ((!hasInfo && !ReadInfo(ref bits, bands)) || !ReadSections(ref bits) || !ReadFactors(ref bits, gain))
        {
            return false;
        }

        Span<int> pulses = stackalloc int[9];
        int pulseCount = 0;
        if (bits.ReadFlag() && (pulseCount = ReadPulses(ref bits, bands, pulses)) <= 0)
        {
            return false;
        }

        bool isShaped = bits.ReadFlag();
        if (!Shaping.Read(ref bits, isShaped, IsShort))
        {
            return false;
        }

        return !bits.ReadFlag()            // gain control belongs to another profile
            && AacSpectrum.Read(ref bits, this, IsShort ? bands.Short : bands.Long, pulses[..(2 * pulseCount)])
            && !bits.IsBeyondEnd;
    }

    /// <summary>Table 4.52.</summary>
    private bool ReadSections(ref BitReader bits)
    {
        int width = IsShort ? 3 : 5, escape = (1 << width) - 1;
        for (int group = 0; group < Groups; group++)
        {
            for (int band = 0; band < Bands;)
            {
                byte book = (byte)bits.Read(4);
                int length = 0, part;
                do
                {
                    part = (int)bits.Read(width);
                    length += part;
                }
                while (part == escape && length <= Bands);

                if (book == 12 || length > Bands - band || bits.IsBeyondEnd)
                {
                    return false;
                }

                Books.AsSpan(group * Bands + band, length).Fill(book);
                band += length;
            }
        }

        return true;
    }

    /// <summary>Table 4.53 and §4.6.2.3, §4.6.8.2, §4.6.13.</summary>
    private bool ReadFactors(ref BitReader bits, int gain)
    {
        int factor = gain, position = 0, noise = gain - 90;
        bool isFirstNoise = true;
        for (int i = 0; i < Groups * Bands; i++)
        {
            switch (Books[i])
            {
                case 0:
                    Factors[i] = 0;
                    break;
                case Intensity or IntensityOut:
                    position += AacHuffman.ScaleFactors.Read(ref bits) - 60;
                    Factors[i] = (short)position;
                    break;
                case Noise:
                    noise += isFirstNoise ? (int)bits.Read(9) - 256 : AacHuffman.ScaleFactors.Read(ref bits) - 60;
                    isFirstNoise = false;
                    Factors[i] = (short)noise;
                    break;
                default:
                    factor += AacHuffman.ScaleFactors.Read(ref bits) - 60;
                    if (factor is < 0 or > 255)
                    {
                        return false;
                    }

                    Factors[i] = (short)factor;
                    break;
            }

            if (Math.Abs(position) > 511 || Math.Abs(noise) > 511)
            {
                return false;
            }
        }

        return !bits.IsBeyondEnd;
    }

    /// <summary>Table 4.7: pairs of place and height; 0 or less if it cannot be.</summary>
    private int ReadPulses(ref BitReader bits, AacBands bands, scoped Span<int> pulses)
    {
        int count = (int)bits.Read(2) + 1, start = (int)bits.Read(6);
        if (IsShort || start >= Bands)
        {
            return Wrong;
        }

        int place = bands.Long[start];
        for (int i = 0; i < count; i++)
        {
            place += (int)bits.Read(5);
            if (place >= AacFilterBank.Frame)
            {
                return Wrong;
            }

            pulses[2 * i] = place;
            pulses[2 * i + 1] = (int)bits.Read(4);
        }

        return count;
    }
}

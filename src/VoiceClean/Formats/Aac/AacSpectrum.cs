namespace VoiceClean.Formats.Aac;

/// <summary>Reads and scales the coefficients of a channel. Source: ISO/IEC 14496-3 §4.6.1, §4.6.2, §4.6.3.</summary>
internal static class AacSpectrum
{
    /// <summary>The largest quantised value.</summary>
    public const int Largest = 8191;

    private const int Zero = 100;

    private static readonly float[] Powers = MakePowers();

    private static readonly float[] Gains =
        [.. Sequence.Range(0, 256).Select(factor => (float)Math.Pow(2, 0.25 * (factor - Zero)))];

    /// <summary>|q|^(4/3) of a quantised value, 0 to <see cref="Largest"/>.</summary>
    public static float Power(int magnitude) => Powers[magnitude];

    /// <summary>Reads all coefficients; false if one cannot be.</summary>
    /// <param name="bits">Stands at <c>spectral_data</c> (table 4.56).</param>
    /// <param name="channel">Knows its windows, books and factors; receives the spectrum.</param>
    /// <param name="offsets">Of the bands.</param>
    /// <param name="pulses">Pairs of place and height.</param>
    public static bool Read(ref BitReader bits, AacChannel channel, int[] offsets, scoped ReadOnlySpan<int> pulses)
    {
        AacBook[] books = AacBook.All;
        Span<float> spectrum = channel.Spectrum;
        spectrum.Clear();
        int window = 0;
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
                float gain = Gains[channel.Factors[index]];
                for (int w = window; w < window + windows; w++)
                {
                    Span<float> part = spectrum.Slice(w * AacFilterBank.Short + from, width);
                    if (!books[book].Read(ref bits, gain, part))
                    {
                        return false;
                    }

                    AddPulses(part, from, gain, pulses);
                }
            }

            window += windows;
        }

        return !bits.IsBeyondEnd;
    }

    /// <summary>§4.6.5.</summary>
    private static void AddPulses(Span<float> band, int from, float gain, ReadOnlySpan<int> pulses)
    {
        for (int i = 0; i + 1 < pulses.Length; i += 2)
        {
            int at = pulses[i] - from;
            if (at >= 0 && at < band.Length)
            {
                int value = Quantised(band[at], gain);
                value = Math.Clamp(value + (value > 0 ? pulses[i + 1] : -pulses[i + 1]), -Largest, Largest);
                band[at] = Math.Sign(value) * (gain * Power(Math.Abs(value)));
            }
        }
    }

    /// <summary>The factor of a scale factor, 0 to 255: 2^(¼ × (factor − 100)).</summary>
    public static float Gain(int factor) => Gains[factor];

    /// <summary>The quantised value that a coefficient was made from.</summary>
    /// <param name="coefficient">± a <see cref="Power"/> times the gain.</param>
    /// <param name="gain">Of its band.</param>
    internal static int Quantised(float coefficient, float gain)
    {
        float magnitude = Math.Abs(coefficient);
        int low = 0, high = Largest;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = gain * Powers[middle] < magnitude ? (middle + 1, high) : (low, middle);
        }

        return coefficient < 0 ? -low : low;
    }

    private static float[] MakePowers()
    {
        float[] powers = new float[Largest + 1];
        for (int q = 0; q < powers.Length; q++)
        {
            powers[q] = (float)(q * Math.Cbrt(q));
        }

        return powers;
    }
}

namespace VoiceClean.Reporting.Pictures;

/// <summary>A waveform as a picture on no ground: what was kept in one colour, what was cut in another.</summary>
internal static class WaveformImage
{
    /// <summary>[pixel]</summary>
    public const int Width = 440, Height = 56;

    // Clear; kept: a blue that stands out on white and on black; cut: grey.
    private static readonly uint[] Palette = [0x00000000, 0x3E83D6FF, 0x8A8F98FF];

    /// <summary>Draws samples, all of them, from the smallest to the largest of each column.</summary>
    /// <param name="samples">Mono, full scale ±1.</param>
    /// <param name="gain">Factor on every sample.</param>
    /// <param name="cut">Stretches that the result does not have, as shares of the whole (0 to 1).</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(ReadOnlySpan<float> samples, double gain, IReadOnlyList<(double From, double To)> cut)
    {
        ArgumentNullException.ThrowIfNull(cut);
        byte[] pixels = new byte[Width * Height];
        for (int x = 0; x < Width; x++)
        {
            int from = (int)((long)x * samples.Length / Width), to = (int)((long)(x + 1) * samples.Length / Width);
            (float low, float high) = (0, 0);
            foreach (float s in samples[from..Math.Clamp(to, from, samples.Length)])
            {
                low = Math.Min(low, s);
                high = Math.Max(high, s);
            }

            double centre = (x + 0.5) / Width;
            byte colour = cut.Any(c => centre >= c.From && centre < c.To) ? (byte)2 : (byte)1;
            int top = Row(high * gain), bottom = Row(low * gain);
            for (int y = top; y <= bottom; y++)
            {
                pixels[(y * Width) + x] = colour;
            }
        }

        return PngImage.Encode(Width, Height, pixels, Palette);
    }

    private static int Row(double sample) =>
        (int)Math.Round((1 - Math.Clamp(sample, -1, 1)) / 2 * (Height - 1));
}

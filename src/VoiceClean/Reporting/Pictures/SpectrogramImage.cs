namespace VoiceClean.Reporting.Pictures;

/// <summary>A spectrogram as a picture: time to the right, frequency upwards and linear, louder is lighter.</summary>
internal static class SpectrogramImage
{
    /// <summary>[pixel]</summary>
    public const int Width = 440, Height = 110;

    /// <summary>The levels between the darkest and the lightest colour [dBFS per band].</summary>
    public const double LowestDb = -95, HighestDb = -15;

    private const int Colours = 32;

    // Even steps of lightness from black over purple and orange to yellow, so that it can be read in grey too.
    private static readonly uint[] Anchors =
        [0x000004FF, 0x1F0C48FF, 0x550F6DFF, 0x88226AFF, 0xBA3655FF, 0xE35933FF, 0xF98C0AFF, 0xF9C932FF, 0xFCFFA4FF];

    private static readonly uint[] Palette = [.. Sequence.Range(0, Colours).Select(Colour)];

    /// <summary>Draws samples, all of them.</summary>
    /// <param name="samples">Mono, full scale ±1; at least one.</param>
    /// <param name="gainDb">Added to every level, so that two recordings can be compared [dB].</param>
    /// <param name="cancellation">Checked at every column.</param>
    /// <returns>A PNG file.</returns>
    public static byte[] Draw(ReadOnlySpan<float> samples, double gainDb, CancellationToken cancellation)
    {
        var spectra = new ColumnSpectra();
        byte[] pixels = new byte[Width * Height];
        for (int x = 0; x < Width; x++)
        {
            cancellation.ThrowIfCancellationRequested();
            double from = (double)x * samples.Length / Width, step = (double)samples.Length / Width;
            DrawColumn(spectra.Of(samples, from, step), gainDb + spectra.ScaleDb, pixels.AsSpan(x));
        }

        return PngImage.Encode(Width, Height, pixels, Palette);
    }

    // The loudest line of each row, so that a thin one is not lost.
    private static void DrawColumn(ReadOnlySpan<float> power, double scaleDb, Span<byte> column)
    {
        int lines = power.Length - 1;
        for (int y = 0; y < Height; y++)
        {
            int low = (Height - 1 - y) * lines / Height, high = Math.Max(low + 1, (Height - y) * lines / Height);
            float most = 0;
            foreach (float p in power[low..high])
            {
                most = Math.Max(most, p);
            }

            double level = most > 0 ? (10 * Math.Log10(most)) + scaleDb : LowestDb;
            double share = Math.Clamp((level - LowestDb) / (HighestDb - LowestDb), 0, 1);
            column[y * Width] = (byte)Math.Round(share * (Colours - 1));
        }
    }

    private static uint Colour(int place)
    {
        double at = (double)place / (Colours - 1) * (Anchors.Length - 1);
        int low = Math.Min((int)at, Anchors.Length - 2);
        double share = at - low;
        uint colour = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            double a = (Anchors[low] >> shift) & 255, b = (Anchors[low + 1] >> shift) & 255;
            colour |= (uint)Math.Round(a + (share * (b - a))) << shift;
        }

        return colour;
    }
}

using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Reporting.Pictures;

/// <summary>
/// A stretch of a recording as levels, as many columns and rows as a screen shows; the colours are the screen's.
/// </summary>
/// <param name="From">Where it begins [sample]; may lie outside of the recording, where there is silence.</param>
/// <param name="Length">How long it is [sample], more than 0.</param>
/// <param name="Width">Columns, 1 to <see cref="MostColumns"/>.</param>
/// <param name="Height">Rows, 1 to <see cref="MostRows"/>.</param>
/// <param name="SampleRate">[Hz]</param>
/// <param name="IsMel">Whether rows are even in mel (O'Shaughnessy 1987), as the ear hears; else even in hertz.</param>
/// <param name="FrameLength">As of <see cref="ColumnSpectra"/>.</param>
internal sealed record SpectrogramView(
    double From,
    double Length,
    int Width,
    int Height,
    int SampleRate,
    bool IsMel,
    int FrameLength = ColumnSpectra.UsualFrameLength)
{
    /// <summary>The most columns and rows.</summary>
    public const int MostColumns = 4096, MostRows = 512;

    /// <summary>The level of byte 0 [dBFS]; byte 255 is 0 dBFS.</summary>
    public const double LowestDb = -110;

    // Columns that one thread does at a time.
    private const int ColumnsOfPiece = 32;

    /// <summary>Levels of a recording.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="threads">Threads that may work on it; the result is the same with any number.</param>
    /// <param name="cancellation">Checked at every few columns.</param>
    /// <returns>Width × Height bytes, column after column, each from the lowest frequency up.</returns>
    public byte[] Draw(SampleReader read, int threads, CancellationToken cancellation) =>
        Draw(threads, (spectra, from, step, levels) => Level(spectra, read, from, step, levels), cancellation);

    /// <summary>What was taken from a recording, cell by cell.</summary>
    /// <param name="before">Reads the recording.</param>
    /// <param name="after">Reads the same after something was taken.</param>
    /// <param name="threads">As for <see cref="Draw(SampleReader, int, CancellationToken)"/>.</param>
    /// <param name="cancellation">Checked at every few columns.</param>
    /// <returns>As there, where 255 = nothing was taken, 0 = 110 dB or more.</returns>
    public byte[] DrawDifference(
        SampleReader before,
        SampleReader after,
        int threads,
        CancellationToken cancellation) =>
        Draw(threads, (spectra, from, step, levels) =>
        {
            Span<double> then = stackalloc double[MostRows];
            Level(spectra, before, from, step, then[..Height]);
            Level(spectra, after, from, step, levels);
            for (int y = 0; y < levels.Length; y++)
            {
                levels[y] -= then[y];
            }
        }, cancellation);

    private delegate void Column(ColumnSpectra spectra, double from, double step, Span<double> levels);

    private byte[] Draw(int threads, Column column, CancellationToken cancellation)
    {
        byte[] bytes = new byte[Width * Height];
        double step = Length / Width;
        ForkJoin.For(
            threads,
            (Width + ColumnsOfPiece - 1) / ColumnsOfPiece,
            piece =>
            {
                var spectra = new ColumnSpectra(FrameLength);
                Span<double> levels = stackalloc double[MostRows];
                int end = Math.Min(Width, (piece + 1) * ColumnsOfPiece);
                for (int x = piece * ColumnsOfPiece; x < end; x++)
                {
                    column(spectra, From + (x * step), step, levels[..Height]);
                    Write(levels[..Height], bytes.AsSpan(x * Height, Height));
                }
            },
            cancellation);
        return bytes;
    }

    private static void Write(ReadOnlySpan<double> levels, Span<byte> column)
    {
        for (int y = 0; y < column.Length; y++)
        {
            column[y] = (byte)Math.Round(255 * Math.Clamp(1 - (levels[y] / LowestDb), 0, 1));
        }
    }

    // The loudest line of each row, so that a thin one is not lost; no row is without a line.
    private void Level(
        ColumnSpectra spectra,
        SampleReader read,
        double from,
        double step,
        Span<double> levels)
    {
        ReadOnlySpan<float> power = spectra.Of(read, from, step);
        int low = LineOf(0, power.Length);
        for (int y = 0; y < levels.Length; y++)
        {
            int next = LineOf(y + 1, power.Length), high = Math.Clamp(next, low + 1, power.Length);
            float most = 0;
            foreach (float p in power[Math.Min(low, high - 1)..high])
            {
                most = Math.Max(most, p);
            }

            levels[y] = most > 0 ? Math.Max(LowestDb, (10 * Math.Log10(most)) + spectra.ScaleDb) : LowestDb;
            low = next;
        }
    }

    // The line at which a row begins.
    private int LineOf(int row, int lines)
    {
        double share = (double)row / Height;
        if (IsMel)
        {
            double top = Math.Log(1 + (SampleRate / 2.0 / 700));
            share = 700 * (Math.Exp(share * top) - 1) / (SampleRate / 2.0);
        }

        return Math.Min(lines - 1, (int)(share * (lines - 1)));
    }
}

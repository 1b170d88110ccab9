using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The least power of each band in each block of 0.13 s that sounds, over that of the profile.</summary>
internal sealed class StepMinima
{
    private readonly int _bands;
    private readonly int[] _blocks;         // those that sound
    private readonly float[] _lows;         // [sounding blocks x bands]

    /// <summary>Reads them.</summary>
    /// <param name="ratios">Power of the bands over that of the profile [cells x bands].</param>
    /// <param name="bands">Number of bands.</param>
    /// <param name="isSilent">Cells that say nothing.</param>
    public StepMinima(ReadOnlySpan<float> ratios, int bands, bool[] isSilent)
    {
        _bands = bands;
        _lows = Lows(ratios, bands, isSilent, out _blocks);
    }

    /// <summary>Number of blocks that sound.</summary>
    public int Count => _blocks.Length;

    /// <summary>Which block of the clip a sounding one is.</summary>
    public int Block(int sounding) => _blocks[sounding];

    /// <summary>The minima of a sounding block [bands].</summary>
    public ReadOnlySpan<float> Of(int sounding) => _lows.AsSpan(sounding * _bands, _bands);

    /// <summary>Stretches, as long as a window or longer, in which some of the bands lie above the profile all the
    /// time.</summary>
    /// <param name="riseDb">How far [dB].</param>
    /// <param name="share">More than this share of them, 0 to 1.</param>
    public List<(int From, int To)> Rises(double riseDb, double share)
    {
        var runs = new List<(int From, int To)>();
        float level = (float)Decibels.ToPower(riseDb);
        for (int j = 0, from = 0; j <= Count; j++)
        {
            if (j == Count || !HasRisen(j, level, share))
            {
                if (j - from >= GateConstants.StepWindowBlocks)
                {
                    runs.Add((from, j));
                }

                from = j + 1;
            }
        }

        return runs;
    }

    /// <summary>Whether half of the bands lie below the profile in more than a tenth of some window.</summary>
    public bool Falls()
    {
        const int window = GateConstants.StepWindowBlocks;
        float level = (float)Decibels.ToPower(-GateConstants.StepDb);
        for (int j = 0, below = 0; j < Count; j++)
        {
            below += IsMostlyBelow(j, level) ? 1 : 0;
            below -= j >= window && IsMostlyBelow(j - window, level) ? 1 : 0;
            if (j + 1 >= window && below > window / 10)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By which factor the noise grows from block to block in a window: between the quietest moments of its
    /// halves.</summary>
    public double Growth(int first)
    {
        const int half = GateConstants.StepWindowBlocks / 2;
        double early = Lowest(first), late = Lowest(first + half);
        return Math.Pow(10, (late - early) / half / 10);

        double Lowest(int from)
        {
            double lowest = double.PositiveInfinity;
            for (int block = from; block < from + half; block++)
            {
                double sum = 0;
                foreach (float low in Of(block))
                {
                    sum += Decibels.FromPower(low + 1e-20);
                }

                lowest = Math.Min(lowest, sum / _bands);
            }

            return lowest;
        }
    }

    /// <summary>The minima of a band in a window, ascending, as if nothing grew in it.</summary>
    /// <param name="first">The first sounding block of the window.</param>
    /// <param name="band">The band.</param>
    /// <param name="growth">By which factor it grows from block to block.</param>
    /// <param name="column">Receives them [blocks of a window].</param>
    public void Sorted(int first, int band, double growth, Span<float> column)
    {
        double factor = 1;
        for (int i = 0; i < column.Length; i++, factor /= growth)
        {
            column[i] = _lows[((first + i) * _bands) + band] * (float)factor;
        }

        column.Sort();
    }

    private bool HasRisen(int block, float level, double share)
    {
        int risen = 0;
        foreach (float low in Of(block))
        {
            risen += low > level ? 1 : 0;
        }

        return risen > share * _bands;
    }

    private bool IsMostlyBelow(int block, float level)
    {
        int below = 0;
        foreach (float low in Of(block))
        {
            below += low <= level ? 1 : 0;
        }

        return 2 * below > _bands;
    }

    // The least of each band in each block that sounds [sounding blocks x bands].
    private static float[] Lows(ReadOnlySpan<float> ratios, int bands, bool[] isSilent, out int[] blocks)
    {
        var lows = new List<float>();
        var sounding = new List<int>();
        float[] low = new float[bands];
        for (int block = 0; block * GateConstants.StepBlockCells < isSilent.Length; block++)
        {
            Array.Fill(low, float.PositiveInfinity);
            int end = Math.Min(isSilent.Length, (block + 1) * GateConstants.StepBlockCells);
            for (int cell = block * GateConstants.StepBlockCells; cell < end; cell++)
            {
                for (int b = 0; b < bands && !isSilent[cell]; b++)
                {
                    low[b] = Math.Min(low[b], ratios[(cell * bands) + b]);
                }
            }

            if (float.IsFinite(low[0]))
            {
                sounding.Add(block);
                lows.AddRange(low);
            }
        }

        blocks = [.. sounding];
        return [.. lows];
    }
}

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

    /// <summary>
    /// Stretches, as long as a window or longer, in which half of the bands lie above a level all the time, or below
    /// it.
    /// </summary>
    public List<(int From, int To)> Runs(double levelDb, bool isBelow)
    {
        var runs = new List<(int From, int To)>();
        float level = (float)Decibels.ToPower(levelDb);
        int count = _blocks.Length, from = 0;
        for (int j = 0; j <= count; j++)
        {
            int beyond = 0;
            for (int b = 0; j < count && b < _bands; b++)
            {
                beyond += _lows[(j * _bands) + b] > level != isBelow ? 1 : 0;
            }

            if (2 * beyond <= _bands)
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

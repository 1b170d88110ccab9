using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// The cells of 1 dB in which <see cref="DigitalSilence"/> counts powers, without a logarithm for each: an estimate
/// from the bits of the number, corrected by the exact edges.
/// </summary>
internal static class PowerCells
{
    /// <summary>Number of cells.</summary>
    public const int Count = 160;

    /// <summary>Where the first begins, width of a cell, and below which a block is silent exactly [dB].</summary>
    public const double LowestDb = -140, CellDb = 1, ExactDb = -100;

    private const int SoundingCells = 70;
    private const int MantissaBits = 23, Bias = 127, Infinity = 0x7F800000;

    // How far an edge may lie from what Decibels.ToPower says, in units of the last place.
    private const int Near = 64;

    private static readonly float[] s_edges = MakeEdges();

    /// <summary>The cell of a power, 0 to 159; powers beyond count in the outermost.</summary>
    public static int Of(float power)
    {
        if (!(power > 0))
        {
            return 0;
        }

        double octaves = (BitConverter.SingleToInt32Bits(power) / (double)(1 << MantissaBits)) - Bias;
        int cell = (int)Math.Clamp(((octaves * 3.0103) - LowestDb) / CellDb, 0, Count - 1);
        while (power < s_edges[cell])
        {
            cell--;
        }

        while (cell + 1 < Count && power >= s_edges[cell + 1])
        {
            cell++;
        }

        return cell;
    }

    /// <summary>
    /// The cell of what a share of the sounding powers exceeds. Those sound that lie less than 70 dB below the loudest,
    /// in loud recordings those that are not exactly silent.
    /// </summary>
    /// <param name="histogram">[cell] how many powers.</param>
    /// <param name="share">0 to 1.</param>
    public static int Exceeded(ReadOnlySpan<int> histogram, double share)
    {
        int top = Count - 1, sounding = 0, found = Count - 1;
        while (top > 0 && histogram[top] == 0)
        {
            top--;
        }

        foreach (int count in histogram[Math.Clamp(top - SoundingCells, 1, (int)((ExactDb - LowestDb) / CellDb))..])
        {
            sounding += count;
        }

        for (int above = 0; found > 0 && (above += histogram[found]) <= share * sounding; found--)
        {
        }

        return found;
    }

    /// <summary>The same by the logarithm.</summary>
    internal static int ByLogarithm(float power) =>
        (int)Math.Clamp((Decibels.FromPower(power) - LowestDb) / CellDb, 0, Count - 1);

    private static float[] MakeEdges()
    {
        float[] edges = new float[Count];       // the first begins with 0
        for (int cell = 1; cell < Count; cell++)
        {
            edges[cell] = Least(p => ByLogarithm(p) >= cell, LowestDb + (cell * CellDb));
        }

        return edges;
    }

    // The least power of which something holds that holds of all greater ones; it lies near to a level.
    private static float Least(Func<float, bool> holds, double nearDb)
    {
        int near = BitConverter.SingleToInt32Bits((float)Decibels.ToPower(nearDb));
        (int low, int high) = (near - Near, near + Near);
        if (holds(BitConverter.Int32BitsToSingle(low)) || !holds(BitConverter.Int32BitsToSingle(high)))
        {
            (low, high) = (0, Infinity);
        }

        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            (low, high) = holds(BitConverter.Int32BitsToSingle(middle)) ? (low, middle) : (middle + 1, high);
        }

        return BitConverter.Int32BitsToSingle(low);
    }
}

namespace VoiceClean.Formats.Aac;

/// <summary>
/// How the spectrum is divided into scale factor bands. Source: ISO/IEC 14496-3 §4.5.4, tables 4.110 and following, and
/// §4.6.9.3 for the bands that temporal noise shaping may reach.
/// </summary>
internal sealed class AacBands
{
    private const int Rates = 13;

    private static readonly int[] SampleRates =
        [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

    private static readonly byte[] LongestNoiseShaping = [31, 31, 34, 40, 42, 51, 46, 46, 42, 42, 42, 39, 39];
    private static readonly byte[] ShortNoiseShaping = [9, 9, 10, 14, 14, 14, 14, 14, 14, 14, 14, 14, 14];

    private static readonly int[] Long96 = Sum(
        [4, 14], [8, 5], [12, 5], [16, 2], [24, 1], [28, 1], [36, 1], [44, 1], [64, 11]);

    private static readonly int[] Long64 = Sum(
        [4, 14], [8, 4], [12, 3], [16, 3], [20, 1], [24, 2], [28, 1], [36, 1], [40, 18]);

    private static readonly int[] Long48 = Sum(
        [4, 10], [8, 7], [12, 4], [16, 2], [20, 2], [24, 2], [28, 2], [32, 19], [96, 1]);

    private static readonly int[] Long32 = Sum(
        [4, 10], [8, 7], [12, 4], [16, 2], [20, 2], [24, 2], [28, 2], [32, 22]);

    private static readonly int[] Long24 = Sum(
        [4, 11], [8, 10], [12, 4], [16, 3], [20, 2], [24, 2], [28, 2], [32, 1], [36, 2], [40, 1], [44, 1], [48, 1],
        [52, 2], [64, 5]);

    private static readonly int[] Long16 = Sum(
        [8, 11], [12, 9], [16, 4], [20, 3], [24, 2], [28, 2], [32, 1], [36, 1], [40, 2], [44, 1], [48, 1], [52, 1],
        [56, 1], [60, 1], [64, 3]);

    private static readonly int[] Long8 = Sum(
        [12, 13], [16, 7], [20, 4], [24, 3], [28, 2], [32, 1], [36, 2], [40, 1], [44, 1], [48, 1], [52, 1], [56, 1],
        [60, 1], [64, 1], [80, 1]);

    private static readonly int[] Short96 = Sum([4, 6], [8, 3], [16, 1], [28, 1], [36, 1]);
    private static readonly int[] Short48 = Sum([4, 5], [8, 3], [12, 3], [16, 3]);
    private static readonly int[] Short24 = Sum([4, 7], [8, 3], [12, 2], [16, 2], [20, 1]);
    private static readonly int[] Short16 = Sum([4, 8], [8, 2], [12, 2], [16, 1], [20, 2]);
    private static readonly int[] Short8 = Sum([4, 7], [8, 4], [12, 1], [16, 1], [20, 2]);

    private AacBands(int index)
    {
        Long = index switch
        {
            < 2 => Long96,
            2 => Long64,
            < 5 => Long48,
            5 => Long32,
            < 8 => Long24,
            < 11 => Long16,
            _ => Long8,
        };
        Short = index switch
        {
            < 3 => Short96,
            < 6 => Short48,
            < 8 => Short24,
            < 11 => Short16,
            _ => Short8,
        };
        MostShapedLong = LongestNoiseShaping[index];
        MostShapedShort = ShortNoiseShaping[index];
    }

    /// <summary>Where each band of a long block begins, and the end of the last: 1024.</summary>
    public int[] Long { get; }

    /// <summary>Where each band of a short block begins, and the end of the last: 128.</summary>
    public int[] Short { get; }

    /// <summary>Bands of a long block that temporal noise shaping may reach.</summary>
    public int MostShapedLong { get; }

    /// <summary>Bands of a short block that temporal noise shaping may reach.</summary>
    public int MostShapedShort { get; }

    /// <summary>The sampling rate of an index, 0 to 12 [Hz]; 0 for others.</summary>
    public static int RateOf(int index) => index < Rates ? SampleRates[index] : 0;

    /// <summary>
    /// The index whose tables serve a sampling rate that is given in Hz (§4.5.1.1, table 4.82); the nearest.
    /// </summary>
    public static int IndexOf(int sampleRate)
    {
        ReadOnlySpan<int> least =
            [92_017, 75_132, 55_426, 46_009, 37_566, 27_713, 23_004, 18_783, 13_856, 11_502, 9391];
        int index = 0;
        while (index < least.Length && sampleRate < least[index])
        {
            index++;
        }

        return index;
    }

    /// <summary>The bands at a sampling rate index, 0 to 12.</summary>
    public static AacBands Of(int index) => new(index);

    /// <summary>Offsets from widths, each given with how often it repeats.</summary>
    private static int[] Sum(params int[][] widths)
    {
        var offsets = new List<int> { 0 };
        foreach (int[] width in widths)
        {
            for (int i = 0; i < width[1]; i++)
            {
                offsets.Add(offsets[^1] + width[0]);
            }
        }

        return [.. offsets];
    }
}

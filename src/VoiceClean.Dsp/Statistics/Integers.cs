namespace VoiceClean.Dsp.Statistics;

/// <summary>Arithmetic of whole numbers.</summary>
internal static class Integers
{
    /// <summary>The greatest number that divides both; Euclid's algorithm.</summary>
    /// <param name="a">Above 0.</param>
    /// <param name="b">Above 0.</param>
    public static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}

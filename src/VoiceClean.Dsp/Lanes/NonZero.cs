using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Lanes;

/// <summary>
/// Looks for what is not zero, eight floats at once: of floats the search of the base library goes one by one.
/// </summary>
internal static class NonZero
{
    /// <summary>The first value that is not zero, not-a-number among them; -1 if all are zero.</summary>
    /// <param name="values">Any number.</param>
    public static int First(ReadOnlySpan<float> values)
    {
        int i = 0;
        for (; i <= values.Length - 8; i += 8)
        {
            if (!Vector256.EqualsAll(Vector256.Create(values.Slice(i, 8)), Vector256<float>.Zero))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                return i;
            }
        }

        return -1;
    }
}

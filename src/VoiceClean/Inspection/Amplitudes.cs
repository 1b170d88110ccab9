using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Inspection;

/// <summary>How the amplitudes of a recording are distributed, taken in piece by piece.</summary>
/// <param name="mean">The constant part that does not count.</param>
internal sealed class Amplitudes(float mean)
{
    private const float Least = 1e-9f, Most = 1e9f;       // so that the product of four is an ordinary number
    private double _sum, _logs;
    private long _count;

    /// <summary>ln E|x| - E ln|x|; null without amplitudes.</summary>
    public double? MeanLogRatio =>
        _count == 0 || _sum <= Least * _count * 1.001
            ? null
            : Math.Log(_sum / _count) - (_logs / _count * Math.Log(2));

    /// <summary>Takes a piece; its last samples, fewer than 32, are too few to matter.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        ref float x = ref MemoryMarshal.GetReference(samples);
        Vector256<float> centre = Vector256.Create(mean),
            zero = Vector256<float>.Zero,
            one = Vector256<float>.One;
        Vector256<double> lowSum = default,
            highSum = default,
            lowLogs = default,
            highLogs = default;
        Vector256<int> zeros = default;
        int n = 0;
        for (; n <= samples.Length - 32; n += 32)
        {
            Vector256<float> sumOfFour = default, product = one;
            for (int j = 0; j < 32; j += 8)
            {
                // Exact zeros are silence of a gate, not amplitudes; they count in neither mean.
                Vector256<float> raw = Vector256.LoadUnsafe(ref x, (nuint)(n + j)),
                    isZero = Vector256.Equals(raw, zero);
                Vector256<float> a = Vector256.MinNative(
                    Vector256.MaxNative(Vector256.Abs(raw - centre), Vector256.Create(Least)),
                    Vector256.Create(Most));
                sumOfFour += Vector256.AndNot(a, isZero);
                product *= Vector256.ConditionalSelect(isZero, one, a);       // one logarithm serves four samples
                zeros -= isZero.AsInt32();
            }

            Vector256<float> logs = VectorMath.Log2(product);
            lowSum += Vector256.WidenLower(sumOfFour);
            highSum += Vector256.WidenUpper(sumOfFour);
            lowLogs += Vector256.WidenLower(logs);
            highLogs += Vector256.WidenUpper(logs);
        }

        _sum += Vector256.Sum(lowSum + highSum);
        _logs += Vector256.Sum(lowLogs + highLogs);
        _count += n - Vector256.Sum(zeros);
    }
}

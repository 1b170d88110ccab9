using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection;

/// <summary>Signal-to-noise ratio from the distribution of amplitudes.</summary>
internal static class Wada
{
    // g = ln E|x| - E ln|x| of Gamma(0.4) speech in Gaussian noise at these SNRs: C. Kim and R. M. Stern, "Robust
    // signal-to-noise ratio estimation based on waveform amplitude distribution analysis", Interspeech 2008; the values
    // from a simulation of that model.
    private static readonly double[] s_wadaDb = [-20, -10, 0, 5, 10, 15, 20, 30, 40];
    private static readonly double[] s_wadaG = [0.4098, 0.4122, 0.4619, 0.5433, 0.6673, 0.8122, 0.9553, 1.193, 1.357];

    /// <summary>The SNR that the distribution of amplitudes speaks for [dB], -20 to 40; -20 for silence.</summary>
    public static double MeasureDb(ReadOnlySpan<float> samples)
    {
        const float least = 1e-9f, most = 1e9f;       // so that the product of four is an ordinary number
        ref float x = ref MemoryMarshal.GetReference(samples);
        Vector256<float> centre = Vector256.Create((float)SampleStatistics.Measure(samples).Mean),
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
                    Vector256.MaxNative(Vector256.Abs(raw - centre), Vector256.Create(least)),
                    Vector256.Create(most));
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

        // The last samples, fewer than 32, are too few to matter.
        long count = n - Vector256.Sum(zeros);
        double sum = Vector256.Sum(lowSum + highSum), logSum = Vector256.Sum(lowLogs + highLogs);
        if (count == 0 || sum <= least * count * 1.001)
        {
            return -20;
        }

        double g = Math.Log(sum / count) - (logSum / count * Math.Log(2));
        return Curve.Interpolate(s_wadaG, s_wadaDb, g, extend: false);
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceClean.Formats.Loading;

/// <summary>
/// Counts runs of samples at the highest and the lowest value of each channel: what was clipped and then turned down,
/// and perhaps dithered. In one pass; a new extreme forgets the runs at the one before.
/// </summary>
/// <param name="channels">Of the interleaved samples.</param>
internal sealed class FlatExtremes(int channels)
{
    private const int LeastRun = 3, Lanes = 8;
    private const float LeastPeak = 0.05f;

    // Three steps of 16 bits: dither and rounding.
    private const float Near = 9.2e-5f;

    private readonly Side[] _high = new Side[channels], _low = new Side[channels];
    private readonly float[] _highs = new float[Lanes], _lows = new float[Lanes];

    /// <summary>Samples in runs of three and more; of the worst channel for which <paramref name="counts"/> is true
    /// (null = of all).</summary>
    public long Count(Func<int, bool>? counts = null)
    {
        long most = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            if (counts?.Invoke(channel) ?? true)
            {
                most = Math.Max(most, _high[channel].Counted + _low[channel].Counted);
            }
        }

        return most;
    }

    /// <summary>Takes whole frames.</summary>
    /// <param name="samples">[frame x channel]</param>
    public void Add(ReadOnlySpan<float> samples)
    {
        int i = 0;
        if (Lanes % channels == 0)
        {
            ref float x = ref MemoryMarshal.GetReference(samples);
            (Vector256<float> highs, Vector256<float> lows) = Limits();
            bool mayRun = true;
            for (; i <= samples.Length - Lanes; i += Lanes)
            {
                // Nearly all of a recording lies between its extremes; what ran at them has ended then.
                var v = Vector256.LoadUnsafe(ref x, (nuint)i);
                bool isBetween = Vector256.EqualsAll(
                    Vector256.GreaterThanOrEqual(v, highs) | Vector256.LessThanOrEqual(v, lows),
                    Vector256<float>.Zero);
                if (!isBetween)
                {
                    Scan(samples.Slice(i, Lanes));
                    (highs, lows) = Limits();
                    mayRun = true;
                }
                else if (mayRun)
                {
                    EndRuns();
                    mayRun = false;
                }
            }
        }

        Scan(samples[i..]);
    }

    private (Vector256<float> Highs, Vector256<float> Lows) Limits()
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            _highs[lane] = Math.Max(LeastPeak, _high[lane % channels].Most - Near);
            _lows[lane] = -Math.Max(LeastPeak, _low[lane % channels].Most - Near);
        }

        return (Vector256.Create(_highs), Vector256.Create(_lows));
    }

    private void EndRuns()
    {
        for (int channel = 0; channel < channels; channel++)
        {
            _high[channel].Run = _low[channel].Run = 0;
        }
    }

    private void Scan(ReadOnlySpan<float> samples)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            _high[i % channels].Add(samples[i]);
            _low[i % channels].Add(-samples[i]);
        }
    }

    private struct Side
    {
        public float Most;
        public long Counted;
        public int Run;

        public void Add(float x)
        {
            if (x > Most + Near && x >= LeastPeak)
            {
                (Most, Counted, Run) = (x, 0, 1);
                return;
            }

            Run = x >= Most - Near && x >= LeastPeak ? Run + 1 : 0;
            Counted += Run == LeastRun ? LeastRun : Run > LeastRun ? 1 : 0;
        }
    }
}

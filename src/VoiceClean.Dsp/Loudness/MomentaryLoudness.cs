using System.Buffers;

namespace VoiceClean.Dsp.Loudness;

/// <summary>The momentary loudness (400 ms, ungated) over the time of a recording, as a meter shows it.</summary>
internal static class MomentaryLoudness
{
    /// <summary>Measures it every 100 ms.</summary>
    /// <param name="samples">One channel, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <returns>[LUFS] at 0.05 s, 0.15 s, …, of the 400 ms around it, fewer at the ends; NaN for silence.</returns>
    public static double[] Of(ReadOnlySpan<float> samples, int sampleRate)
    {
        int count = KWeighting.CountSteps(samples.Length, sampleRate);
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        Span<double> steps = rented.AsSpan(0, count);
        KWeighting.MeasureSteps(samples, sampleRate, steps, default);
        const int hop = GatedLoudness.HopSteps, around = (GatedLoudness.MomentarySteps - hop) / 2;
        double[] curve = new double[(count + hop - 1) / hop];
        for (int i = 0; i < curve.Length; i++)
        {
            int first = Math.Max(0, (i * hop) - around), end = Math.Min(count, ((i + 1) * hop) + around);
            curve[i] = GatedLoudness.Window(steps, first, end - first, sampleRate);
        }

        ArrayPool<double>.Shared.Return(rented);
        return curve;
    }
}

using VoiceClean.Audio;
using VoiceClean.Dsp;

namespace VoiceClean.Inspection;

/// <summary>Measures a clip without changing it.</summary>
public static class Inspector
{
    /// <summary>Measures everything in <see cref="Measurements"/>.</summary>
    public static Measurements Measure(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Span<float> samples = clip.Samples;
        (double sum, float peak) = SumAndPeak(samples);
        return new Measurements
        {
            DurationS = (double)samples.Length / clip.SampleRate,
            SamplePeakDbfs = Decibels.FromAmplitude(peak),
            DcOffset = samples.Length > 0 ? sum / samples.Length : 0,
        };
    }

    private static (double Sum, float Peak) SumAndPeak(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        float peak = 0;
        foreach (float x in samples)
        {
            sum += x;
            peak = Math.Max(peak, Math.Abs(x));
        }

        return (sum, peak);
    }
}

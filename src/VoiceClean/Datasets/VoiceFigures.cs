using VoiceClean.Dsp.Speech;

namespace VoiceClean.Datasets;

/// <summary>How much voice there is in a clip, and how it comes and goes.</summary>
/// <param name="VoicedS">Time with a pitch [s].</param>
/// <param name="LongestS">The longest stretch with a pitch [s].</param>
/// <param name="SteadyShare">How steady its tones are (<see cref="SteadyTones"/>), 0 to 1; NaN = too short to
/// say.</param>
internal sealed record VoiceFigures(double VoicedS, double LongestS, double SteadyShare)
{
    // Voiced speech reads 0.6 to 1, noise below 0.5.
    private const float LeastPeriodicity = 0.7f;

    // Of the mean of the loud half; what is far below is the tail of something else.
    private const double LeastShare = 1e-3;

    /// <summary>Measures a clip.</summary>
    public static VoiceFigures Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int frames = VoicingDetector.CountFrames(samples.Length, sampleRate);
        float[] periodicity = new float[frames], energies = new float[frames];
        VoicingDetector.Measure(samples, sampleRate, periodicity, energies, cancellation);
        double mean = frames == 0 ? 0 : energies.Average(e => (double)e);
        double step = (double)VoicingDetector.FrameStart(1, sampleRate) / sampleRate;
        int voiced = 0, run = 0, longest = 0;
        for (int t = 0; t < frames; t++)
        {
            bool isVoiced = periodicity[t] > LeastPeriodicity && energies[t] > LeastShare * mean;
            voiced += isVoiced ? 1 : 0;
            run = isVoiced ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new VoiceFigures(
            voiced * step,
            longest * step,
            SteadyTones.Measure(samples, sampleRate, cancellation));
    }
}

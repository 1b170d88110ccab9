using VoiceClean.Dsp.Loudness;

namespace VoiceClean.Formats.Downmix;

/// <summary>
/// A second track of the same sound at another level, as recorders write against overload: where one is clipped and the
/// other is not, their mean would be clipped too.
/// </summary>
internal static class ClippedCopy
{
    // The largest positive 16-bit value is 0.99997. Fewer than three equal samples may be a peak that just fits.
    private const float FullScale = 0.9999f;
    private const int LeastRun = 3;

    // Less is not worth losing the gain of two channels [share].
    private const double LeastShare = 0.0002;

    /// <summary>The channel of a pair that is not clipped while the other is; null if it is not so.</summary>
    public static int? Unclipped(ReadOnlySpan<float> interleaved)
    {
        if (TruePeak.SamplePeak(interleaved) < FullScale)
        {
            return null;
        }

        double first = Share(interleaved, 0), second = Share(interleaved, 1);
        return first == 0 && second >= LeastShare ? 0
            : second == 0 && first >= LeastShare ? 1
            : null;
    }

    private static double Share(ReadOnlySpan<float> interleaved, int channel)
    {
        int clipped = 0, run = 0;
        float last = 0;
        for (int i = channel; i < interleaved.Length; i += 2)
        {
            float sample = interleaved[i];
            run = Math.Abs(sample) < FullScale ? 0 : run > 0 && sample == last ? run + 1 : 1;
            last = sample;
            clipped += run == LeastRun ? LeastRun : run > LeastRun ? 1 : 0;
        }

        return interleaved.Length == 0 ? 0 : 2.0 * clipped / interleaved.Length;
    }
}

namespace VoiceClean.Dsp.Loudness;

/// <summary>The largest sample of every 10 ms: where in a recording it is loud, at the price of one look.</summary>
internal static class StepPeaks
{
    /// <summary>Steps in a second.</summary>
    public const int PerSecond = 100;

    /// <summary>Length of a step [sample].</summary>
    public static int Length(int sampleRate) => Math.Max(1, sampleRate / PerSecond);

    /// <summary>
    /// Measures a recording: one magnitude per complete step; what is left over at the end belongs to the last.
    /// </summary>
    /// <param name="samples">[sample]</param>
    /// <param name="sampleRate">[Hz]</param>
    public static float[] Measure(ReadOnlySpan<float> samples, int sampleRate)
    {
        int step = Length(sampleRate);
        float[] peaks = new float[samples.Length / step];
        for (int i = 0; i < peaks.Length; i++)
        {
            int end = i == peaks.Length - 1 ? samples.Length : (i + 1) * step;
            peaks[i] = TruePeak.SamplePeak(samples[(i * step)..end]);
        }

        return peaks;
    }
}

using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;

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
    /// <param name="samples">[sample] mono.</param>
    /// <param name="mean">Theirs.</param>
    /// <param name="silence">Stretches that hold no amplitudes.</param>
    /// <param name="within">The stretches that count, ascending; null = all.</param>
    public static double MeasureDb(
        ReadOnlySpan<float> samples,
        double mean,
        DigitalSilence silence,
        IReadOnlyList<SampleRange>? within = null)
    {
        var amplitudes = new Amplitudes((float)mean);
        foreach (SampleRange stretch in within ?? [new SampleRange(0, samples.Length)])
        {
            int from = stretch.Start;
            foreach (SampleRange silent in silence.Stretches)
            {
                if (silent.End > from && silent.Start < stretch.End)
                {
                    amplitudes.Add(samples[from..Math.Max(from, silent.Start)]);
                    from = silent.End;
                }
            }

            amplitudes.Add(samples[Math.Min(from, stretch.End)..stretch.End]);
        }

        return amplitudes.MeanLogRatio is { } g ? Curve.Interpolate(s_wadaG, s_wadaDb, g, extend: false) : -20;
    }
}

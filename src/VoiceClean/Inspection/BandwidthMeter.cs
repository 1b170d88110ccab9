using System.Numerics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// Which part of the spectrum a recording fills: the highest frequency at which the mean power spectrum lies within 50
/// dB of its peak, the definition of NVIDIA NeMo's speech data processor, which other tools of the field use too. Where
/// the spectrum falls off a cliff into the background, what counts is the cliff: a telephone's voice in hiss has the
/// band of the telephone, not that of the hiss.
/// </summary>
/// <remarks>
/// 32 clean clips cut at 3.4 kHz (7 kHz), in white noise: right at 30 dB 32 (19), at 25 dB 28 (14), at 20 dB 22 (5); by
/// the definition alone 1 (1), 0 and 0. Of the whole clips none reads narrower than it is from 15 dB on.
/// </remarks>
internal static class BandwidthMeter
{
    private const double RangeDb = 50;

    // The background is the mean of the quietest tenth of the frames; digital silence is neither that nor sound.
    private const double QuietShare = 0.1;
    private const int LeastQuiet = 3;

    // Over the background is twice as much, smoothed over 200 Hz, in 0.9 of 300 Hz.
    private const double OverQuiet = 2, SmoothHz = 200, RunHz = 300, RunShare = 0.9;

    // The cliff: from [-900, -400] Hz to [200, 700] Hz of the last such frequency. No telephone and no codec cuts below
    // 2.5 kHz, but a voice alone can fall by as much there.
    private const double BeforeHz = 900, FlankHz = 400, BehindHz = 200, WidthHz = 500, LeastHz = 2500, LeastDropDb = 10;

    /// <summary>
    /// The bandwidth [Hz]; not-a-number for silence and for clips shorter than one frame of about 32 ms.
    /// </summary>
    /// <param name="samples">Mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="silence">What is digitally silent; frames that touch it are left out.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static double Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        DigitalSilence silence,
        CancellationToken cancellation)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)(sampleRate / 40));
        MeanSpectrum spectrum = new(length), quiet = new(length);
        float[] powers = new float[samples.Length / length];
        AddAll(samples, length, silence, spectrum, powers, cancellation);

        // The bin at half the sampling rate, the odd one out, is left aside: nothing is heard there.
        ReadOnlySpan<double> power = spectrum.Sum[..^1];
        double peak = 0;
        foreach (double p in power)
        {
            peak = Math.Max(peak, p);
        }

        if (peak == 0)
        {
            return double.NaN;
        }

        double least = peak * Decibels.ToPower(-RangeDb);
        int highest = power.Length - 1;
        while (highest > 0 && power[highest] < least)
        {
            highest--;
        }

        AddQuiet(samples, length, powers, quiet);
        return Cliff(power, quiet, spectrum.Count, least, (double)sampleRate / length)
            ?? (double)highest * sampleRate / length;
    }

    // Frames side by side, not overlapping: the mean spectrum needs no more, and long clips are measured at a quarter
    // of the cost. The power of a frame that touches silence is not-a-number.
    private static void AddAll(
        ReadOnlySpan<float> samples,
        int length,
        DigitalSilence silence,
        MeanSpectrum spectrum,
        float[] powers,
        CancellationToken cancellation)
    {
        for (int t = 0; t < powers.Length; t++)
        {
            if (t % 64 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            if (silence.Touches(t * length, (t + 1) * length))
            {
                powers[t] = float.NaN;
                continue;
            }

            ReadOnlySpan<float> frame = samples.Slice(t * length, length);
            spectrum.Add(frame);
            powers[t] = (float)(SampleStatistics.SumOfSquares(frame) / length);
        }
    }

    private static void AddQuiet(ReadOnlySpan<float> samples, int length, float[] powers, MeanSpectrum quiet)
    {
        float[] sounding = [.. powers.Where(p => !float.IsNaN(p))];
        if (sounding.Length < LeastQuiet)
        {
            return;
        }

        double share = Math.Max(QuietShare, (double)LeastQuiet / sounding.Length);
        float most = OrderStatistics.Quantile(sounding.AsSpan(), share);
        for (int t = 0; t < powers.Length; t++)
        {
            if (powers[t] <= most)
            {
                quiet.Add(samples.Slice(t * length, length));
            }
        }
    }

    // Where the voice ends in a cliff [Hz]; null where it does not, or there is no background.
    private static double? Cliff(
        ReadOnlySpan<double> power,
        MeanSpectrum quiet,
        int count,
        double least,
        double binHz)
    {
        if (quiet.Count == 0)
        {
            return null;
        }

        double[] all = Smooth(power, binHz), background = Smooth(quiet.Sum[..^1], binHz);
        double scale = (double)count / quiet.Count;
        int run = Math.Max(1, (int)(RunHz / binHz)), over = 0, top = -1;
        for (int k = 0; k < all.Length; k++)
        {
            over += IsOver(k) ? 1 : 0;
            over -= k >= run && IsOver(k - run) ? 1 : 0;
            top = k >= run - 1 && over >= RunShare * run ? k : top;
        }

        double hz = top * binHz;
        if (hz < LeastHz || (hz + BehindHz + WidthHz) > power.Length * binHz)
        {
            return null;
        }

        double before = Mean(power, hz - BeforeHz, hz - FlankHz, binHz),
            behind = Mean(power, hz + BehindHz, hz + BehindHz + WidthHz, binHz),
            under = scale * Mean(quiet.Sum, hz - BeforeHz, hz - FlankHz, binHz);
        double drop = Decibels.ToPower(LeastDropDb);
        return before > drop * behind && before > drop * under ? hz : null;

        bool IsOver(int k) => all[k] >= OverQuiet * scale * background[k] && all[k] >= least;
    }

    private static double[] Smooth(ReadOnlySpan<double> power, double binHz)
    {
        int width = Math.Max(1, (int)(SmoothHz / binHz)), from = -(width / 2);
        double[] smooth = new double[power.Length];
        for (int k = 0; k < smooth.Length; k++)
        {
            for (int j = k + from; j < k + from + width; j++)
            {
                smooth[k] += j >= 0 && j < power.Length ? power[j] / width : 0;
            }
        }

        return smooth;
    }

    private static double Mean(ReadOnlySpan<double> power, double fromHz, double toHz, double binHz)
    {
        int from = Math.Max(1, (int)(fromHz / binHz)), to = Math.Max(from + 1, (int)(toHz / binHz));
        double sum = 0;
        foreach (double p in power[from..to])
        {
            sum += p;
        }

        return sum / (to - from);
    }
}

using System.Runtime.InteropServices;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// Blind signal-to-noise ratio of a recording of speech from two independent clues: the distribution of its amplitudes
/// (WADA) and the energy of its voiced frames. One pass each; allocates a few numbers per 20 ms.
/// </summary>
internal static class SnrEstimator
{
    /// <summary>Bounds of what can be measured [dB].</summary>
    public const double LowestDb = -20, HighestDb = 40;

    // Voice is a frame whose pitch correlates so well and that stands out of the quietest 15 % by 6 dB: a hum or a
    // motor is as periodic, but never rests.
    private const float LeastPeriodicity = 0.6f, LeastOverQuiet = 4;
    private const double QuietShare = 0.15, FloorShare = 0.1;

    // Noise is in the frames without voice too, and about half of the frames are: it cannot be stronger than that.
    private const double LeastUnderRatioDb = 5;

    // What stands out of so much noise need not be a voice.
    private const double NoisyDb = 10;

    // A frame of the voicing detector is about 40 ms long, one begins about every 20 ms.
    private const int HopsPerFrame = 8;

    // Nothing counts more than four times (6 dB) what three quarters of the frames with voice stay below.
    private const double LoudVoiceShare = 0.75, LoudOverVoice = 4;

    // One thing that happens lasts at most 1.5 s, its parts no more than 0.3 s apart, and there is one in 3 s and two
    // more at most [frame].
    private const int LongestEvent = 75, BetweenEvents = 15, FramesPerEvent = 150, UsualEvents = 2;

    private const int BlockHops = 80, BlockStep = 20;
    private const double AbsoluteGate = 1e-7, UnderLoudest = 1e-5, RelativeGate = 0.1;

    // Medians of the voiced ratio over mixtures of real speech and real noise at these SNRs; above the last one it says
    // nothing.
    private static readonly double[] s_ratioDb = [-14.9, -7.8, -2.5, 0.5];
    private static readonly double[] s_ratioSnrDb = [-10, -5, 0, 5];

    /// <summary>Measures a recording.</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="statistics">Theirs.</param>
    /// <param name="sampleRate">[Hz], at least 8,000.</param>
    /// <param name="track">Its band.</param>
    /// <param name="voicing">Where a voice sounds.</param>
    public static SnrEstimate Estimate(
        ReadOnlySpan<float> samples,
        SampleStatistics statistics,
        int sampleRate,
        SpeechBandTrack track,
        Voicing voicing)
    {
        float[] hops = track.MeanSquares, periodicity = voicing.Periodicity, energies = voicing.Energies;
        int frames = periodicity.Length;
        while (frames > 0 && FirstHop(frames - 1, sampleRate) + HopsPerFrame > hops.Length)
        {
            frames--;
        }

        // Where the pauses are silent, they are what a voice stands out of.
        bool[] isSilent =
        [
            .. Enumerable
                .Range(0, frames)
                .Select(t => !track.Silence.IsInPauses && Touches(FirstHop(t, sampleRate), HopsPerFrame)),
        ];
        float quiet = Percentile(Sounding(energies, isSilent), QuietShare);
        bool[] isVoiced = new bool[frames];
        double[] powers = new double[frames];
        var voices = new List<double>();
        for (int t = 0; t < frames; t++)
        {
            foreach (float hop in hops.AsSpan(FirstHop(t, sampleRate), HopsPerFrame))
            {
                powers[t] += (double)hop / HopsPerFrame;
            }

            isVoiced[t] = periodicity[t] > LeastPeriodicity && energies[t] > LeastOverQuiet * quiet;
            if (isVoiced[t])
            {
                voices.Add(powers[t]);
            }
        }

        double most = MostOfFrame(powers, isVoiced, voices);
        var near = VoiceNeighbourhood.Of(isVoiced, samples.Length, sampleRate);
        double ratio = VoicedRatioDb(powers, isVoiced, most, near),
            wada = Wada.MeasureDb(samples, statistics.Mean, track.Silence, near?.Stretches);
        double byVoice =
            ratio >= s_ratioDb[^1]
                ? double.PositiveInfinity
                : Curve.Interpolate(s_ratioDb, s_ratioSnrDb, ratio, extend: true);
        double least = Math.Max(ratio - LeastUnderRatioDb, VoicedShare.LeastSnrDb(isVoiced, ratio, near));
        double snr = Math.Clamp(Math.Min(byVoice, Math.Max(wada, least)), LowestDb, HighestDb);
        int jumping = snr < NoisyDb ? PitchJumps.CountFrames(isVoiced, voicing.Lags) : 0;
        return new SnrEstimate(
            snr,
            wada,
            ratio,
            Decibels.FromPower(Floor(track)),
            GatedLevelDb(hops, most),
            isVoiced,
            (voices.Count - jumping) * StepS(sampleRate),
            StepS(sampleRate));

        bool Touches(int hop, int count) => track.IsSilent.AsSpan(hop, count).Contains(true);
    }

    private static int FirstHop(int frame, int sampleRate) =>
        (int)(VoicingDetector.FrameStart(frame, sampleRate) * SpeechBand.HopsPerSecond / sampleRate);

    private static double StepS(int sampleRate) => (double)VoicingDetector.FrameStart(1, sampleRate) / sampleRate;

    // What a frame counts at most: a cough, a bump or a spike far above the voice decides nothing. What comes more
    // often or lasts longer is noise and counts in full.
    private static double MostOfFrame(double[] powers, bool[] isVoiced, List<double> voices)
    {
        if (voices.Count == 0)
        {
            return double.PositiveInfinity;
        }

        double most = LoudOverVoice * OrderStatistics.Quantile(CollectionsMarshal.AsSpan(voices), LoudVoiceShare);
        int events = 0, start = 0, last = -BetweenEvents - 1;
        for (int t = 1; t < powers.Length - 1; t++)
        {
            // Beside a voice it may be its own loud beginning.
            if (powers[t] <= most || isVoiced[t - 1] || isVoiced[t] || isVoiced[t + 1])
            {
                continue;
            }

            if (t - last > BetweenEvents)
            {
                events++;
                start = t;
            }

            last = t;
            if (t - start > LongestEvent)
            {
                return double.PositiveInfinity;
            }
        }

        return events <= UsualEvents + (powers.Length / FramesPerEvent) ? most : double.PositiveInfinity;
    }

    private static double VoicedRatioDb(double[] powers, bool[] isVoiced, double most, VoiceNeighbourhood? near)
    {
        double voice = 0, rest = 0;
        for (int t = 0; t < powers.Length; t++)
        {
            double power = near is null || near.IsNear[t] ? Math.Min(powers[t], most) : 0;
            voice += isVoiced[t] ? power : 0;
            rest += isVoiced[t] ? 0 : power;
        }

        return Decibels.FromPower(voice / Math.Max(rest, 1e-30));
    }

    // As the integrated loudness of BS.1770: blocks of 400 ms, an absolute gate of -70 dB and one 10 dB below the mean
    // of what passes it; but hops count at most as much as a loud voice.
    private static double GatedLevelDb(float[] hops, double most)
    {
        int length = Math.Min(BlockHops, hops.Length);
        var blocks = new List<double>();
        for (int start = 0; length > 0 && start + length <= hops.Length; start += BlockStep)
        {
            double sum = 0;
            foreach (float hop in hops.AsSpan(start, length))
            {
                sum += Math.Min(hop, most);
            }

            blocks.Add(sum / length);
        }

        // ... which a quiet recording has 50 dB below its loudest block
        double absolute = Math.Min(AbsoluteGate, UnderLoudest * blocks.DefaultIfEmpty().Max()), gate = absolute;
        for (int pass = 0; pass < 2; pass++)
        {
            double sum = 0;
            int count = 0;
            foreach (double block in blocks)
            {
                sum += block > gate ? block : 0;
                count += block > gate ? 1 : 0;
            }

            if (count == 0)
            {
                return double.NaN;
            }

            if (pass == 1)
            {
                return Decibels.FromPower(sum / count);
            }

            gate = Math.Max(absolute, RelativeGate * sum / count);
        }

        return double.NaN;
    }

    // Mean square of 20 ms that the quietest tenth does not exceed, without digital silence.
    private static float Floor(SpeechBandTrack track)
    {
        float[] hops = track.MeanSquares, frames = new float[hops.Length / 4];
        bool[] isSilent = new bool[frames.Length];
        for (int i = 0; i < frames.Length; i++)
        {
            frames[i] = 0.25f * (hops[4 * i] + hops[(4 * i) + 1] + hops[(4 * i) + 2] + hops[(4 * i) + 3]);
            isSilent[i] = track.IsSilent.AsSpan(4 * i, 4).Contains(true);
        }

        return Percentile(Sounding(frames, isSilent), FloorShare);
    }

    private static float[] Sounding(float[] frames, bool[] isSilent) =>
        [.. Enumerable.Range(0, isSilent.Length).Where(t => !isSilent[t]).Select(t => frames[t])];

    private static float Percentile(ReadOnlySpan<float> values, double share)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        return OrderStatistics.Quantile(values.ToArray().AsSpan(), share);
    }
}

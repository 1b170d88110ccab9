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

    // Noise is in the frames without voice too, and about half of the frames are: it cannot be stronger than that. In
    // up to 2 s much of them are the voice's own consonants: of 1,600 short pieces of noise and of mixtures at -10 dB
    // none that has so much voice is that loud where it is voiced.
    private const double LeastUnderRatioDb = 5, LeastUnderRatioOfShortDb = 1.5;
    private const int ShortFrames = 100;

    // Where a voice fills a clip the ratio counts its own consonants as noise.
    private const double MostOverRatioDb = 5;

    // What stands out of so much noise need not be a voice; wind in gusts seems to stand out of even more.
    private const double NoisyDb = 10, GustyDb = 13;

    // A frame of the voicing detector is about 40 ms long, one begins about every 20 ms.
    private const int HopsPerFrame = 8;

    // Nothing counts more than four times (6 dB) what three quarters of the frames with voice stay below.
    private const double LoudVoiceShare = 0.75, LoudOverVoice = 4;

    // One thing that happens lasts at most 1.5 s, its parts no more than 0.3 s apart, and there is one in 3 s and two
    // more at most [frame].
    private const int LongestEvent = 75, BetweenEvents = 15, FramesPerEvent = 150, UsualEvents = 2;

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
        int frames = CountFrames(voicing, track, sampleRate);
        bool[] isSilent = new bool[frames];
        double[] powers = new double[frames];
        for (int t = 0; t < frames; t++)
        {
            // Where the pauses are silent, they are what a voice stands out of.
            isSilent[t] = !track.Silence.IsInPauses
                && track.IsSilent.AsSpan(FirstHop(t, sampleRate), HopsPerFrame).Contains(true);
            foreach (float hop in track.MeanSquares.AsSpan(FirstHop(t, sampleRate), HopsPerFrame))
            {
                powers[t] += (double)hop / HopsPerFrame;
            }
        }

        var voiced = new VoicedFrames(voicing, frames, sampleRate);
        var sound = new Sound(samples, statistics.Mean, sampleRate, track, powers);
        bool[] isVoiced = voiced.Find(samples, isSilent);
        SnrEstimate estimate = Estimate(sound, isVoiced);
        if (estimate.SnrDb >= GustyDb || (voiced.IsTight && estimate.SnrDb >= NoisyDb))
        {
            return estimate with { IsTight = voiced.IsTight };
        }

        if (voiced.IsTight)
        {
            double bound = Math.Min(voiced.TightRatioDb, estimate.VoicedRatioDb + MostOverRatioDb);
            return estimate with { SnrDb = Math.Max(estimate.SnrDb, bound), IsTight = true };
        }

        (bool[] left, int steady) = voiced.InNoise(samples, isVoiced, mayJump: estimate.SnrDb >= NoisyDb);
        SnrEstimate inNoise = Estimate(sound, left);
        // less voice is no less noise
        return inNoise with
        {
            SnrDb = Math.Min(inNoise.SnrDb, estimate.SnrDb),
            VoicedS = steady * StepS(sampleRate),
        };
    }

    private readonly ref struct Sound(
        ReadOnlySpan<float> samples, double mean, int sampleRate, SpeechBandTrack track, double[] powers)
    {
        public readonly ReadOnlySpan<float> Samples = samples;
        public readonly double Mean = mean;
        public readonly int SampleRate = sampleRate;
        public readonly SpeechBandTrack Track = track;
        public readonly double[] Powers = powers;
    }

    private static SnrEstimate Estimate(Sound sound, bool[] isVoiced)
    {
        double[] powers = sound.Powers;
        var voices = new List<double>();
        for (int t = 0; t < powers.Length; t++)
        {
            if (isVoiced[t])
            {
                voices.Add(powers[t]);
            }
        }

        double most = MostOfFrame(powers, isVoiced, voices);
        var near = VoiceNeighbourhood.Of(isVoiced, sound.Samples.Length, sound.SampleRate);
        double ratio = VoicedRatioDb(powers, isVoiced, most, near),
            wada = Wada.MeasureDb(sound.Samples, sound.Mean, sound.Track.Silence, near?.Stretches);
        double byVoice =
            ratio >= s_ratioDb[^1]
                ? double.PositiveInfinity
                : Curve.Interpolate(s_ratioDb, s_ratioSnrDb, ratio, extend: true);
        double under = powers.Length <= ShortFrames ? LeastUnderRatioOfShortDb : LeastUnderRatioDb;
        double least = Math.Max(ratio - under, VoicedShare.LeastSnrDb(isVoiced, ratio, near));
        return new SnrEstimate(
            Math.Clamp(Math.Min(byVoice, Math.Max(wada, least)), LowestDb, HighestDb),
            wada,
            ratio,
            BandLevels.FloorDb(sound.Track),
            BandLevels.GatedDb(sound.Track.MeanSquares, most),
            isVoiced,
            voices.Count * StepS(sound.SampleRate),
            StepS(sound.SampleRate));
    }

    private static int CountFrames(Voicing voicing, SpeechBandTrack track, int sampleRate)
    {
        int frames = voicing.Periodicity.Length;
        while (frames > 0 && FirstHop(frames - 1, sampleRate) + HopsPerFrame > track.MeanSquares.Length)
        {
            frames--;
        }

        return frames;
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
}

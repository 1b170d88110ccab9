using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Removable;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>
/// What is measured of the speech in a recording and of what stands against it, after rumble and hum are taken out: all
/// that decides whether it is hopeless. A finding of its clip, so that nobody measures it twice.
/// </summary>
internal sealed record SpeechMeasurement
{
    // Consonants have no pitch, but in speech a voice is never farther away than this.
    private const double NearVoiceS = 0.5;

    // In noise that reaches the threshold of speech, what has no pitch must be nearer to a voice to be speech.
    private const double NearVoiceInNoiseS = 0.2, NoisyDb = 15;

    /// <summary>A voice that holds so long may be music [s].</summary>
    internal const double LongVoiceS = 0.6;

    // Where there is so little of a voice, what sounds may be tones [s].
    private const double LittleVoiceS = 0.2;

    // By chance noise has the pitch of a voice for so much of the time.
    private const double MostVoicedOfWhisper = 0.25;

    // With less pause than this the quietest tenth is speech.
    private const double MostSpeechShare = 0.9;

    // Where the band begins in which the floor is measured.
    private const double SpeechBandLowHz = 90;

    internal SnrEstimate Snr { get; init; } = null!;
    private double PeakDb { get; init; }
    private double SpeechS { get; init; }
    private SourceClipping Clipping { get; init; } = null!;
    private MainsHum Hum { get; init; } = null!;
    private double ForegroundS { get; init; }
    private double LongestVoicedS { get; init; }
    private (double Held, double Steadiness)? Tones { get; init; }
    private double DecayDbPerS { get; init; }
    private double ReverberationS { get; init; }
    private bool IsWhispered { get; init; }
    private (double Tilt, double Colour)? Slopes { get; init; }

    /// <summary>
    /// Measures a clip. Where the stages <c>high-pass</c> and <c>remove-hum</c> have worked on it already it is
    /// measured as it is, else a copy without rumble and hum; both ways give the same figures.
    /// </summary>
    /// <param name="clip">The clip; its samples stay as they are.</param>
    /// <param name="removable">What is taken out.</param>
    /// <param name="withSlopes">Whether the slopes of the spectra are wanted too.</param>
    /// <param name="cancellation">Looked at about once per second of work.</param>
    /// <param name="isResult">Whether clipping is looked for in the clip itself rather than in its source.</param>
    public static SpeechMeasurement Measure(
        AudioClip clip,
        RemovableNoise removable,
        bool withSlopes,
        CancellationToken cancellation,
        bool isResult = false)
    {
        bool hasRumble = clip.Findings.TryGet<RumbleRemoved>() is null;
        MainsHum? hum = clip.Findings.TryGet<MainsHum>();
        SourceClipping clipping =
            isResult ? SourceClipping.Of(clip.ReadOnlySamples, clip.Statistics, FlatTops.Exact)
            : clip.Findings.TryGet<SourceClipping>() ?? SourceClipping.Of(clip.ReadOnlySamples, clip.Statistics);
        if (!hasRumble && hum is not null)
        {
            var known = Voicing.Of(clip, cancellation);
            return Measure(clip, clip.ReadOnlySamples, clip.Statistics, clipping, known, hum, withSlopes, cancellation);
        }

        if (clip.IsWithoutCopies)
        {
            return MeasureInPlace(clip, MeasureWithout);
        }

        SampleStore copy = clip.RentScratch();
        try
        {
            copy.Write(0, clip.ReadOnlySamples);
            return MeasureWithout(copy.Span);
        }
        finally
        {
            clip.Return(copy);
        }

        SpeechMeasurement MeasureWithout(Span<float> samples)
        {
            if (hasRumble)
            {
                RumbleFilter.Run(samples, clip.SampleRate, removable.HighPassHz, cancellation);
            }

            Span<float> sounding = samples[DigitalSilence.Of(clip).Sound];
            hum ??= HumRemover.Run(sounding, clip.SampleRate, removable.HumThresholdDb, cancellation);
            var voicing = Voicing.Measure(samples, clip.SampleRate, cancellation);
            var whole = SampleStatistics.Measure(samples);
            return Measure(clip, samples, whole, clipping, voicing, hum, withSlopes, cancellation);
        }
    }

    private delegate SpeechMeasurement Measuring(Span<float> samples);

    // Where there is no room for a copy, the samples come back from a file afterwards.
    private static SpeechMeasurement MeasureInPlace(AudioClip clip, Measuring measure)
    {
        _ = DigitalSilence.Of(clip);        // that of the samples as they are
        var spool = new SampleSpool(clip.ReadOnlySamples.Length);
        try
        {
            spool.Write(0, clip.ReadOnlySamples);
        }
        catch
        {
            spool.Dispose();
            throw;
        }

        try
        {
            return measure(clip.BorrowedSamples);
        }
        finally
        {
            clip.Adopt(spool, areTheSame: true);
        }
    }

    /// <summary>The same of a result: the hum that was taken out is not in it.</summary>
    public SpeechMeasurement WithoutHum() => this with { Hum = new MainsHum(0, [], []) };

    /// <summary>The figures, together with those that are there already.</summary>
    public Measurements AddTo(Measurements levels) => levels with
    {
        PeakWithoutHumDbfs = PeakDb,
        NoiseFloorDbfs = Decibels.FromPower(Decibels.ToPower(Snr.NoiseFloorDb) + HumPower(SpeechBandLowHz)),
        SpeechDbfs = Snr.LevelDb,
        NoiseFloorIsUpperBound = SpeechS > MostSpeechShare * levels.DurationS,
        // digital silence has neither signal nor noise
        SnrDb = double.IsNaN(Snr.LevelDb) ? double.NaN : Snr.SnrDb,
        SnrIsLowerBound = Snr.SnrDb >= SnrEstimator.HighestDb,
        SnrIsUpperBound = !double.IsNaN(Snr.LevelDb) && Snr.SnrDb <= SnrEstimator.LowestDb,
        SpeechS = SpeechS,
        SpeechShare = levels.DurationS > 0 ? SpeechS / levels.DurationS : 0,
        VoicedS = Snr.VoicedS,
        VoicedRatioDb = Snr.VoicedRatioDb,
        ForegroundS = ForegroundS,
        LongestVoicedS = LongestVoicedS,
        TonesHeldShare = Tones?.Held,
        TonesSteadiness = Tones?.Steadiness,
        DecayDbPerS = DecayDbPerS,
        ReverberationS = ReverberationS,
        IsWhispered = IsWhispered,
        ClippedSamples = (long)Math.Round(Clipping.Share * Clipping.SampleCount),
        ClippedShare = Clipping.Share,
        PiledPeaksRatio = Clipping.PiledPeaksRatio,
        HumHz = Hum.FrequencyHz > 0 ? 10 * Math.Round(Hum.FrequencyHz / 10) : null,
        HumDbfs = Hum.FrequencyHz > 0 ? Decibels.FromPower(HumPower(0)) : null,
        SpectralTiltDbPerOctave = Slopes?.Tilt,
        NoiseColourDbPerOctave = Slopes?.Colour,
    };

    private double HumPower(double aboveHz) =>
        Hum.LevelsDb.Where((_, i) => Hum.Harmonics[i] * Hum.FrequencyHz > aboveHz).Sum(Decibels.ToPower);

    private static SpeechMeasurement Measure(
        AudioClip clip,
        ReadOnlySpan<float> samples,
        SampleStatistics statistics,
        SourceClipping clipping,
        Voicing voicing,
        MainsHum hum,
        bool withSlopes,
        CancellationToken cancellation)
    {
        var track = SpeechBandTrack.Measure(
            samples,
            clip.SampleRate,
            cancellation,
            DigitalSilence.Of(clip));
        SnrEstimate snr = SnrEstimator.Estimate(samples, statistics, clip.SampleRate, track, voicing);
        double longest = LongestVoiced(snr);
        SpeechActivity activity = SpeechDetector.Detect(
            track, samples.Length, clip.SampleRate, snr.LevelDb, hasBackground: !snr.IsTight);
        return new SpeechMeasurement
        {
            Snr = snr,
            PeakDb = Decibels.FromAmplitude(statistics.PeakAroundMean),
            SpeechS = NearVoice(activity, snr),
            Clipping = clipping,
            Hum = hum,
            ForegroundS = activity.SpeechDuration.TotalSeconds,
            LongestVoicedS = longest,
            Tones = withSlopes || longest >= LongVoiceS || snr.VoicedS < LittleVoiceS
                ? MusicMeter.Measure(samples, clip.SampleRate, cancellation)
                : null,
            DecayDbPerS = RoomDecay.MeasureDbPerS(track),
            ReverberationS = LongFalls.MeasureS(track),
            IsWhispered = snr.SnrDb < 0
                && snr.VoicedS < MostVoicedOfWhisper * activity.SpeechDuration.TotalSeconds
                && WhisperMeter.IsWhispered(track),
            Slopes = withSlopes ? SpectrumSlopes.Measure(samples, activity, cancellation) : null,
        };
    }

    private static double LongestVoiced(SnrEstimate snr)
    {
        int longest = 0, run = 0;
        foreach (bool isVoiced in snr.IsVoiced.Span)
        {
            run = isVoiced ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest * snr.StepS;
    }

    // How much of the detected speech has a voice nearby [s]: steady noise that is as loud as the voice is no speech.
    private static double NearVoice(SpeechActivity activity, SnrEstimate snr)
    {
        double sum = 0, done = 0, near = snr.SnrDb < NoisyDb ? NearVoiceInNoiseS : NearVoiceS;
        ReadOnlySpan<bool> voiced = snr.IsVoiced.Span;
        foreach (SampleRange run in activity.Speech)
        {
            double start = (double)run.Start / activity.SampleRate, end = (double)run.End / activity.SampleRate;
            for (int t = Math.Max(0, (int)((start - near) / snr.StepS) - 2); t < voiced.Length; t++)
            {
                double from = (t * snr.StepS) - near;
                if (from >= end)
                {
                    break;
                }

                if (voiced[t])
                {
                    double to = Math.Min(end, from + (2 * snr.StepS) + (2 * near));
                    sum += Math.Max(0, to - Math.Max(Math.Max(from, start), done));
                    done = Math.Max(done, to);
                }
            }
        }

        return sum;
    }
}

using VoiceClean.Audio;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection.Removable;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>Measures a clip without changing it.</summary>
internal static class Inspector
{
    /// <summary>Measures levels and speech: everything but the slopes of the spectra.</summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements Measure(AudioClip clip, CancellationToken cancellation = default) =>
        Measure(clip, new RemovableNoise(), withSlopes: false, cancellation);

    /// <summary>
    /// The same of what cleaning has made: hum that was removed counts neither as hum nor as noise, and clipping is
    /// that of the result.
    /// </summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements MeasureResult(AudioClip clip, CancellationToken cancellation) =>
        Measure(clip, new RemovableNoise(), withSlopes: false, cancellation, isResult: true);

    /// <summary>Measures everything in <see cref="Measurements"/>.</summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="removable">What is taken out before its speech is measured.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements MeasureAll(
        AudioClip clip,
        RemovableNoise removable,
        CancellationToken cancellation = default) => Measure(clip, removable, withSlopes: true, cancellation);

    /// <summary>
    /// Measures what decides whether a recording is hopeless, and leaves it with the clip's findings.
    /// </summary>
    /// <param name="clip">The clip; its samples are read only.</param>
    /// <param name="removable">What is taken out before.</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static Measurements MeasureSpeech(
        AudioClip clip,
        RemovableNoise removable,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(removable);
        var speech = SpeechMeasurement.Measure(clip, removable, withSlopes: false, cancellation);
        clip.Findings.Set(speech);
        return speech.AddTo(new Measurements { DurationS = Seconds(clip), NonfiniteSamples = Nonfinite(clip) });
    }

    /// <summary>The same of a recording that was just loaded: its largest sample is the file's, which mixing and
    /// resampling have changed.</summary>
    /// <param name="measured">What was measured on the clip.</param>
    /// <param name="clip">Knows what its source was like.</param>
    internal static Measurements AsInFile(Measurements measured, AudioClip clip) =>
        measured.SamplePeakDbfs is not null
        && clip.Findings.TryGet<SourceClipping>() is { SamplePeak: not double.NaN and var peak }
            ? measured with { SamplePeakDbfs = Decibels.FromAmplitude(peak) }
            : measured;

    /// <summary>Measures levels alone, on the samples as they are.</summary>
    internal static Measurements MeasureLevels(AudioClip clip, CancellationToken cancellation)
        => Measure(clip, null, withSlopes: false, cancellation);

    private static Measurements Measure(
        AudioClip clip,
        RemovableNoise? removable,
        bool withSlopes,
        CancellationToken cancellation,
        bool isResult = false)
    {
        ArgumentNullException.ThrowIfNull(clip);
        // Asked before measuring: what is found then is still in the samples.
        bool isHumGone = isResult && clip.Findings.TryGet<MainsHum>() is not null;
        LoudnessMeasurement loudness = default;
        SpeechMeasurement? speech = null;
        double bandwidth = 0;
        var silence = DigitalSilence.Of(clip);
        double offset = clip.Statistics.Mean;
        Action[] parts =
        [
            () => speech =
                removable is null ? null
                : SpeechMeasurement.Measure(clip, removable, withSlopes, cancellation, isResult),
            () => loudness =
                LoudnessMeasurement.MeasureWithoutMaxima(clip.ReadOnlySamples, clip.SampleRate, cancellation),
            () => bandwidth =
                BandwidthMeter.Measure(clip.ReadOnlySamples, clip.SampleRate, silence, cancellation),
        ];
        // a long recording is measured in its place, so nobody else may look at it meanwhile
        ForkJoin.For(clip.IsWithoutCopies ? 1 : clip.Threads, parts.Length, i => parts[i](), cancellation);
        var levels = new Measurements
        {
            DurationS = Seconds(clip),
            IntegratedLufs = loudness.IntegratedLufs,
            LoudnessRangeLu = loudness.LoudnessRangeLu,
            TruePeakDbtp = loudness.TruePeakDb,
            SamplePeakDbfs = loudness.SamplePeakDb,
            BandwidthHz = bandwidth,
            DcOffset = offset,
            NonfiniteSamples = isResult ? 0 : Nonfinite(clip),
        };
        return (isHumGone ? speech?.WithoutHum() : speech)?.AddTo(levels) ?? levels;
    }

    private static long? Nonfinite(AudioClip clip) => clip.Findings.TryGet<InputFormat>()?.NonfiniteSamples;

    private static double Seconds(AudioClip clip) => (double)clip.ReadOnlySamples.Length / clip.SampleRate;
}

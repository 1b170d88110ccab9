using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Stages;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.QualityGate;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Stages.SuppressClicks;

namespace VoiceClean.Cleaning;

/// <summary>A stretch of a recording as other options would make it.</summary>
/// <param name="Range">Which stretch, in samples of the input.</param>
/// <param name="Denoised">Before anything sets its level [sample].</param>
/// <param name="After">The result, nothing cut [sample].</param>
/// <param name="GainDb">The gain that was applied [dB].</param>
/// <param name="Kept">What of the whole recording would stay, in samples of the input.</param>
/// <param name="Findings">What was found in the stretch, and in the whole before.</param>
/// <param name="Warnings">What a user should know.</param>
internal sealed record PreviewedWindow(
    SampleRange Range,
    float[] Denoised,
    float[] After,
    double GainDb,
    IReadOnlyList<SampleRange> Kept,
    Findings Findings,
    IReadOnlyList<Errors.Warning> Warnings);

/// <summary>
/// Cleans a stretch of a recording quickly, nearly as a run over the whole would. What stages learn from the whole
/// (the noise, the cuts, the gain) comes from the latest run, or is learnt anew on the states that it left; the rest is
/// done on the stretch and some sound around it, because the gate remembers what it has heard.
/// </summary>
/// <param name="last">The latest run over the whole.</param>
internal sealed class WindowPreview(StagedRun last)
{
    // With 5 s either side the result is that of the whole to -31 dB or better; without, to -22 dB.
    private const double ContextSeconds = 5, FramingContextSeconds = 1;

    // A stretch that is less loud than the whole by more than this may hold no speech.
    private const double MostUnderTargetLu = 6;

    private volatile KnownFraming? _framing;

    private sealed record KnownFraming(IReadOnlyList<(string, object)> Parts, Framing Framing);

    private sealed record Framing(double GainDb, double? CompressThresholdDb, IReadOnlyList<SampleRange> Kept);

    /// <summary>Cleans a stretch.</summary>
    /// <param name="pipeline">What to do.</param>
    /// <param name="options">The options of that.</param>
    /// <param name="window">Which stretch, within the input; not empty.</param>
    /// <param name="threads">Threads that stages may use.</param>
    /// <param name="cancellation">Stops within about a second of work.</param>
    /// <exception cref="Errors.VoiceCleanException">The options fit this recording not at all.</exception>
    public PreviewedWindow Clean(
        CleaningPipeline pipeline,
        CleaningOptions options,
        SampleRange window,
        int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        int framingAt = StagedRun.FirstFramingOf(pipeline);
        int from = last.StateAtOrBefore(Math.Min(framingAt, last.CommonStages(pipeline)));
        ClipState state = last.States[from]!;
        int context = (int)(ContextSeconds * state.SampleRate);
        int hop = SuppressClicksStage.HopLength(state.SampleRate);
        var heard = new SampleRange(
            Math.Max(0, window.Start - context) / hop * hop,
            Math.Min(state.Samples.Length, window.End + context));
        using AudioClip clip = state.Fork(heard, threads);
        if (NoiseFor(pipeline, threads, cancellation) is { } profile)
        {
            clip.Findings.Set(profile);
        }

        foreach (IStage stage in pipeline.Stages.Take(framingAt).Skip(from).Where(s => !LearnsFromTheWhole(s)))
        {
            cancellation.ThrowIfCancellationRequested();
            StageRun.Do(KnowingClicks(stage, options, pipeline, heard.Start), clip, cancellation);
        }

        float[] denoised = Inner(clip, window, heard);
        Framing framing = FramingFor(pipeline, framingAt, threads, cancellation);
        framing = framing with { GainDb = framing.GainDb + LevelLost(denoised, window, options, framing.GainDb) };
        SampleRange near = Narrow(clip, window, heard);
        IEnumerable<IStage?> rest = pipeline.Stages.Skip(framingAt).Select(s => Framed(s, options, framing));
        foreach (IStage stage in rest.OfType<IStage>())
        {
            StageRun.Do(stage, clip, cancellation);
        }

        return new PreviewedWindow(
            window,
            denoised,
            Inner(clip, window, near),
            framing.GainDb,
            framing.Kept,
            clip.Findings,
            clip.Warnings);
    }

    // Which strokes are clicks depends on nothing but what came before, not on how far they are to be turned down.
    private IStage KnowingClicks(IStage stage, CleaningOptions options, CleaningPipeline pipeline, int start) =>
        stage is SuppressClicksStage
        && last.CommonStages(pipeline) >= pipeline.Stages.ToList().IndexOf(stage)
        && last.Result.Findings.TryGet<SuppressedClicks>() is { } clicks
            ? new SuppressClicksStage(options.Clicks) { OfWhole = (clicks, start) }
            : stage;

    // Limiter and compressor remember no longer than a moment.
    private static SampleRange Narrow(AudioClip clip, SampleRange window, SampleRange heard)
    {
        int around = (int)(FramingContextSeconds * clip.SampleRate);
        var near = new SampleRange(
            Math.Max(heard.Start, window.Start - around),
            Math.Min(heard.End, window.End + around));
        clip.Keep([new SampleRange(near.Start - heard.Start, near.End - heard.Start)]);
        return near;
    }

    // Whether a recording is hopeless is decided on the whole as well, and said when that is done.
    private static bool LearnsFromTheWhole(IStage stage) => stage is EstimateNoiseStage or QualityGateStage;

    private static float[] Inner(AudioClip clip, SampleRange window, SampleRange heard) =>
        clip.ReadOnlySamples.Slice(window.Start - heard.Start, window.Length).ToArray();

    private NoiseProfile? NoiseFor(CleaningPipeline pipeline, int threads, CancellationToken cancellation)
    {
        (int now, int then) = (PlaceOfNoise(pipeline), PlaceOfNoise(last.Pipeline));
        if (now < 0)
        {
            return null;
        }

        if (then >= 0 && pipeline.Parts[now].Equals(last.Pipeline.Parts[then]))
        {
            return last.Result.Findings.TryGet<NoiseProfile>();
        }

        ClipState state = last.States[last.StateAtOrBefore(then >= 0 ? then : last.FirstFraming)]!;
        using AudioClip whole = state.Fork(threads);
        pipeline.Stages[now].Process(whole, cancellation);
        return whole.Findings.TryGet<NoiseProfile>();
    }

    private static int PlaceOfNoise(CleaningPipeline pipeline) =>
        pipeline.Stages.ToList().FindIndex(s => s is EstimateNoiseStage);

    private Framing FramingFor(CleaningPipeline pipeline, int at, int threads, CancellationToken cancellation)
    {
        (string, object)[] parts = [.. pipeline.Parts.Skip(at)];
        if (parts.SequenceEqual(last.Pipeline.Parts.Skip(last.FirstFraming)))
        {
            return Of(last.Result.Findings, last.Result.Kept);
        }

        if (_framing is not { } known || !known.Parts.SequenceEqual(parts))
        {
            using AudioClip whole = last.Denoised.Fork(threads);
            foreach (IStage stage in pipeline.Stages.Skip(at))
            {
                stage.Process(whole, cancellation);
            }

            _framing = known = new KnownFraming(parts, Of(whole.Findings, [.. whole.Kept]));
        }

        return known.Framing;

        static Framing Of(Findings findings, IReadOnlyList<SampleRange> kept) => new(
            findings.TryGet<AppliedGain>()?.GainDb ?? 0,
            findings.TryGet<CompressionFigures>()?.ThresholdDb,
            kept);
    }

    /// <summary>
    /// How much less loud the stretch is than it was, which the gain on the whole will make good [dB]. In a pause there
    /// is no telling: there only the noise changes.
    /// </summary>
    private double LevelLost(float[] denoised, SampleRange window, CleaningOptions options, double gainDb)
    {
        ReadOnlySpan<float> earlier = last.Denoised.Samples.Span;
        int rate = last.Input.SampleRate;
        if (options.Loudness is not { TargetLufs: { } target, FixedGainDb: null } || earlier.Length < window.End)
        {
            return 0;
        }

        double then = LoudnessMeasurement.MeasureIntegrated(earlier[window.Start..window.End], rate);
        bool hasSpeech = then + gainDb > target - MostUnderTargetLu;
        double lost = hasSpeech ? then - LoudnessMeasurement.MeasureIntegrated(denoised, rate) : 0;
        return double.IsFinite(lost) ? lost : 0;
    }

    /// <summary>The stage with what it would learn from the whole; null for one that has nothing to do here.</summary>
    private static IStage? Framed(IStage stage, CleaningOptions options, Framing framing) => stage switch
    {
        StripSilenceStage => null,
        CompressStage when framing.CompressThresholdDb is null or double.NaN => null,
        CompressStage => new CompressStage(
            options.Compress with { ThresholdDb = Math.Clamp(framing.CompressThresholdDb!.Value, -80, 0) }),
        NormalizeLoudnessStage => new NormalizeLoudnessStage(
            options.Loudness with { FixedGainDb = NormalizeLoudnessOptions.FixedGainDbRange.Clamped(framing.GainDb) }),
        _ => stage,
    };
}

using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The default denoiser: a soft spectral gate by speech presence over a two-way decision-directed MMSE-LSA gain. Needs
/// the <see cref="NoiseProfile"/> of an earlier stage and does nothing without one; strength 0 leaves the samples bit
/// for bit.
/// </summary>
internal sealed class SpectralGateStage : IStage
{
    private readonly SpectralGateOptions _options;

    /// <summary>Makes the stage.</summary>
    public SpectralGateStage(SpectralGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "spectral-gate";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        NoiseProfile? profile = clip.Findings.TryGet<NoiseProfile>();
        if (
            _options.Strength == 0
            || profile is null
            || profile.SampleRate != clip.SampleRate
            || clip.ReadOnlySamples.Length == 0)
        {
            return;
        }

        using SoundingClip? sounding = SoundingClip.Take(clip);
        SpectralGateResult result = Gate(sounding?.Clip ?? clip, profile, cancellation);
        sounding?.GiveBack(clip, (float)Decibels.ToAmplitude(-result.AttenuationDb));
        clip.Findings.Set(result);
    }

    private SpectralGateResult Gate(AudioClip clip, NoiseProfile profile, CancellationToken cancellation)
    {
        HighStrength.Warn(clip, _options.Strength);
        var framing = new SpeechFraming(clip.SampleRate);
        var run = new GateSegments(framing, clip.ReadOnlySamples.Length);
        using var noise = new NoiseTrack(
            framing,
            profile,
            clip,
            clip.Threads,
            cancellation);
        double snr = noise.Active.OverNoiseDb(noise.Steps);
        var depth = GateDepth.Of(_options.Strength, profile, snr, noise.Active.OverRumbleDb());
        var result = new SpectralGateResult
        {
            Strength = _options.Strength,
            ActiveOverNoiseDb = snr,
            NoiseBiasDb = noise.BiasDb,
            AskedDb = depth.AskedDb,
            AttenuationDb = depth.Db,
            RumbleDb = depth.RumbleDb,
            StrokeSeconds = (noise.Strokes?.Count ?? 0) * NoiseTrack.Step * framing.HopSeconds,
            StepSeconds = noise.Steps?.Seconds ?? 0,
            Limit = depth.Limit,
        };
        if (depth.RumbleDb > 0 || noise.Strokes is not null)
        {
            noise.Follow(run.StartCells(), clip.Threads, cancellation);
            var voice = NearVoice.Find(framing, clip, noise, cancellation);
            var pauses = new PauseLevels(framing, clip.ReadOnlySamples, noise, voice);
            double share = clip.IsInFile && !profile.IsNamed
                ? GateThroughFile(clip, framing, run, noise, depth, voice, cancellation)
                : Gate(clip, framing, run, noise, depth, voice, profile.IsNamed, cancellation);
            PauseFall fell = pauses.Fall(clip.ReadOnlySamples, profile.IsVerified);
            depth = share < 1 ? depth : depth.Seen(fell, profile.IsNamed);
            result = result with
            {
                AttenuationDb = depth.Db,
                RumbleDb = depth.RumbleDb,
                CheckedSeconds = share < 1 ? double.NaN : fell.Seconds,
                Limit = depth.Limit,
                SpeechShare = run.SpeechShare,
                LevelChangeDb = run.Harm.LevelDb,
                ConsonantChangeDb = run.Harm.ConsonantDb,
                SpeechToDistortionDb = run.Harm.DistortionDb,
                Share = share,
            };
            if (share < 1)
            {
                clip.Warn(
                    WarningCodes.BackedOff,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Denoising at full strength would have harmed the speech, so {100 * (1 - share):0} % of the "
                            + $"input were mixed in again{(voice is null ? "" : " beside the voice")}."));
            }
        }

        WarnOfLess(clip, depth, profile);
        return result;
    }

    // Returns how much of the gated signal the clip has now.
    private static double Gate(
        AudioClip clip,
        SpeechFraming framing,
        GateSegments run,
        NoiseTrack noise,
        GateDepth depth,
        NearVoice? voice,
        bool isNamed,
        CancellationToken cancellation)
    {
        SampleStore? gated = clip.RentScratch();
        try
        {
            run.Process(noise, depth, voice, clip.Samples, gated.Span, null, clip.Threads, cancellation);
            double share = run.Harm.HarmlessShare();
            if (isNamed)
            {
                share = Math.Min(
                    share,
                    VoiceHarmEstimator.HarmlessShare(clip.Samples, gated.Span, clip.SampleRate, cancellation));
            }

            if (share >= 1)
            {
                clip.Replace(gated);
                gated = null;
            }
            else
            {
                HarmlessMix.Mix(clip.Samples, gated.Span, 0, (float)share, framing, voice);
            }

            return share;
        }
        finally
        {
            if (gated is not null)
            {
                clip.Return(gated);
            }
        }
    }

    // The same where the clip lies in a file: what is written by calls of the system costs no faults of pages.
    private static double GateThroughFile(
        AudioClip clip,
        SpeechFraming framing,
        GateSegments run,
        NoiseTrack noise,
        GateDepth depth,
        NearVoice? voice,
        CancellationToken cancellation)
    {
        SampleSpool? gated = new(clip.ReadOnlySamples.Length);
        try
        {
            run.Process(noise, depth, voice, clip.ReadOnlySamples, default, gated, clip.Threads, cancellation);
            double share = run.Harm.HarmlessShare();
            if (share >= 1)
            {
                clip.Adopt(gated, areTheSame: false);
                gated = null;
                return share;
            }

            Span<float> samples = clip.Samples;
            float[] stretch = new float[SampleSpool.Piece / framing.Stft.HopLength * framing.Stft.HopLength];
            for (int at = 0; at < samples.Length; at += Math.Min(stretch.Length, samples.Length - at))
            {
                Span<float> piece = stretch.AsSpan(0, Math.Min(stretch.Length, samples.Length - at));
                gated.Read(at, piece);
                HarmlessMix.Mix(samples, piece, at, (float)share, framing, voice);
            }

            return share;
        }
        finally
        {
            gated?.Dispose();
        }
    }

    // A clip that is clean already got what it needed: the report says so.
    private static void WarnOfLess(AudioClip clip, GateDepth depth, NoiseProfile profile)
    {
        string? because = depth.Limit switch
        {
            GateDepth.UnlikeNoise => string.Create(
                CultureInfo.InvariantCulture,
                $"no pause shows what is noise, and what is quietest is as restless as ends of words "
                    + $"({profile.ScatterDb:0.0} dB of scatter); a clean recording needs no more"),
            GateDepth.Restless => "it changes so much that part of it may be speech",
            GateDepth.LouderElsewhere => "there it is louder than in the stretch it was learnt from, and may be speech",
            GateDepth.UnlikeNamed => "it is not like the noise that was named",
            GateDepth.ShortClip => "so short a recording says little about its noise",
            _ => null,
        };
        if (because is not null)
        {
            clip.Warn(WarningCodes.DenoisedLess, Less(depth, because));
        }
    }

    private static string Less(GateDepth depth, string because) =>
        depth.Limit == GateDepth.LouderElsewhere
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Noise was turned down by {depth.Db:0.0} dB in some pauses instead of {depth.AskedDb:0.0} dB: "
                    + $"{because}.")
            : depth.IsDeeperBelow
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"Noise was turned down by {depth.Db:0.0} dB ({depth.RumbleDb:0.0} dB below 90 Hz) instead of "
                        + $"{depth.AskedDb:0.0} dB: {because}.")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Noise was turned down by {depth.Db:0.0} dB instead of {depth.AskedDb:0.0} dB: {because}.");
}

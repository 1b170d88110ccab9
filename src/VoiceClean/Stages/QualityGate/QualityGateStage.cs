using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Stages.QualityGate;

/// <summary>
/// Refuses recordings from which no honest result can come: too short, silent, heavily clipped, without speech, or with
/// speech drowned in noise. Each has a reason of its own. With <see cref="GatePolicy.Warn"/> the recording passes with
/// a warning instead.
/// </summary>
internal sealed class QualityGateStage : IStage
{
    private const double SilentPeakDb = -60;

    // Less voice than this, in energy over everything else, is what noise alone reads by chance.
    private const double NoVoiceDb = -6;

    // About half of speech is voiced; 0.4 leaves room for clips full of consonants.
    private const double VoicedShareOfSpeech = 0.4;

    // Below this the result is usable but will not sound well.
    private const double LowSnrDb = 5;

    private readonly QualityGateOptions _options;

    /// <summary>Makes the stage.</summary>
    public QualityGateStage(QualityGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "quality-gate";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (_options.Policy == GatePolicy.Off)
        {
            return;
        }

        if (FindFault(clip, cancellation) is { } fault)
        {
            if (_options.Policy == GatePolicy.Reject)
            {
                throw new ClipRefusedException(
                    fault.Code,
                    fault.Message + " To process it all the same, use --gate warn.");
            }

            clip.Warn(
                WarningCodes.GateOverridden,
                fault.Message + $" (reason {fault.Code}; processed because the gate only warns)");
        }
    }

    private (string Code, string Message)? FindFault(AudioClip clip, CancellationToken cancellation)
    {
        TimeSpan duration = clip.Duration;
        if (duration < _options.MinSpeech)
        {
            return (
                ReasonCodes.TooShort,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The recording lasts {duration.TotalSeconds:0.##} s; at least "
                        + $"{_options.MinSpeech.TotalSeconds:0.##} s of speech are needed."));
        }

        SampleStatistics statistics = SampleStatistics.Measure(clip.Samples);
        (double mean, double peak) = (statistics.Mean, statistics.PeakAroundMean);
        if (Decibels.FromAmplitude(peak) < SilentPeakDb)
        {
            string level = peak > 0
                ? FormattableString.Invariant($"{Decibels.FromAmplitude(peak):0} dBFS")
                : "digital silence";
            return (
                ReasonCodes.Silent,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The recording is silent: without its offset of {mean:0.####} it peaks at {level}."));
        }

        SnrEstimate snr =
            clip.Findings.TryGet<SnrEstimate>() ?? SnrEstimator.Estimate(clip.Samples, clip.SampleRate, cancellation);
        if (snr.VoicedRatioDb < NoVoiceDb || snr.Voiced < VoicedShareOfSpeech * _options.MinSpeech)
        {
            return (
                ReasonCodes.NoSpeech,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No speech was found: {snr.Voiced.TotalSeconds:0.##} s have the pitch of a voice and stand out of "
                        + $"the background."));
        }

        // Full scale is known only of the source, flat tops below it (clipped, then turned down) only from the samples.
        double clipped = Math.Max(
            clip.Findings.TryGet<SourceClipping>()?.Share ?? 0,
            (double)FlatTops.Count(clip.Samples) / clip.Samples.Length);
        if (clipped > _options.MaxClippedShare)
        {
            return (
                ReasonCodes.Clipped,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * clipped:0.#} % of the samples are clipped; at most {100 * _options.MaxClippedShare:0.#} % "
                        + $"are allowed. Record again at a lower level."));
        }

        if (snr.SnrDb < _options.MinSnrDb)
        {
            return (
                ReasonCodes.SnrTooLow,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The speech drowns in noise: the signal-to-noise ratio is about {snr.SnrDb:0} dB, at least "
                        + $"{_options.MinSnrDb:0.#} dB are needed."));
        }

        if (snr.SnrDb < LowSnrDb)
        {
            clip.Warn(
                WarningCodes.LowSnr,
                FormattableString.Invariant(
                    $"The signal-to-noise ratio is only about {snr.SnrDb:0} dB; listen to the result before you use it."
                ));
        }

        return null;
    }
}

using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Inspection;

namespace VoiceClean.Stages.QualityGate;

/// <summary>
/// Refuses recordings from which no honest result can come: what <see cref="Judge"/> calls hopeless. With
/// <see cref="GatePolicy.Warn"/> the recording passes with a warning instead.
/// </summary>
internal sealed class QualityGateStage : IStage
{
    private readonly QualityGateOptions _options;
    private readonly RemovableNoise _removable;

    /// <summary>Makes the stage.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="removable">What does not count as noise; null = the defaults.</param>
    public QualityGateStage(QualityGateOptions options, RemovableNoise? removable = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _removable) = (options, removable ?? new RemovableNoise());
    }

    /// <summary>Whether one of the stages judges, and so measures the speech of the clip that it gets.</summary>
    public static bool IsAmong(IEnumerable<IStage> stages) =>
        stages.Any(s => s is QualityGateStage gate && gate._options.Policy != GatePolicy.Off);

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

        Assessment assessment = Judge.Assess(Inspector.MeasureSpeech(clip, _removable, cancellation), _options);
        foreach (Finding finding in assessment.Findings.TakeWhile(f => f.Verdict >= Verdict.Poor))
        {
            if (finding.Verdict == Verdict.Hopeless && _options.Policy == GatePolicy.Reject)
            {
                throw new ClipRefusedException(finding.Code, finding.Message);
            }

            clip.Warn(
                finding.Verdict == Verdict.Hopeless ? WarningCodes.GateOverridden : finding.Code,
                finding.Verdict == Verdict.Hopeless
                    ? $"{finding.Message} (reason {finding.Code}; processed because the gate only warns)"
                    : finding.Message);
        }
    }
}

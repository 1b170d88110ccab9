using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;

namespace VoiceClean.Cleaning;

/// <summary>
/// The way of one recording that is only looked at: decode, measure, judge. Writes nothing. Immutable and thread-safe:
/// one instance serves a whole batch.
/// </summary>
public sealed class InspectionPipeline
{
    private readonly ClipFrame _frame;
    private readonly AssessmentLimits _limits;
    private readonly bool _isGate;

    /// <summary>Prepares inspection.</summary>
    /// <param name="options">Rate, channel, limits on the input and those of the quality gate; the stages are not
    /// used.</param>
    /// <param name="isGate">Whether a hopeless recording gets the status "rejected".</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    public InspectionPipeline(CleaningOptions options, bool isGate, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _frame = new ClipFrame(options, decoders ?? AudioDecoders.CreateDefault());
        _isGate = isGate;
        _limits = AssessmentLimits.Of(options.Gate);
    }

    /// <summary>Inspects one recording. Never throws for what the outside world does.</summary>
    /// <param name="job">The recording; nothing is published.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Inspect(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _frame.Run(job, (clip, report) => Judge(clip, report, cancellation), cancellation);
    }

    private ClipReport Judge(AudioClip clip, ClipReportBuilder report, CancellationToken cancellation)
    {
        VoiceInspection found = report.Time("inspect", () => VoiceInspector.Inspect(clip, _limits, cancellation));
        report.Before(found.Measurements);
        found.Assessment.Findings.ToList().ForEach(f => clip.Warn(f.Code, f.Message));
        var facts = new InspectionFacts(found.Assessment.Verdict, found.Assessment.Advice, found.Voice);
        if (_isGate && found.Assessment.Verdict == Verdict.Hopeless)
        {
            Warning worst = found.Assessment.Findings[0];
            return report.Fail(clip, new ClipRefusedException(worst.Code, worst.Message)) with { Inspection = facts };
        }

        return report.Looked(clip) with { Inspection = facts };
    }
}

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
    private readonly QualityGateOptions _gate;
    private readonly RemovableNoise _removable;
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
        (_gate, _removable) = (options.Gate, options.ToRemovableNoise());
    }

    /// <summary>Inspects one recording. Never throws for what the outside world does.</summary>
    /// <param name="job">The recording; nothing is published.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Inspect(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _frame.Run(job, (clip, report) => Assess(clip, report, cancellation), cancellation);
    }

    /// <summary>Inspects one recording and hands on what was decoded. Never throws for what happens either.</summary>
    /// <param name="job">The recording; nothing is opened or published.</param>
    /// <param name="load">Makes the clip, and says how long its file is [byte].</param>
    /// <param name="take">Gets the clip as it was decoded, before anything else; it is not the receiver's.</param>
    /// <param name="cancellation">As for the other.</param>
    internal ClipReport Inspect(
        ClipJob job,
        Func<(AudioClip Clip, long? SizeBytes)> load,
        Action<AudioClip> take,
        CancellationToken cancellation) =>
        _frame.Run(
            job,
            load,
            (clip, report) =>
            {
                take(clip);
                return Assess(clip, report, cancellation);
            });

    private ClipReport Assess(AudioClip clip, ClipReportBuilder report, CancellationToken cancellation)
    {
        Measurements measured = report.Time("inspect", () => Inspector.MeasureAll(clip, _removable, cancellation));
        report.Before(Inspector.AsInFile(measured, clip));
        Assessment assessment = Judge.Assess(measured, _gate);
        assessment.Findings.ToList().ForEach(f => clip.Warn(f.Code, f.Message));
        var facts = new InspectionFacts(assessment.Verdict, assessment.Advice);
        return _isGate && assessment.Verdict == Verdict.Hopeless
            ? report.Fail(
                clip,
                new ClipRefusedException(assessment.Findings[0].Code, assessment.Findings[0].Message)) with
            {
                Inspection = facts,
            }
            : report.Looked(clip) with { Inspection = facts };
    }
}

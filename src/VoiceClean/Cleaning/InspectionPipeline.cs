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
    private readonly CleaningOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly AssessmentLimits _limits;
    private readonly bool _isGate;
    private readonly string _configHash;

    /// <summary>Prepares inspection.</summary>
    /// <param name="options">Rate, channel, limits on the input and those of the quality gate; the stages are not
    /// used.</param>
    /// <param name="isGate">Whether a hopeless recording gets the status "rejected".</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    public InspectionPipeline(CleaningOptions options, bool isGate, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _isGate = isGate;
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _limits = AssessmentLimits.Of(options.Gate);
        _configHash = ReportJson.Hash(options);
    }

    /// <summary>Inspects one recording. Never throws for what the outside world does.</summary>
    /// <param name="job">The recording; nothing is published.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Inspect(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var report = new ClipReportBuilder(job, _options, _configHash);
        AudioClip? clip = null;
        try
        {
            using Stream input = job.OpenInput();
            long size = input.Length;
            clip = report.Time(
                "decode",
                () => ClipLoader.Load(input, job.Id, _options.ToLoadOptions(), _decoders, cancellation));
            report.Loaded(clip, size);
            VoiceInspection found = report.Time("inspect", () => VoiceInspector.Inspect(clip, _limits, cancellation));
            report.Before(found.Measurements);
            found.Assessment.Findings.ToList().ForEach(f => clip.Warn(f.Code, f.Message));
            var facts = new InspectionFacts(found.Assessment.Verdict, found.Assessment.Advice, found.Voice);
            if (_isGate && found.Assessment.Verdict == Verdict.Hopeless)
            {
                Warning worst = found.Assessment.Findings[0];
                return report.Fail(clip, new ClipRefusedException(worst.Code, worst.Message)) with
                {
                    Inspection = facts,
                };
            }

            return report.Looked(clip) with { Inspection = facts };
        }
#pragma warning disable CA1031 // This is the one place where whatever happened to a clip becomes its verdict.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return report.Fail(clip, e);
        }
        finally
        {
            clip?.Dispose();
        }
    }
}

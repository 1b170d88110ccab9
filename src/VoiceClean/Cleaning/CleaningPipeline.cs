using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Stages;

namespace VoiceClean.Cleaning;

/// <summary>
/// The way of one recording: decode, down-mix and resample; inspect; each stage in turn; inspect again; write and
/// publish. (Nothing is inspected where nobody will read it.) Immutable and thread-safe: one instance serves a whole
/// batch.
/// </summary>
public sealed class CleaningPipeline
{
    private readonly CleaningOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly string _configHash;

    /// <summary>Makes the stages that <paramref name="options"/> ask for.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="catalog">The stages to choose from; null = those that come with VoiceClean.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">An unknown stage is asked for, or options contradict each
    /// other.</exception>
    public CleaningPipeline(CleaningOptions options, StageCatalog? catalog = null, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _configHash = ReportJson.Hash(options);
        StageCatalog stages = catalog ?? StageCatalog.CreateDefault();
        Stages =
        [
            .. (options.Stages.Count > 0 ? options.Stages : StandardChain.For(options)).Select(name =>
                stages.Create(name, options, _decoders)),
        ];
    }

    /// <summary>The stages in the order in which they run.</summary>
    public IReadOnlyList<IStage> Stages { get; }

    /// <summary>
    /// Cleans one recording. Never throws for what the outside world does: every input ends in exactly one report, and
    /// a refused or failed one publishes nothing.
    /// </summary>
    /// <param name="job">The recording.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Clean(ClipJob job, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(job);
        var report = new ClipReportBuilder(job, _options, _configHash);
        AudioClip? clip = null;
        try
        {
            using Stream input = job.OpenInput();
            long? size = input.CanSeek ? input.Length : null;
            clip = report.Time(
                "decode",
                () => ClipLoader.Load(input, job.Id, _options.ToLoadOptions(), _decoders, cancellation, job.Threads));
            report.Loaded(clip, size);
            if (job.IsMeasured)
            {
                report.Before(report.Time("inspect", () => Inspector.Measure(clip, cancellation)));
            }

            foreach (IStage stage in Stages)
            {
                cancellation.ThrowIfCancellationRequested();
                report.Time(stage.Name, () => stage.Process(clip, cancellation));
            }

            if (job.IsMeasured)
            {
                report.After(report.Time("inspect_result", () => Inspector.Measure(clip, cancellation)));
            }

            return report.Succeed(clip, report.Time("write", () => Publish(job, clip)));
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

    private FileFacts Publish(ClipJob job, AudioClip clip)
    {
        FileFacts facts = new() { Path = job.OutputPath };
        job.Publish(stream => facts = ResultWriter.Write(stream, clip, _options.Output.Encoding, job.OutputPath));
        return facts;
    }
}

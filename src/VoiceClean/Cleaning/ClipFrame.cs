using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;

namespace VoiceClean.Cleaning;

/// <summary>
/// What stands around the treatment of one recording, whatever the treatment is: open, decode, time, and make exactly
/// one report of what happened; the input and the clip are closed at the end. Immutable and thread-safe: one instance
/// serves a whole batch.
/// </summary>
/// <param name="options">Rate, channel and limits of the clip; echoed in each report.</param>
/// <param name="decoders">The decoders to choose from.</param>
internal sealed class ClipFrame(CleaningOptions options, AudioDecoders decoders)
{
    private readonly Lazy<string> _configHash = new(() => ReportJson.Hash(options));

    /// <summary>
    /// Treats one recording. Never throws for what the outside world does: every input ends in exactly one report.
    /// </summary>
    /// <param name="job">The recording.</param>
    /// <param name="treatment">Gets the decoded clip and the report so far; returns the finished report, or throws why
    /// there is no good one.</param>
    /// <param name="cancellation">Stops within about a second of work; the report then says "cancelled".</param>
    public ClipReport Run(
        ClipJob job,
        Func<AudioClip, ClipReportBuilder, ClipReport> treatment,
        CancellationToken cancellation)
        => Run(
            job,
            () =>
            {
                using Stream input = job.OpenInput();
                long? size = input.CanSeek ? input.Length : null;      // asked now: loading disposes of the stream
                LoadOptions loading = options.ToLoadOptions();
                return (TrackLoader.Load(input, job.Id, loading, decoders, cancellation, job.Threads), size);
            },
            treatment);

    /// <summary>The same for a recording that comes another way.</summary>
    /// <param name="job">The recording.</param>
    /// <param name="load">Makes the clip, and says how long its file was [byte] if there was one.</param>
    /// <param name="treatment">As for the other.</param>
    public ClipReport Run(
        ClipJob job,
        Func<(AudioClip Clip, long? SizeBytes)> load,
        Func<AudioClip, ClipReportBuilder, ClipReport> treatment)
    {
        var report = new ClipReportBuilder(job, options, job.IsHashed ? _configHash.Value : null);
        AudioClip? clip = null;
        try
        {
            (clip, long? size) = report.Time("decode", load);
            report.Loaded(clip, size);
            return treatment(clip, report);
        }
#pragma warning disable CA1031 // This is the one place where whatever happened to a recording becomes its verdict.
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

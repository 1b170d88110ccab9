using System.Runtime.ExceptionServices;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean;

/// <summary>
/// Cleans speech: a file, a stream or samples, in one call. Thread-safe; a call uses all processors, and the result
/// does not depend on how many there are.
/// </summary>
/// <remarks>
/// <para>
/// Success returns a report: what was measured before and after, what was done, warnings. Everything else is an
/// exception, and then nothing has been written: <see cref="ClipRefusedException"/> if the recording cannot honestly be
/// cleaned (silent, no speech, too noisy), <see cref="InputException"/> if it is missing, corrupt or of an unknown
/// format, <see cref="OutputException"/> if the result may not be written there; all are a
/// <see cref="VoiceCleanException"/>, whose <see cref="VoiceCleanException.Code"/> is stable and whose message is a
/// sentence for a user. Any other exception is a bug.
/// </para>
/// <para>
/// For many recordings with the same options, for stages and decoders of your own, or for reports instead of
/// exceptions, keep a <see cref="CleaningPipeline"/> and give it a <see cref="ClipJob.ForFile"/> for each.
/// </para>
/// </remarks>
public static class Cleaner
{
    /// <summary>Cleans a file of any format into a WAV file.</summary>
    /// <param name="input">The recording; it is never changed.</param>
    /// <param name="output">Where the result appears, complete or not at all; its folder must exist, and its extension
    /// must not be that of another format.</param>
    /// <param name="options">What to do; null = the defaults.</param>
    /// <param name="overwrite">Whether a file called <paramref name="output"/> may be replaced.</param>
    /// <param name="cancellation">Stops within about a second.</param>
    /// <returns>What was found and done.</returns>
    /// <exception cref="ClipRefusedException">The recording cannot honestly be cleaned.</exception>
    /// <exception cref="InputException">Missing, unreadable, corrupt, of an unknown format, or too long.</exception>
    /// <exception cref="OutputException">The output exists, is the input, is a folder, or may not be
    /// written.</exception>
    /// <exception cref="VoiceCleanException">The options contradict each other, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ClipReport CleanFile(
        string input,
        string output,
        CleaningOptions? options = null,
        bool overwrite = false,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        var pipeline = new CleaningPipeline(options ?? new CleaningOptions());
        var job = ClipJob.ForFile(input, output, overwrite) with { Threads = Environment.ProcessorCount };
        return Successful(pipeline.Clean(job, cancellation));
    }

    /// <summary>Cleans samples in memory.</summary>
    /// <param name="samples">Mono, full scale ±1, at least one; they are not changed. Values that are no number count
    /// as 0, with a warning.</param>
    /// <param name="sampleRate">[Hz], 1 to 768,000.</param>
    /// <param name="options">What to do; null = the defaults. The word length of the output does not matter
    /// here.</param>
    /// <param name="cancellation">Stops within about a second.</param>
    /// <returns>The cleaned samples, at <see cref="CleaningOptions.SampleRate"/>, undithered, and the report.</returns>
    /// <exception cref="ClipRefusedException">The recording cannot honestly be cleaned.</exception>
    /// <exception cref="InputException">There are no samples, or too many.</exception>
    /// <exception cref="VoiceCleanException">The options contradict each other.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CleanedSamples Clean(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CleaningOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 768_000);
        var pipeline = new CleaningPipeline(options ?? new CleaningOptions());
        var source = new SampleReader(samples.ToArray(), new AudioFormat(sampleRate, 1));
        float[] cleaned = [];
        ClipReport report = pipeline.Clean(
            JobInMemory("samples"),
            new FiniteReader(source),
            result => cleaned = result.ToArray(),
            cancellation);
        return new CleanedSamples(cleaned, Successful(report).Output!.SampleRateHz!.Value, report);
    }

    /// <summary>Cleans a recording of any format from a stream into a WAV file on another.</summary>
    /// <param name="input">Readable; read from where it stands to its end, and left open. One that cannot seek is first
    /// copied to a temporary file.</param>
    /// <param name="output">Writable; nothing is written before the result is complete, and it is left open. It is
    /// never sought, so a pipe will do.</param>
    /// <param name="options">What to do; null = the defaults.</param>
    /// <param name="cancellation">Stops within about a second.</param>
    /// <returns>What was found and done.</returns>
    /// <exception cref="ClipRefusedException">The recording cannot honestly be cleaned.</exception>
    /// <exception cref="InputException">Unreadable, corrupt, of an unknown format, or too long.</exception>
    /// <exception cref="VoiceCleanException">The options contradict each other, the disk is full, or the output
    /// stream fails.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static ClipReport Clean(
        Stream input,
        Stream output,
        CleaningOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var pipeline = new CleaningPipeline(options ?? new CleaningOptions());
        ClipJob job = JobInMemory("stream") with
        {
            OpenInput = () => new LentStream(input),
            Publish = write => PublishTo(output, write),
        };
        return Successful(pipeline.Clean(job, cancellation));
    }

    private static ClipJob JobInMemory(string id) => new()
    {
        Id = id,
        InputPath = "-",
        OutputPath = "-",
        Threads = Environment.ProcessorCount,
        OpenInput = () => Stream.Null,
        Publish = _ => { },
    };

    private static void PublishTo(Stream output, Action<Stream> write)
    {
        try
        {
            write(output);
            output.Flush();
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, "-");
        }
    }

    private static ClipReport Successful(ClipReport report)
    {
        if (report.Exception is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return report;
    }
}

/// <summary>What became of samples in memory.</summary>
/// <param name="Samples">[sample] mono, full scale ±1.</param>
/// <param name="SampleRate">[Hz]</param>
/// <param name="Report">What was found and done.</param>
public sealed record CleanedSamples(float[] Samples, int SampleRate, ClipReport Report);

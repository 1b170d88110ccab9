using System.Diagnostics;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Web.Microphone;

/// <summary>Has somebody do work: gets how many threads it may use, and what stops it.</summary>
/// <param name="work">What is to be done.</param>
/// <param name="gone">Cancelled when nobody wants the result any more.</param>
/// <returns>The result; null if nobody has time just now.</returns>
internal delegate Task<ClipReport?> MicrophoneWork(
    Func<int, CancellationToken, ClipReport> work,
    CancellationToken gone);

/// <summary>
/// The figures of what a microphone heard: those of <c>inspect</c> on the same samples, because it is the same
/// pipeline. Immutable and thread-safe.
/// </summary>
/// <param name="cleaning">Rate, channel, limits.</param>
/// <param name="decoders">The decoders; null = those that come with the library.</param>
/// <param name="work">Who does it.</param>
internal sealed class MicrophoneInspector(CleaningOptions cleaning, AudioDecoders? decoders, MicrophoneWork work)
{
    private readonly InspectionPipeline _pipeline = new(cleaning, isGate: false, decoders);

    /// <summary>Has one thread of its own do it: for who runs one microphone at a time.</summary>
    public static Task<ClipReport?> OnThreadOfItsOwn(
        Func<int, CancellationToken, ClipReport> work,
        CancellationToken gone) =>
        Task.Factory.StartNew<ClipReport?>(
            () => work(1, gone),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    /// <summary>Inspects a recording as it is now.</summary>
    /// <param name="capture">The recording; may grow meanwhile.</param>
    /// <param name="longestS">Only so many seconds of its end; infinity = all.</param>
    /// <param name="gone">Cancelled when nobody wants the result any more.</param>
    /// <returns>The report and how long the work took; null if nobody has time just now.</returns>
    public async Task<(ClipReport Report, TimeSpan Cost)?> InspectAsync(
        MicrophoneCapture capture,
        double longestS,
        CancellationToken gone)
    {
        var cost = TimeSpan.Zero;
        ClipReport? report = await work(
            (threads, stop) =>
            {
                long start = Stopwatch.GetTimestamp();
                var job = new ClipJob
                {
                    Id = "microphone",
                    InputPath = "microphone",
                    OutputPath = "",
                    Threads = threads,
                    OpenInput = () => capture.OpenLast(longestS),
                    Publish = _ => { },
                };
                ClipReport found = _pipeline.Inspect(job, stop);
                cost = Stopwatch.GetElapsedTime(start);
                return found;
            },
            gone).ConfigureAwait(false);
        return report is null ? null : (report, cost);
    }
}

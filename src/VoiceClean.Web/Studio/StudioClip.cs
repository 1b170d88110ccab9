using System.Diagnostics;
using VoiceClean.Audio;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>A recording that is open, or a stretch of it. Renders one thing at a time, the latest that was asked
/// for.</summary>
internal sealed class StudioClip : IDisposable
{
    /// <summary>The most of a recording that is open [s].</summary>
    public const double MostSeconds = 600;

    private readonly StudioOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly RenderLane _whole = new(), _windows = new();
    private StageCache? _cache;
    private LoadOptions? _loaded;
    private volatile PreviewGround? _ground;
    private (long, DateTime) _opened;       // length and time of the file

    /// <summary>Names a recording; opens nothing yet.</summary>
    /// <param name="id">By which the page names it: "c1".</param>
    /// <param name="file">The recording.</param>
    /// <param name="stretch">Which stretch of it [s]; null = all of it.</param>
    /// <param name="options">The studio.</param>
    /// <param name="decoders">The decoders to choose from.</param>
    public StudioClip(
        string id,
        StudioFile file,
        (double Start, double Length)? stretch,
        StudioOptions options,
        AudioDecoders decoders)
    {
        (Id, File, Stretch, _options, _decoders) = (id, file, stretch, options, decoders);
    }

    /// <summary>By which the page names it: "c1".</summary>
    public string Id { get; }

    /// <summary>The recording.</summary>
    public StudioFile File { get; }

    /// <summary>Which stretch of it [s]; null = all of it. Of a recording that is too long to be opened whole it is the
    /// first.</summary>
    public (double Start, double Length)? Stretch { get; private set; }

    /// <summary>How long the whole recording is [s].</summary>
    public double WholeSeconds { get; private set; }

    /// <summary>As it was decoded at first.</summary>
    public ClipState Input { get; private set; } = null!;

    /// <summary>How loud that is over the time.</summary>
    public InputLoudness Loudness { get; } = new();

    /// <summary>Opens it and looks at it.</summary>
    /// <param name="stop">Stops within about a second of work.</param>
    /// <returns>The record of inspect.</returns>
    public ClipReport Open(CancellationToken stop)
    {
        LoadOptions loading = _options.Cleaning.ToLoadOptions();
        _opened = File.Stamp;
        var pipeline = new InspectionPipeline(_options.Cleaning, isGate: false, _decoders);
        ClipReport report = pipeline.Inspect(
            Job,
            () => Load(loading, stop),
            clip => Input = ClipState.Of(clip),
            stop);
        if (report.Status == ClipStatus.Ok)
        {
            (_cache, _loaded) = (new StageCache(Input, _decoders), loading);
        }

        return report;
    }

    /// <summary>Sees whether it is still the file that was opened: what the page shows must be what the command would
    /// write.</summary>
    /// <exception cref="RefusalException">It is another one now, or gone.</exception>
    public void CheckUnchanged()
    {
        if (File.Stamp != _opened)
        {
            throw new RefusalException(
                HttpReasons.NotOpen,
                "The recording has changed on disk since it was opened; open it again.");
        }
    }

    /// <summary>Cleans it, or a stretch of it; what was asked for before and is not done is given up.</summary>
    /// <param name="id">By which the page will name the result.</param>
    /// <param name="options">What to do.</param>
    /// <param name="window">Which stretch [s]; null = all of it, exactly.</param>
    /// <param name="gone">Cancelled when nobody waits any more.</param>
    /// <exception cref="RefusalException">It was refused, failed, or something later has taken its place.</exception>
    public Task<StudioRender> RenderAsync(
        string id,
        CleaningOptions options,
        (double Start, double Length)? window,
        CancellationToken gone) =>
        window is { } span && _ground is { } ground && ground.Loading == options.ToLoadOptions()
            ? PreviewAsync(ground, id, options, RangeOf(span, ground.Run.Input), gone)
            : _whole.RunAsync(stop => Timed(() => Render(id, options, window, stop)), gone);

    /// <inheritdoc cref="StageCache.GiveBack"/>
    public void GiveBack() => _cache?.GiveBack();

    public void Dispose()
    {
        _whole.Dispose();
        _windows.Dispose();
    }

    private ClipJob Job => Triage.JobOf(File) with { Threads = _options.Processors };

    // What it stands on does not change any more, so it does not wait until a run over the whole has noticed that it is
    // out of date.
    private Task<StudioRender> PreviewAsync(
        PreviewGround ground,
        string id,
        CleaningOptions options,
        SampleRange span,
        CancellationToken gone)
    {
        _whole.Overtake();
        return _windows.RunAsync(stop => Timed(() => ground.Render(id, options, span, stop)), gone);
    }

    private StudioRender Render(
        string id,
        CleaningOptions options,
        (double Start, double Length)? window,
        CancellationToken stop)
    {
        StageCache cache = CacheFor(options, stop);
        if (window is not { } span)
        {
            return RenderAll(id, options, cache, stop);
        }

        if (_ground is null)
        {
            _ = RenderAll(id, options, cache, stop);
        }

        return _ground!.Render(id, options, RangeOf(span, cache.Input), stop);
    }

    private static StudioRender Timed(Func<StudioRender> make)
    {
        long start = Stopwatch.GetTimestamp();
        StudioRender render = make();
        return render with { Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds };
    }

    private StudioRender RenderAll(string id, CleaningOptions options, StageCache cache, CancellationToken stop)
    {
        (ClipReport report, StagedRun? run) = cache.Clean(Job, options, stop);
        stop.ThrowIfCancellationRequested();
        if (run is null)
        {
            throw Failed(report);
        }

        var match = LoudnessMatch.Of(cache.Input, run.Result, run.GainDb, stop);
        _ground = new PreviewGround(run, match, cache, _loaded!, _options.Processors);
        return new StudioRender
        {
            Id = id,
            Input = cache.Input,
            Options = options,
            Range = new SampleRange(0, cache.Input.Samples.Length),
            Whole = WholeResult.Of(run),
            Report = report,
            IsExact = Stretch is null,
            Match = match,
        };
    }

    // Rate, channel and track are chosen when a recording is decoded.
    private StageCache CacheFor(CleaningOptions options, CancellationToken stop)
    {
        LoadOptions loading = options.ToLoadOptions();
        if (loading != _loaded)
        {
            ClipState input = loading == _options.Cleaning.ToLoadOptions() ? Input : Decoded(loading, stop);
            (_cache, _loaded, _ground) = (new StageCache(input, _decoders), loading, null);
        }

        return _cache!;
    }

    private ClipState Decoded(LoadOptions loading, CancellationToken stop)
    {
        using AudioClip clip = Load(loading, stop).Clip;
        return ClipState.Of(clip);
    }

    private (AudioClip Clip, long? SizeBytes) Load(LoadOptions loading, CancellationToken stop)
    {
        Stream stream = InputFile.Open(File.Path, stop);
        long? size = stream.CanSeek ? stream.Length : null;
        AudioClip whole = TrackLoader.Load(stream, Job.Id, loading, _decoders, stop, _options.Processors);
        WholeSeconds = whole.Duration.TotalSeconds;
        if (WholeSeconds > MostSeconds)
        {
            Stretch ??= (0, MostSeconds);
        }

        if (Stretch is not { } span)
        {
            return (whole, size);
        }

        using (whole)
        {
            SampleRange range = RangeOf(span, whole.Samples.Length, whole.SampleRate);
            whole.Keep([range]);
            return (ClipState.Of(whole).Fork(new SampleRange(0, range.Length), _options.Processors), size);
        }
    }

    private static SampleRange RangeOf((double, double) span, ClipState input) =>
        RangeOf(span, input.Samples.Length, input.SampleRate);

    private static SampleRange RangeOf((double Start, double Length) span, int samples, int rate)
    {
        int start = (int)Math.Min(samples, Math.Round(span.Start * rate));
        int end = (int)Math.Min(samples, Math.Round((span.Start + span.Length) * rate));
        return end > start
            ? new SampleRange(start, end)
            : throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                "The stretch is empty, or lies behind the end of the recording.");
    }

    /// <summary>Why a recording gave no result.</summary>
    internal static RefusalException Failed(ClipReport report) =>
        new(new Problem(ReasonStatus.Of(report.Reason!, report.Kind), report.Message!) { Report = report });
}

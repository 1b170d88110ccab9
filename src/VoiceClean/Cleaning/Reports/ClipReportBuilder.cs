using System.Diagnostics;
using System.Reflection;
using System.Runtime.Intrinsics;
using VoiceClean.Audio;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;

namespace VoiceClean.Cleaning.Reports;

/// <summary>
/// Collects a <see cref="ClipReport"/> while a clip runs through the pipeline. One per clip; used by one thread.
/// </summary>
internal sealed class ClipReportBuilder
{
    private readonly FigureList _cost = new();
    private readonly FigureList _process = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Action<string>? _stepBegins;
    private ClipReport _report;

    /// <summary>Begins with what is known before anything is read.</summary>
    /// <param name="job">The recording.</param>
    /// <param name="options">How it is cleaned.</param>
    /// <param name="configHash">Of the options; null = nobody asked for it.</param>
    public ClipReportBuilder(ClipJob job, CleaningOptions options, string? configHash)
    {
        _stepBegins = job.StepBegins;
        _report = new ClipReport
        {
            Id = job.Id,
            Options = options,
            Provenance = configHash is null ? null : new Provenance(ToolVersion, configHash, VectorWidth),
            Input = new FileFacts { Path = job.InputPath },
        };
    }

    /// <summary>Version of the program as it was built.</summary>
    public static string ToolVersion => field ??=
        typeof(ClipReportBuilder)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion.Split('+')[0]
        ?? "0";

    private static int VectorWidth =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Runs one step and books its time under "<paramref name="step"/>_ms".</summary>
    public T Time<T>(string step, Func<T> action)
    {
        long start = Stopwatch.GetTimestamp();
        _stepBegins?.Invoke(step);
        try
        {
            return action();
        }
        finally
        {
            _cost.Add(step.Replace('-', '_') + "_ms", Math.Round(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 3));
        }
    }

    /// <summary>Runs one step and books its time under "<paramref name="step"/>_ms".</summary>
    public void Time(string step, Action action) => Time<object?>(step, () =>
    {
        action();
        return null;
    });

    /// <summary>Notes what the source is.</summary>
    public void Loaded(AudioClip clip, long? sizeBytes)
    {
        InputFormat? format = clip.Findings.TryGet<InputFormat>();
        _report = _report with
        {
            Input = _report.Input! with
            {
                SizeBytes = sizeBytes,
                Container = format?.Format.Container,
                Decoder = format?.Format.Decoder,
                SampleRateHz = format?.Format.SampleRate,
                Channels = format?.Format.Channels,
                BitDepth = format?.Format.BitDepth is > 0 and var bits ? bits : null,
                DurationS = format?.Duration.TotalSeconds,
                Tracks = clip.Findings.TryGet<TrackList>() is { } list ? [.. list.Tracks.Select(FactsOf)] : null,
            },
        };
    }

    private static TrackFacts FactsOf(HeardTrack heard) => new(
        heard.Track.Number,
        heard.Track.Codec,
        heard.Track.Language,
        heard.Track.Name,
        heard.Track.IsDefault,
        heard.SpeechS is >= 0 and var speech ? Math.Round(speech, 3) : null,
        heard.IsUsed);

    /// <summary>Notes the measurements before processing.</summary>
    public void Before(Measurements measurements) => _report = _report with { Before = measurements };

    /// <summary>Notes the measurements of the result.</summary>
    public void After(Measurements measurements) => _report = _report with { After = measurements };

    /// <summary>The report of a clip that was cleaned and published.</summary>
    public ClipReport Succeed(AudioClip clip, FileFacts output) =>
        Finish(clip) with
        {
            Status = ClipStatus.Ok,
            Output = output,
        };

    /// <summary>The report of a clip that was only looked at.</summary>
    public ClipReport Looked(AudioClip clip) => Finish(clip) with { Status = ClipStatus.Ok };

    /// <summary>The report of a clip that was refused or failed.</summary>
    public ClipReport Fail(AudioClip? clip, Exception exception)
    {
        (ErrorKind? kind, string code, string message) = exception switch
        {
            VoiceCleanException e => (e.Kind, e.Code, e.Message),
            OperationCanceledException => (
                null,
                ReasonCodes.Cancelled,
                "Stopped before it was done; nothing was written."),
            _ when OutOfMemory.IsCause(exception) =>
                (ErrorKind.Temporary, ReasonCodes.OutOfMemory, OutOfMemory.Sentence),
            AddedStageException e => (null, ReasonCodes.InternalError, e.Message),
            _ => (
                (ErrorKind?)null,
                ReasonCodes.InternalError,
                $"A bug of ours ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}); please "
                    + "report it with the output of 'voiceclean doctor'."),
        };
        return Finish(clip) with
        {
            Status =
                kind == ErrorKind.Refused ? ClipStatus.Rejected
                : exception is OperationCanceledException ? ClipStatus.Stopped
                : ClipStatus.Failed,
            Reason = code,
            Message = message,
            Kind = kind,
            Exception = exception is AddedStageException { InnerException: { } cause } ? cause : exception,
        };
    }

    private ClipReport Finish(AudioClip? clip)
    {
        double total = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (_report.Before is { } before && clip?.Findings.TryGet<SpeechMeasurement>() is { } speech)
        {
            _report = _report with { Before = speech.AddTo(before) };
        }

        _cost.Add("total_ms", Math.Round(total * 1000, 3));
        if (clip is not null)
        {
            _cost.Add("realtime_factor", Math.Round(clip.InputLength / (double)clip.SampleRate / total, 1));
            foreach (IReportedFinding finding in clip.Findings.Reported)
            {
                finding.Report(_process);
            }
        }

        return _report with { Warnings = clip?.Warnings.ToArray() ?? [], Process = _process.Json, Cost = _cost.Json };
    }
}

using System.Diagnostics;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Runs;

/// <summary>What <see cref="InspectFolder"/> is to do.</summary>
internal sealed record InspectFolderOptions
{
    /// <summary>What is inspected.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>Rate, channel, limits on the input and those of the verdict.</summary>
    public CleaningOptions Cleaning { get; init; } = new();

    /// <summary>Whether a hopeless recording gets the status "rejected".</summary>
    public bool RejectHopeless { get; init; }

    /// <summary>Recordings at a time, 1 to 1024; default: the processors this process may use.</summary>
    public int Jobs { get; init => field = Check.InRange(value, 1, 1024); } = Environment.ProcessorCount;

    /// <summary>Hears the name of each step of a recording when it begins; null = nobody.</summary>
    public Action<string>? StepBegins { get; init; }

    /// <summary>What messages advise.</summary>
    public RunAdvice Advice { get; init; } = new();
}

/// <summary>What was found for an inspection. Nothing has been touched.</summary>
/// <param name="Selection">The recordings of this run's shard, and what was left out.</param>
/// <param name="Files">The same, in the order of the report.</param>
/// <param name="Obstacle">Why the run cannot start; null if it can.</param>
internal sealed record InspectionPlan(
    FileSelection Selection,
    IReadOnlyList<SelectedFile> Files,
    VoiceCleanException? Obstacle);

/// <summary>
/// Use case: measures and judges the recordings in folders, files and lists; writes nothing. One object a run; not
/// thread-safe.
/// </summary>
internal sealed class InspectFolder
{
    private readonly InspectFolderOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly InspectionPipeline _pipeline;
    private InspectionPlan? _plan;

    /// <summary>Prepares it; looks at no input.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    public InspectFolder(InspectFolderOptions options, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _decoders = decoders ?? AudioDecoders.CreateDefault();
        _pipeline = new InspectionPipeline(options.Cleaning, options.RejectHopeless, _decoders);
    }

    /// <summary>Finds the recordings, once.</summary>
    /// <param name="stop">Stops between two files.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public InspectionPlan Plan(CancellationToken stop = default)
    {
        if (_plan is null)
        {
            RunInputs inputs = _options.Inputs;
            ShareCensus? census = inputs.Shard.IsPart ? new ShareCensus(inputs.Shard) : null;
            var selection = inputs.Select(null, _decoders, stop, census);
            _plan = new InspectionPlan(
                selection,
                selection.Files,
                census is { Count: > 0 } ? null : inputs.WhyNothing(selection, "inspect", _options.Advice));
        }

        return _plan;
    }

    /// <summary>Does it, to its end or until it is stopped.</summary>
    /// <param name="observer">Is told about the verdicts.</param>
    /// <param name="stop">Asks for a clean end within 2 s.</param>
    /// <exception cref="VoiceCleanException">The plan has an obstacle.</exception>
    public RunResult Run(IRunObserver observer, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        long start = Stopwatch.GetTimestamp();
        InspectionPlan plan = Plan(stop);
        if (plan.Obstacle is { } obstacle)
        {
            throw obstacle;
        }

        observer.Started(new RunStart(plan.Files.Count));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ledger = new Ledger(maxFailures: null, ending, isFull: () => false);
        OrderedWorkers.Run(
            plan.Files,
            _options.Jobs,
            new WorkPlan<SelectedFile, ClipReport>
            {
                Work = (file, cancellation, _) => Completed(Inspect(file, cancellation)),
                Emit = (_, report) =>
                {
                    ledger.Add(report);
                    observer.Report(report);
                },
                Dropped = file => OutsideReports.Stopped(file.Id, file.Path),
                NotBegun = file => OutsideReports.NotBegun(file.Id, file.Path),
                TimedOut = (file, report) =>
                    report ?? Completed(OutsideReports.TimedOut(file.Id, file.Path, Timeout.InfiniteTimeSpan)),
                Failed = (file, e) => Completed(OutsideReports.Bug(file.Id, file.Path, e)),
            },
            ending.Token);
        RunResult result = ledger.Close(Stopwatch.GetElapsedTime(start));
        return result with { Summary = _options.Inputs.Sign(result.Summary, outputFolder: null) };

        ClipReport Completed(ClipReport report)
        {
            ledger.Note(report);
            observer.Completed(report);
            return report;
        }
    }

    private ClipReport Inspect(SelectedFile file, CancellationToken cancellation)
    {
        if (file.Failure is { } failure)
        {
            return OutsideReports.Failed(file.Id, file.Path, failure);
        }

        var job = new ClipJob
        {
            Id = file.Id,
            InputPath = file.Path,
            OutputPath = "",
            OpenInput = () => InputFile.Open(file.Path, cancellation),
            Publish = _ => throw new InvalidOperationException("Inspection publishes nothing."),
            StepBegins = _options.StepBegins,
        };
        return _pipeline.Inspect(job, cancellation);
    }
}

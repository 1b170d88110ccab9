using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Scheduling;

namespace VoiceClean.Datasets;

/// <summary>What <see cref="CheckSet"/> is to do.</summary>
internal sealed record CheckSetOptions
{
    /// <summary>The folder of the set: speakers' folders with lists beside them, or one folder of clips.</summary>
    public required string Folder { get; init; }

    /// <summary>For whom.</summary>
    public DatasetTarget Target { get; init; } = DatasetTargets.Load(DatasetTargets.Default);

    /// <summary>The folder of clips that GPT-SoVITS is given besides its list; null = none.</summary>
    public string? WavFolder { get; init; }

    /// <summary>Clips at a time, 1 to 1024; default: the processors this process may use.</summary>
    public int Jobs { get; init => field = Check.InRange(value, 1, 1024); } = Environment.ProcessorCount;
}

/// <summary>What a check has found.</summary>
/// <param name="Clips">Every clip and bad line, in the order of the plan; fewer if it was stopped.</param>
/// <param name="Summary">The sum of them.</param>
/// <param name="IsStopped">Stopped before every clip was checked.</param>
internal sealed record CheckResult(IReadOnlyList<CheckedClip> Clips, CheckSummary Summary, bool IsStopped);

/// <summary>
/// Use case: reads a finished set of any origin as a trainer would, and says which clips it drops or alters and by
/// which rule. One object a run; not thread-safe.
/// </summary>
internal sealed class CheckSet
{
    private readonly CheckSetOptions _options;
    private readonly AudioDecoders _decoders;
    private IReadOnlyList<SetClip>? _plan;

    /// <summary>Prepares it; looks at no clip.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="decoders">The decoders to choose from; null = those that come with VoiceClean.</param>
    public CheckSet(CheckSetOptions options, AudioDecoders? decoders = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _decoders) = (options, decoders ?? AudioDecoders.CreateDefault());
    }

    /// <summary>The clips of the set and the bad lines of its lists, found once; opens lists, not clips.</summary>
    /// <exception cref="InputException">Missing, or there is nothing in it.</exception>
    public IReadOnlyList<SetClip> Plan() =>
        _plan ??= SetReader.List(_options.Folder, _options.Target, _decoders, _options.WavFolder);

    /// <summary>Decodes every clip and applies the rules.</summary>
    /// <param name="observer">Is told about each clip, in the order of the plan; null = nobody.</param>
    /// <param name="stop">Asks for an end.</param>
    /// <exception cref="InputException">As for <see cref="Plan"/>.</exception>
    public CheckResult Run(Action<CheckedClip>? observer = null, CancellationToken stop = default)
    {
        IReadOnlyList<SetClip> clips = Plan();
        var found = new List<CheckedClip>();
        Exception? bug = null;
        OrderedWorkers.Run(
            clips,
            _options.Jobs,
            new WorkPlan<SetClip, CheckedClip?>
            {
                Work = (clip, cancellation, _) =>
                    SetChecker.Check(_options.Folder, clip, _options.Target, _decoders, cancellation),
                Emit = (_, clip) =>
                {
                    if (clip is not null)
                    {
                        found.Add(clip);
                        observer?.Invoke(clip);
                    }
                },
                Dropped = _ => null,
                TimedOut = (_, clip) => clip,
                Failed = (clip, e) =>
                {
                    if (!stop.IsCancellationRequested)
                    {
                        bug ??= new InvalidOperationException($"{clip.File} cannot be checked.", e);
                    }

                    return null;
                },
            },
            stop);
        if (bug is not null)
        {
            throw bug;      // here, where it is seen; on a worker's thread it would end the process
        }

        return new CheckResult(found, SetChecker.Summarize(found, _options.Target), found.Count < clips.Count);
    }
}

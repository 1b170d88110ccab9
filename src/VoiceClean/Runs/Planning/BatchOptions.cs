using VoiceClean.Errors;

namespace VoiceClean.Runs.Planning;

/// <summary>What happens to results that exist already.</summary>
internal enum OverwriteMode
{
    /// <summary>
    /// Made again only if our own journal shows that we made them and their input or the settings have changed (the
    /// default).
    /// </summary>
    Stale,

    /// <summary>Nothing that exists is replaced.</summary>
    Never,

    /// <summary>Everything is made again and replaces whatever has its name.</summary>
    Always,
}

/// <summary>How a batch runs.</summary>
internal sealed record BatchOptions
{
    /// <summary>
    /// Number of clips at a time. The default is the number of processors this process may use: the runtime counts the
    /// affinity mask and the CPU quota of its control group (rounded up) itself.
    /// </summary>
    public int Jobs { get; init => field = Check.InRange(value, 1, 1024); } = Environment.ProcessorCount;

    /// <summary>What happens to results that exist already.</summary>
    public OverwriteMode Overwrite { get; init; }

    /// <summary>Whether inputs (and results) are compared by their content instead of by size and time.</summary>
    public bool Checksum { get; init; }

    /// <summary>
    /// Whether the name of a result may pass from one input of a run to another one: with numbers behind names, when an
    /// input is added before it.
    /// </summary>
    public bool NamesMayPass { get; init; }

    /// <summary>The run stops after so many failed inputs; null = never.</summary>
    public int? MaxFailures { get; init; }

    /// <summary>
    /// Longest time for one clip, default 2 hours: more than 4 hours of audio need on any machine, less than for ever.
    /// A decoder that hangs has a limit of its own.
    /// </summary>
    public TimeSpan ClipTimeout
    {
        get;
        init => field = Check.InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(7));
    } = TimeSpan.FromHours(2);
}

using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;

namespace VoiceClean.Datasets;

/// <summary>What <see cref="BuildSet"/> is to do.</summary>
internal sealed record BuildSetOptions
{
    /// <summary>The recordings.</summary>
    public required RunInputs Inputs { get; init; }

    /// <summary>The folder of the set; made if missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Where the run remembers what it has done; null = <c>.voiceclean</c> in the folder of the set.</summary>
    public string? StateFolder { get; init; }

    /// <summary>What the set is to be.</summary>
    public DatasetOptions Set { get; init; } = new();

    /// <summary>One speaker for all recordings; null = the first folder below the input.</summary>
    public string? Speaker { get; init; }

    /// <summary>
    /// Files, and folders of such files, that say what is said in the recordings or in the clips; empty = only the
    /// texts beside the recordings.
    /// </summary>
    public IReadOnlyList<string> Transcripts { get; init; } = [];

    /// <summary>
    /// A command that prints what is said in a clip, run for each clip without text; {in} is the clip. null = none.
    /// </summary>
    public string? Transcribe { get; init; }

    /// <summary>Longest time of that command for one clip, 1 s to 1 h, default 5 min.</summary>
    public TimeSpan TranscribeLimit
    {
        get;
        init => field = TranscribeLimitRange.Checked(value);
    } = DefaultTranscribeLimit;

    internal static TimeSpan DefaultTranscribeLimit => TimeSpan.FromMinutes(5);

    internal static ValueRange TranscribeLimitRange => new(1, 3600);

    /// <summary>Recordings at a time, overwriting, limits.</summary>
    public BatchOptions Batch { get; init; } = new();

    /// <summary>What messages advise.</summary>
    public RunAdvice Advice { get; init; } = new();
}

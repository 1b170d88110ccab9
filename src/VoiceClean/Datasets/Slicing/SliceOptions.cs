using System.Text.Json.Serialization;
using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Datasets.Slicing;

/// <summary>
/// How a long recording is cut into clips. The limits hold without exception; the target is what the cuts aim at.
/// </summary>
internal sealed record SliceOptions
{
    /// <summary>No clip is shorter than this, 0.1 s to 10 min, default 1.0 s.</summary>
    public TimeSpan MinLength { get; init => field = InRange(value, 0.1, 600); } = TimeSpan.FromSeconds(1);

    /// <summary>Clips aim at being at least this long, default 4 s.</summary>
    public TimeSpan TargetMin { get; init => field = InRange(value, 0.1, 600); } = TimeSpan.FromSeconds(4);

    /// <summary>Clips aim at being at most this long, default 10 s.</summary>
    public TimeSpan TargetMax { get; init => field = InRange(value, 0.1, 600); } = TimeSpan.FromSeconds(10);

    /// <summary>No clip is longer than this, 1 s to 10 min, default 19.5 s.</summary>
    public TimeSpan MaxLength { get; init => field = InRange(value, 1, 600); } = TimeSpan.FromSeconds(19.5);

    /// <summary>A pause within a clip that is longer than this is shortened, default 0.6 s.</summary>
    public TimeSpan MaxPause { get; init => field = InRange(value, 0.1, 600); } = TimeSpan.FromSeconds(0.6);

    /// <summary>What is left of such a pause, at most <see cref="MaxPause"/>, default 0.4 s.</summary>
    public TimeSpan ShortenedPause { get; init => field = InRange(value, 0.1, 600); } = TimeSpan.FromSeconds(0.4);

    /// <summary>What is kept before speech where there is as much pause, 0 to 1 s, default 100 ms.</summary>
    public TimeSpan PadBefore { get; init => field = InRange(value, 0, 1); } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// What is kept after speech where there is as much pause, 0 to 1 s, default 150 ms: words ring out longer than
    /// they start.
    /// </summary>
    public TimeSpan PadAfter { get; init => field = InRange(value, 0, 1); } = TimeSpan.FromMilliseconds(150);

    /// <summary>A clip that would be too short may keep so much on both sides, 0 to 1 s, default 200 ms.</summary>
    public TimeSpan MaxPad { get; init => field = InRange(value, 0, 1); } = TimeSpan.FromMilliseconds(200);

    /// <summary>Length of the fades at the ends, within the pads, 0 to 50 ms, default 5 ms.</summary>
    public TimeSpan Fade { get; init => field = InRange(value, 0, 0.05); } = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Whether a recording that makes one clip within the limits is left in one piece, whatever the target: its text
    /// belongs to all of it.
    /// </summary>
    public bool KeepWhole { get; init; }

    /// <summary>
    /// What is better not cut, because its text belongs together: stretches of samples, by their start; default none.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<SampleRange> Sentences { get; init; } = [];

    // JSON is made of a target's options, which have none.
    [JsonInclude]
    [JsonPropertyName("sentences")]
    internal IReadOnlyList<string> NoSentences { get; } = [];

    /// <summary>Checks that the lengths fit each other.</summary>
    /// <exception cref="VoiceCleanException">They do not (kind <see cref="ErrorKind.Usage"/>).</exception>
    public void Validate()
    {
        if (MinLength > TargetMin || TargetMin > TargetMax || TargetMax > MaxLength)
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The lengths of clips must rise: minimum {MinLength.TotalSeconds} s, target "
                        + $"{TargetMin.TotalSeconds} to {TargetMax.TotalSeconds} s, maximum "
                        + $"{MaxLength.TotalSeconds} s."));
        }

        // Any two neighbours that are too long together must each be long enough alone; otherwise limits could not
        // always be kept.
        if (MaxLength < 2 * (MinLength + (2 * MaxPad)))
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The maximum length of {MaxLength.TotalSeconds} s leaves no room: it must be at least twice the "
                        + $"minimum of {MinLength.TotalSeconds} s with its pads."));
        }

        if (ShortenedPause > MaxPause)
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                "A shortened pause cannot be longer than the longest pause that is left alone.");
        }
    }

    private static TimeSpan InRange(
        TimeSpan value,
        double minimum,
        double maximum,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) => Check.InRange(value, TimeSpan.FromSeconds(minimum), TimeSpan.FromSeconds(maximum), name);
}

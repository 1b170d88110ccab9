using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Formats;

namespace VoiceClean.Web.Serve;

/// <summary>What the query of a request says.</summary>
/// <param name="Cleaning">The options, laid over those of the server.</param>
/// <param name="Id">The name of the recording, which seeds its dither; null if it names none.</param>
/// <param name="IsMeasured">Whether the report says what the recording measures before and after.</param>
/// <param name="IsGate">Whether a hopeless recording is refused; of inspections.</param>
internal sealed record RequestQuery(CleaningOptions Cleaning, string? Id, bool IsMeasured, bool IsGate)
{
    /// <summary>The longest name.</summary>
    public const int LongestId = 1024;

    /// <summary>The words beside the options, and what they mean; by use case.</summary>
    public static IReadOnlyList<(string Name, OptionScope Scope, string Sentence)> Own { get; } =
    [
        ("id", OptionScope.Clean | OptionScope.Inspect,
            "Name of the recording: it stands in the report and seeds the dither, so that the bytes are those of the "
                + "command line for a file of that name."),
        ("measure", OptionScope.Clean, "0 leaves the measurements out of the report; the result is the same."),
        ("gate", OptionScope.Inspect, "1 answers 422 for a hopeless recording instead of 200."),
    ];

    /// <summary>Reads a query.</summary>
    /// <param name="query">As it stands in the address, with or without "?".</param>
    /// <param name="scope">The use case: <see cref="OptionScope.Clean"/> or <see cref="OptionScope.Inspect"/>.</param>
    /// <param name="defaults">What holds where nothing is said; its limits can only be lowered.</param>
    /// <exception cref="VoiceCleanException">A word is unknown, stands twice, names a file, raises a limit, or its
    /// value is none (kind Usage).</exception>
    public static RequestQuery Parse(string query, OptionScope scope, CleaningOptions defaults)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        var options = new List<KeyValuePair<string, string>>();
        foreach ((string name, string value) in OptionTable.PairsOf(query))
        {
            string word = name.Replace('_', '-');
            if (!Own.Any(o => o.Name == word && (o.Scope & scope) != OptionScope.None))
            {
                options.Add(new(name, value));
            }
            else if (!own.TryAdd(word, value))
            {
                throw Bad($"{name} is given twice.");
            }
        }

        CleaningOptions cleaning = OptionTable.Cleaning.ApplyForeign(defaults, options, scope);
        CheckLimits(cleaning.Limits, defaults.Limits);
        return StandardChain.FindGap(cleaning.Stages, cleaning) is { } gap
            ? throw Bad($"stages={string.Join(',', cleaning.Stages)}: {gap}.")
            : new RequestQuery(
                cleaning,
                own.TryGetValue("id", out string? id) ? CheckedId(id) : null,
                Switch(own, "measure", true),
                Switch(own, "gate", false));
    }

    /// <summary>A name as a report may carry it.</summary>
    /// <exception cref="VoiceCleanException">It is empty, too long, or has control characters.</exception>
    public static string CheckedId(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.Length is > 0 and <= LongestId && !id.Any(char.IsControl)
            ? id
            : throw Bad($"id: must have 1 to {LongestId} characters, no control characters.");
    }

    private static bool Switch(Dictionary<string, string> own, string name, bool otherwise)
    {
        var syntax = new SwitchSyntax();
        return !own.TryGetValue(name, out string? text) ? otherwise
            : syntax.TryParse(text, out bool value) ? value
            : throw Bad($"{name}={text}: must be {syntax.Expectation}.");
    }

    private static void CheckLimits(DecodeLimits wanted, DecodeLimits most)
    {
        Check("max-duration", wanted.MaxDuration, most.MaxDuration, DurationSyntax.Show(most.MaxDuration));
        Check("limits-decoder-timeout", wanted.DecoderTimeout, most.DecoderTimeout,
            DurationSyntax.Show(most.DecoderTimeout));
        Check("limits-max-channels", wanted.MaxChannels, most.MaxChannels, $"{most.MaxChannels}");
        Check("limits-max-sample-rate", wanted.MaxSampleRate, most.MaxSampleRate, $"{most.MaxSampleRate}Hz");

        static void Check<T>(string name, T wanted, T most, string shown)
            where T : IComparable<T>
        {
            if (wanted.CompareTo(most) > 0)
            {
                throw Bad($"{name}: can only be lowered here; this server takes at most {shown}.");
            }
        }
    }

    private static VoiceCleanException Bad(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

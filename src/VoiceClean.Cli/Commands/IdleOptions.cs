using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// Options that were given and do nothing, because the stage that they are for is left out by others: a ceiling of the
/// peak without a loudness, a strength without a denoiser.
/// </summary>
internal static class IdleOptions
{
    // How the names of options begin, the first that fits, and their stages, of which one is enough.
    private static readonly string[] Owners =
    [
        "silence", "strip-silence",
        "min-segment", "strip-silence",
        "loudness", "normalize-loudness",
        "true-peak", "normalize-loudness",
        "dual-mono", "normalize-loudness",
        "compress", "compress",
        "noisereduce-", "noisereduce",
        "noise", "estimate-noise",
        "spectral-gate-", "spectral-gate",
        "clicks-", "suppress-clicks",
        "strength", "spectral-gate|noisereduce|suppress-clicks",
        "high-pass-", "high-pass",
        "hum-", "remove-hum",
        "min-snr", "quality-gate",
        "min-speech", "quality-gate",
        "max-clipped", "quality-gate",
    ];

    /// <summary>A sentence for each.</summary>
    /// <param name="named">Every option that was given, with its value.</param>
    /// <param name="options">What they say together.</param>
    public static List<string> Sentences(
        IEnumerable<(OptionRow Row, string Value)> named,
        CleaningOptions options)
    {
        IReadOnlyList<string> chain = options.Stages.Count > 0 ? options.Stages : StandardChain.For(options);
        var sentences = new List<string>();
        foreach ((OptionRow row, string value) in named)
        {
            // What says "off" itself is done.
            bool isOff = value is "off" or "false" || value.Trim('0', '.', '%').Length == 0;
            bool isOfSound = row is OptionRow<CleaningOptions> || value == "folder";     // --loudness-per
            if (isOfSound && !isOff && StagesOf(row.Name) is { } stages
                && !stages.Split('|').Any(chain.Contains))
            {
                string stage = stages.Split('|')[0];
                sentences.Add($"warning: {row.Flag} does nothing here, because the stage {stage} is left out");
            }
        }

        return sentences;
    }

    private static string? StagesOf(string name)
    {
        for (int i = 0; i < Owners.Length; i += 2)
        {
            if (name.StartsWith(Owners[i], StringComparison.Ordinal))
            {
                return Owners[i + 1];
            }
        }

        return null;
    }
}

using VoiceClean.Cleaning.Options;
using VoiceClean.Formats.Ffmpeg;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// VOICECLEAN_STRENGTH=0.4 is the same as "--strength 0.4", unless the option is given; see <see
/// cref="CommandOptions"/>. A variable that is none of ours is named, because otherwise nothing tells that it has no
/// effect.
/// </summary>
internal static class EnvironmentVariables
{
    private const string Prefix = "VOICECLEAN_";

    // Those that stand for no option; the last ones are read by the tests only.
    private static readonly string[] Others =
    [
        FfmpegProgram.Variable,
        FfmpegGroup.Variable,
        "VOICECLEAN_SLOW_TESTS",
        "VOICECLEAN_FUZZ_SECONDS",
        "VOICECLEAN_FIGURES",
        "VOICECLEAN_BROWSER",
        "VOICECLEAN_SCREENSHOTS",
    ];

    /// <summary>A sentence for each variable that begins like ours and is none.</summary>
    public static IEnumerable<string> Misspelt(IEnumerable<string> names)
    {
        string[] known =
        [
            .. RunRows.All.Concat<OptionRow>(OptionTable.Cleaning.Rows).Select(r => r.Variable).Distinct(),
            .. Others,
        ];
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            if (
                name.StartsWith(Prefix, StringComparison.Ordinal)
                && !name.StartsWith(Prefix + "TESTS_", StringComparison.Ordinal)
                && !known.Contains(name))
            {
                string hint = Suggestion.For(name, known) is { } near ? $"; did you mean {near}?" : "";
                yield return $"warning: the variable {name} means nothing{hint}";
            }
        }
    }
}

using System.CommandLine;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// VOICECLEAN_STRENGTH=0.4 is the same as "--strength 0.4", unless the option is given: variables become options before
/// parsing.
/// </summary>
internal static class EnvironmentVariables
{
    /// <summary>Appends to <paramref name="args"/> the options that only the environment names.</summary>
    public static string[] Merge(string[] args, IEnumerable<Option> options, Func<string, string?> read)
    {
        var merged = new List<string>(args);
        int end = merged.IndexOf("--");
        var added = new List<string>();
        foreach (Option option in options)
        {
            string variable = "VOICECLEAN_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
            bool given = args.Any(a =>
                a == option.Name
                || a.StartsWith(option.Name + "=", StringComparison.Ordinal)
                || option.Aliases.Contains(a));
            if (!given && read(variable) is { Length: > 0 } value)
            {
                added.Add($"{option.Name}={value}");
            }
        }

        merged.InsertRange(end < 0 ? merged.Count : end, added);
        return [.. merged];
    }
}

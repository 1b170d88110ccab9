using VoiceClean.Cleaning.Options;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// The words that do a run again, wherever its settings came from: variables and configuration files are spelt out.
/// The output folder and the share are left to whoever shows the command.
/// </summary>
internal static class RepeatWords
{
    // What says how a run is done or told, but not what comes of it; and what is spelt out here.
    private static readonly string[] LeftOut =
    [
        "output", "shard", "jobs", "force", "overwrite", "dry-run", "config", "from-file", "null", "include", "exclude",
        "json", "report", "progress", "quiet", "verbose", "very-verbose", "log-file", "color", "lang",
        "max-failures",
    ];

    /// <summary>The words, the command's name first.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="inputs">The inputs named on the line.</param>
    /// <param name="run">What was chosen about the run.</param>
    /// <param name="cleaning">What was chosen about the sound.</param>
    /// <param name="scope">The options of the command.</param>
    public static IReadOnlyList<string> Of(
        string name,
        IEnumerable<string>? inputs,
        RunSettings run,
        CleaningOptions cleaning,
        OptionScope scope)
    {
        string[] paths = [.. inputs ?? []];
        return
        [
            "voiceclean",
            name,
            .. paths.Any(p => p.StartsWith('-')) ? [] : paths,
            .. Several("--from-file", run.FromFile),
            .. run.Null ? ["--null"] : Array.Empty<string>(),
            .. Several("--include", run.Include),
            .. Several("--exclude", run.Exclude),
            .. Words(RunRows.For(scope), run, r => !LeftOut.Contains(r.Name)),
            .. Words(OptionTable.Cleaning, cleaning, r => (r.Scope & scope) != OptionScope.None),
            .. paths.Any(p => p.StartsWith('-')) ? paths.Prepend("--") : [],
        ];
    }

    private static IEnumerable<string> Words<TOptions>(
        OptionTable<TOptions> table,
        TOptions options,
        Predicate<OptionRow> belongs) =>
        table
            .Differences(options)
            .Where(d => belongs(d.Row))
            .SelectMany<(OptionRow<TOptions> Row, string Text), string>(d =>
                d.Row.Kind != OptionKind.Switch ? [d.Row.Flag, d.Text]
                : d.Text == "true" ? [d.Row.Flag]
                : [$"{d.Row.Flag}=false"]);

    private static IEnumerable<string> Several(string flag, IEnumerable<string> values) =>
        values.SelectMany(v => new[] { flag, v });
}

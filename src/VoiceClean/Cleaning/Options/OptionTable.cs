using VoiceClean.Errors;

namespace VoiceClean.Cleaning.Options;

/// <summary>The options of cleaning, one row each.</summary>
internal static class OptionTable
{
    /// <summary>
    /// Every option of <see cref="CleaningOptions"/>. Those that set several things at once come first, so that what
    /// names one thing is laid over them.
    /// </summary>
    public static OptionTable<CleaningOptions> Cleaning { get; } =
        CleaningOver(new CleaningOptions());

    /// <summary>The same options where something else holds if nothing is said.</summary>
    public static OptionTable<CleaningOptions> CleaningOver(CleaningOptions defaults) =>
        new([.. CleaningRows.Usual, .. CleaningRows.Advanced], defaults);

    /// <summary>
    /// The pairs of a query string ("strength=0.4&amp;rate=48k", percent-encoded), in their order; a name alone is
    /// "true".
    /// </summary>
    public static IEnumerable<(string Name, string Value)> PairsOf(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] halves = pair.Replace('+', ' ').Split('=', 2);
            yield return (
                Uri.UnescapeDataString(halves[0]),
                halves.Length == 2 ? Uri.UnescapeDataString(halves[1]) : "true");
        }
    }
}

/// <summary>
/// A table of options: from it come the command line and its help, the README's table, environment variables,
/// configuration files, query strings, forms, and the command that does what a set of options says.
/// </summary>
/// <typeparam name="TOptions">The immutable record that the options set.</typeparam>
internal sealed class OptionTable<TOptions>
{
    private readonly Dictionary<string, OptionRow<TOptions>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="rows">The rows, in the order in which they are shown and applied. A row without a default of its
    /// own shows what it reads from <paramref name="defaults"/>.</param>
    /// <param name="defaults">What holds where nothing is set.</param>
    internal OptionTable(IReadOnlyList<OptionRow<TOptions>> rows, TOptions defaults)
    {
        Defaults = defaults;
        Rows = [.. rows.Select(r => WithDefault(r, defaults))];
        for (int i = 0; i < Rows.Count; i++)
        {
            _byName.Add(Rows[i].Name, Rows[i]);
            _places.Add(Rows[i].Name, i);
        }
    }

    /// <summary>The rows, in the order in which they are shown and applied.</summary>
    public IReadOnlyList<OptionRow<TOptions>> Rows { get; }

    /// <summary>What holds where nothing is set.</summary>
    public TOptions Defaults { get; }

    /// <summary>
    /// The row of a name ("min-snr", "min_snr" or "--min-snr") or of a configuration key ("gate.min_snr_db"); null if
    /// there is none.
    /// </summary>
    public OptionRow<TOptions>? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string kebab = (name.StartsWith("--", StringComparison.Ordinal) ? name[2..] : name).Replace('_', '-');
        return _byName.GetValueOrDefault(kebab) ?? Rows.FirstOrDefault(r => r.Key == name);
    }

    /// <summary>Lays settings over <paramref name="options"/>, in the order of the table.</summary>
    /// <param name="options">What holds so far.</param>
    /// <param name="settings">Rows with their values, and where each comes from (for messages).</param>
    /// <exception cref="VoiceCleanException">A value is none of its option (kind <see
    /// cref="ErrorKind.Usage"/>).</exception>
    public TOptions Apply(
        TOptions options,
        IEnumerable<(OptionRow<TOptions> Row, string Text, string Label)> settings)
        => settings
            .OrderBy(s => _places[s.Row.Name])
            .Aggregate(options, (o, s) => s.Row.Set(o, s.Text, s.Label));

    /// <summary>
    /// Lays pairs of names and values over <paramref name="options"/>: the fields of a form or a query.
    /// </summary>
    /// <exception cref="VoiceCleanException">A name is unknown or a value is none of its option (kind <see
    /// cref="ErrorKind.Usage"/>).</exception>
    public TOptions Apply(TOptions options, IEnumerable<KeyValuePair<string, string>> pairs)
        => Apply(
            options,
            [
                .. pairs.Select(p =>
                    (Find(p.Key) ?? throw Unknown(p.Key, Rows.Select(r => r.Name)), p.Value, $"{p.Key}={p.Value}")),
            ]);

    /// <summary>
    /// Reads a query string ("strength=0.4&amp;rate=48k", percent-encoded) over the defaults; see <see
    /// cref="ApplyForeign"/>.
    /// </summary>
    /// <exception cref="VoiceCleanException">As there.</exception>
    public TOptions ParseQuery(string query) =>
        ApplyForeign(Defaults, OptionTable.PairsOf(query).Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <summary>
    /// Lays what a stranger says over <paramref name="options"/>: values that name files are refused.
    /// </summary>
    /// <param name="options">What holds so far.</param>
    /// <param name="pairs">Names and values.</param>
    /// <param name="scope">The use cases whose options are known.</param>
    /// <exception cref="VoiceCleanException">A name is unknown, an option is named twice, or a value names a file or is
    /// none of its option (kind <see cref="ErrorKind.Usage"/>).</exception>
    public TOptions ApplyForeign(
        TOptions options,
        IEnumerable<KeyValuePair<string, string>> pairs,
        OptionScope scope = OptionScope.All)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var settings = new List<(OptionRow<TOptions> Row, string Text, string Label)>();
        foreach ((string name, string value) in pairs)
        {
            OptionRow<TOptions> row = Find(name) is { } known && (known.Scope & scope) != OptionScope.None
                ? known
                : throw Unknown(name, Rows.Where(r => (r.Scope & scope) != OptionScope.None).Select(r => r.Name));
            string? wrong = settings.Any(s => s.Row == row) ? $"{name} is given twice."
                : row.NamesFile(value) ? $"{name}={value}: no file can be named here."
                : null;
            if (wrong is not null)
            {
                throw new VoiceCleanException(ErrorKind.Usage, ReasonCodes.BadOptions, wrong);
            }

            settings.Add((row, value, $"{name}={value}"));
        }

        return Apply(options, settings);
    }

    /// <summary>What has to be set for <paramref name="options"/>, as few settings as there can be.</summary>
    public IReadOnlyList<(OptionRow<TOptions> Row, string Text)> Differences(TOptions options)
    {
        var settings = new List<(OptionRow<TOptions>, string)>();
        TOptions reached = Defaults;
        foreach (OptionRow<TOptions> row in Rows)
        {
            if (row.Read(options) is { } text && text != row.Read(reached))
            {
                settings.Add((row, text));
                reached = row.Set(reached, text);
            }
        }

        return settings;
    }

    /// <summary>The words of a command line that set <paramref name="options"/>: "--strength", "0.4".</summary>
    public IReadOnlyList<string> ToArguments(TOptions options)
    {
        return [.. Differences(options).SelectMany(Words)];

        static string[] Words((OptionRow<TOptions> Row, string Text) setting) =>
            setting.Row.Kind != OptionKind.Switch ? [setting.Row.Flag, setting.Text]
            : setting.Text == "true" ? [setting.Row.Flag]
            : [$"{setting.Row.Flag}={setting.Text}"];
    }

    /// <summary>The query string that sets <paramref name="options"/>: "strength=0.4&amp;rate=48000Hz".</summary>
    public string ToQuery(TOptions options)
        => string.Join('&', Differences(options).Select(s => $"{s.Row.Name}={Uri.EscapeDataString(s.Text)}"));

    /// <summary>The failure for a name that no row has, with the nearest one that there is.</summary>
    internal static VoiceCleanException Unknown(string name, IEnumerable<string> known)
        => new(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            $"there is no option '{name}'"
                + (Suggestion.For(name, known) is { } near ? $"; did you mean {near}?" : "."));

    /// <summary>The row with the default to show, unless it names one itself.</summary>
    internal static OptionRow<TOptions> WithDefault(OptionRow<TOptions> row, TOptions defaults) =>
        row.Default.Length > 0
            ? row
            : row with
            {
                Default = row.Read(defaults) switch
                {
                    null => "",
                    "true" when row.Kind == OptionKind.Switch => "on",
                    "false" when row.Kind == OptionKind.Switch => "off",
                    var text => text,
                },
            };
}

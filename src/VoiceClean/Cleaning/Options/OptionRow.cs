using VoiceClean.Errors;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// One option, as everybody sees it: the command line and its help, the README, environment variables, configuration
/// files, query strings and forms.
/// </summary>
internal abstract record OptionRow
{
    private protected OptionRow()
    {
    }

    /// <summary>The name in kebab-case: "min-snr".</summary>
    public required string Name { get; init; }

    /// <summary>The key in configuration files, a path of snake_case names: "gate.min_snr_db".</summary>
    public required string Key { get; init; }

    /// <summary>One sentence or two: what it does.</summary>
    public required string Sentence { get; init; }

    /// <summary>What the value is called in help texts: "DB"; empty for switches.</summary>
    public string ValueName { get; init; } = "";

    /// <summary>Short spellings on the command line: "-j".</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The heading it stands under.</summary>
    public string Group { get; init; } = "";

    /// <summary>The use cases in which it means something.</summary>
    public OptionScope Scope { get; init; }

    /// <summary>What is shown as its default; empty if none is worth showing.</summary>
    public string Default { get; init; } = "";

    /// <summary>Whether it is for fine tuning, and listed apart.</summary>
    public bool IsAdvanced { get; init; }

    /// <summary>Whether it may be given several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Whether it may have no value at all, which configuration files write as null.</summary>
    public bool CanBeUnset { get; init; }

    /// <summary>What is written to the file or folder that its value names.</summary>
    public OptionWrites Writes { get; init; }

    /// <summary>Whether a value names a file to be read, which a stranger's query must not.</summary>
    public Predicate<string> NamesFile { get; init; } = _ => false;

    /// <summary>The file that a value names to be read; null if it names none.</summary>
    public string? FileIn(string value) =>
        Writes != OptionWrites.Nothing || !(Kind == OptionKind.Path || NamesFile(value)) ? null
        : value.StartsWith("file:", StringComparison.Ordinal) ? value["file:".Length..]
        : value;

    /// <summary>Whether an environment variable stands for it.</summary>
    public bool HasVariable { get; init; } = true;

    /// <summary>The kind of its value.</summary>
    public required OptionKind Kind { get; init; }

    /// <summary>The unit of a bare number; empty if it has none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The least value in <see cref="Unit"/>; null where there is none.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest value in <see cref="Unit"/>; null where there is none.</summary>
    public double? Maximum { get; init; }

    /// <summary>The words it understands beside, or instead of, numbers.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What a value must be, to stand behind "must be": "a number of dB between -20 and 60".</summary>
    public abstract string Expectation { get; }

    /// <summary>The name on the command line: "--min-snr".</summary>
    public string Flag => "--" + Name;

    /// <summary>The environment variable that stands for it: "VOICECLEAN_MIN_SNR".</summary>
    public string Variable => "VOICECLEAN_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>The range with its unit: "0 to 1", "-20 to 60 dB", "0.05s to 1min"; empty if there is none.</summary>
    public string Range =>
        (Minimum, Maximum) is not ({ } minimum, { } maximum) || maximum >= int.MaxValue ? ""
        : Kind == OptionKind.Duration
            ? $"{DurationSyntax.Show(TimeSpan.FromSeconds(minimum))} to "
                + DurationSyntax.Show(TimeSpan.FromSeconds(maximum))
        : Kind == OptionKind.Share
            ? FormattableString.Invariant($"{100 * minimum} to {100 * maximum}%")
        : FormattableString.Invariant($"{minimum} to {maximum} {Unit}").TrimEnd();

    /// <summary>Whether a text is a value of this option.</summary>
    public abstract bool IsGood(string text);
}

/// <summary>What is written to the place that an option names.</summary>
internal enum OptionWrites
{
    /// <summary>Nothing; it may be read.</summary>
    Nothing,

    /// <summary>A file, which appears complete.</summary>
    File,

    /// <summary>A log, which is added to.</summary>
    Log,

    /// <summary>A folder of results.</summary>
    Folder,
}

/// <summary>One option that sets something of a <typeparamref name="TOptions"/>.</summary>
/// <typeparam name="TOptions">An immutable record of settings.</typeparam>
internal sealed record OptionRow<TOptions> : OptionRow
{
    private readonly Predicate<string> _isGood;
    private readonly Func<TOptions, string, TOptions> _set;
    private readonly Func<TOptions, string?> _read;
    private readonly Func<string> _expectation;         // hardly ever asked for: every start makes all rows

    private OptionRow(
        Predicate<string> isGood,
        Func<TOptions, string, TOptions> set,
        Func<TOptions, string?> read,
        Func<string> expectation) => (_isGood, _set, _read, _expectation) = (isGood, set, read, expectation);

    /// <inheritdoc/>
    public override string Expectation => _expectation();

    /// <inheritdoc/>
    public override bool IsGood(string text) => _isGood(text);

    /// <summary>Lays the option over <paramref name="options"/>.</summary>
    /// <param name="options">What holds so far.</param>
    /// <param name="text">The value, for instance "-16LUFS".</param>
    /// <param name="label">Where the value comes from, for messages: "--loudness -16LUFS"; null = name and
    /// value.</param>
    /// <exception cref="VoiceCleanException">The text is no value of this option; the message names it, its unit and
    /// its range (kind <see cref="ErrorKind.Usage"/>).</exception>
    public TOptions Set(TOptions options, string text, string? label = null)
        => _isGood(text)
            ? _set(options, text)
            : throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"{label ?? $"{Name}={text}"}: must be {Expectation}.");

    /// <summary>
    /// The option's value in <paramref name="options"/> as text; null if no text stands for it: an option that sets
    /// several things at once which differ, or a value that is unset.
    /// </summary>
    public string? Read(TOptions options) => _read(options);

    /// <summary>Makes a row.</summary>
    internal static OptionRow<TOptions> Of<TValue>(
        string name,
        string key,
        ValueSyntax<TValue> syntax,
        string sentence,
        Func<TOptions, (bool Has, TValue Value)> read,
        Func<TOptions, TValue, TOptions> set) =>
        new(
            text => syntax.TryParse(text, out _),
            (options, text) => syntax.TryParse(text, out TValue value) ? set(options, value) : options,
            options => read(options) is (true, var value) ? syntax.Format(value) : null,
            () => syntax.Expectation)
        {
            Name = name,
            Key = key,
            Sentence = sentence,
            Kind = syntax.Kind,
            Unit = syntax.Unit,
            Minimum = syntax.Minimum,
            Maximum = syntax.Maximum,
            Words = syntax.Words,
        };
}

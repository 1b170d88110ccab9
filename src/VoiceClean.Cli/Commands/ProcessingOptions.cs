using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// The processing options of a command: the rows of <see cref="OptionTable.Cleaning"/> that mean something there. An
/// option that was not given leaves what the configuration file or the built-in default says.
/// </summary>
internal sealed class ProcessingOptions
{
    private readonly List<(OptionRow<CleaningOptions> Row, Option Option)> _options;
    private readonly Option<string> _config = new("--config")
    {
        HelpName = "FILE",
        Description = "JSON with the keys that reports echo under \"options\".",
    };

    public ProcessingOptions(OptionScope scope) =>
        _options =
        [
            .. OptionTable
                .Cleaning.Rows.Where(r => (r.Scope & scope) != OptionScope.None)
                .Select(r => (r, OptionOf(r))),
        ];

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All => [.. _options.Select(o => o.Option), _config];

    /// <summary>
    /// The effective options: option > configuration file > built-in (environment variables have become options before
    /// parsing).
    /// </summary>
    /// <exception cref="VoiceCleanException">The configuration file is missing or wrong (kind <see
    /// cref="ErrorKind.Usage"/>).</exception>
    public CleaningOptions Build(ParseResult parsed)
    {
        CleaningOptions options = parsed.GetValue(_config) is { } path
            ? OptionFile.Load(path)
            : OptionTable.Cleaning.Defaults;
        return OptionTable.Cleaning.Apply(
            options,
            [
                .. from o in _options
                let text = TextOf(parsed, o.Option)
                where text is not null
                select (o.Row, text, $"{o.Row.Flag} {text}"),
            ]);
    }

    private static string? TextOf(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is not { Implicit: false } result ? null
        : result.Tokens.Count > 0 ? result.Tokens[0].Value
        : "true";

    private static Option OptionOf(OptionRow row)
    {
        string description = row.Default.Length > 0 ? $"{row.Sentence} Default {row.Default}." : row.Sentence;
        Option option =
            row.Kind == OptionKind.Switch
                ? new Option<bool>(row.Flag) { Description = description }
                : new Option<string>(row.Flag) { Description = description, HelpName = row.ValueName };
        option.Hidden = row.IsAdvanced;
        option.Validators.Add(r =>
        {
            if (r.Tokens.FirstOrDefault(t => !row.IsGood(t.Value)) is { } bad)
            {
                r.AddError($"{row.Flag} {bad.Value}: must be {row.Expectation}.");
            }
        });
        return option;
    }
}

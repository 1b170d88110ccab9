using System.CommandLine;
using System.CommandLine.Parsing;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Runs.Planning;
using VoiceClean.Web.Serve;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// The options of one command: the rows of both tables that mean something there, as options of the parser, and what
/// they say in the end. An option beats a variable, which beats the configuration file, which beats the default.
/// </summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, Option> _options = new(StringComparer.Ordinal);

    public CommandOptions(OptionScope scope) => Scope = scope;

    /// <summary>Of which command.</summary>
    public OptionScope Scope { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<OptionRow> Rows => field ??= [.. Run.Rows, .. Cleaning];

    // Made when they are first asked for: every start makes every command, and uses one.
    private OptionTable<RunSettings> Run => field ??= RunRows.For(Scope);

    // What a server or the studio is told about the sound holds at first for every recording that is cleaned there.
    private OptionTable<CleaningOptions> Table => field ??= Scope == OptionScope.Serve
        ? OptionTable.CleaningOver(ServeOptions.DefaultCleaning)
        : OptionTable.Cleaning;

    private OptionRow<CleaningOptions>[] Cleaning
    {
        get
        {
            OptionScope sound = Scope is OptionScope.Serve or OptionScope.Studio ? OptionScope.Clean : Scope;
            return field ??= [.. Table.Rows.Where(r => (r.Scope & sound) != OptionScope.None)];
        }
    }

    /// <summary>The row with this name or short name ("--jobs", "-j"); null if there is none.</summary>
    public OptionRow? Find(string name) => Rows.FirstOrDefault(r => r.Flag == name || r.Aliases.Contains(name));

    /// <summary>Makes the parser's options and gives them to <paramref name="command"/>.</summary>
    /// <param name="command">Gets them once.</param>
    /// <param name="words">What will be parsed, in the form of <see cref="CommandWords"/>: options that are not named
    /// there are left out, which is most of the work. null = all.</param>
    public void AddTo(Command command, IReadOnlyList<string>? words = null)
    {
        HashSet<string>? named = words is null ? null : [.. words.Select(w => w.Split('=', 2)[0])];
        foreach (OptionRow row in Rows.Where(r => named?.Contains(r.Flag) != false))
        {
            Option option = OptionOf(row);
            _options.Add(row.Name, option);
            command.Options.Add(option);
        }
    }

    /// <summary>What was chosen about the run.</summary>
    /// <exception cref="VoiceCleanException">A variable holds no value of its option.</exception>
    public RunSettings ReadRun(ParseResult parsed, Func<string, string?> variables)
    {
        RunSettings run = Lay(Run, Run.Rows, Run.Defaults, parsed, variables);
        if (!run.Force
            || run.Overwrite == OverwriteMode.Always
            || Origin("overwrite", parsed, variables) is not { } mode)
        {
            return run;
        }

        // --force is --overwrite always: what is named nearer holds, and of two that are equally near neither.
        bool isModeWord = Find("overwrite", parsed) is { Implicit: false },
            isForceWord = Find("force", parsed) is { Implicit: false };
        return isForceWord && !isModeWord ? run
            : isModeWord && !isForceWord ? run with { Force = false }
            : throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"{mode} contradicts {(isForceWord ? "--force" : "VOICECLEAN_FORCE")}, which is --overwrite always; "
                    + "name one of them.");
    }

    /// <summary>What was chosen about the sound.</summary>
    /// <exception cref="VoiceCleanException">A variable or the configuration file is wrong.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting for a configuration that is a
    /// pipe.</exception>
    public CleaningOptions ReadCleaning(
        ParseResult parsed,
        RunSettings run,
        Func<string, string?> variables,
        CancellationToken stop = default) =>
        Lay(
            Table,
            Cleaning,
            run.Config is { } path ? OptionFile.Load(path, Table.Defaults, stop) : Table.Defaults,
            parsed,
            variables);

    /// <summary>Where the value of an option comes from, for messages: "--stages x" or "VOICECLEAN_STAGES=x"; null if
    /// neither a word nor a variable gives it.</summary>
    public string? Origin(string name, ParseResult parsed, Func<string, string?> variables) =>
        Named(parsed, variables).FirstOrDefault(n => n.Row.Name == name).Row is not { } row ? null
        : Find(name, parsed) is { Implicit: false } result ? $"{row.Flag} {result.Tokens[0].Value}"
        : $"{row.Variable}={variables(row.Variable)}";

    /// <summary>A message in which a value that a variable gives is told with the variable, which is what must be
    /// changed: who finds it wrong knows only the option.</summary>
    public string NameOrigins(string message, ParseResult parsed, Func<string, string?> variables)
    {
        foreach (OptionRow row in Rows)
        {
            bool isWord = Find(row.Name, parsed) is { Implicit: false };
            if (!isWord
                && row.HasVariable
                && variables(row.Variable) is { Length: > 0 } value
                && message.StartsWith($"{row.Flag} {value}", StringComparison.Ordinal))
            {
                return $"{row.Variable}={value}{message[(row.Flag.Length + 1 + value.Length)..]}";
            }
        }

        return message;
    }

    /// <summary>Every option that was given, by a word or a variable, with its value.</summary>
    public IEnumerable<(OptionRow Row, string Value)> Named(ParseResult parsed, Func<string, string?> variables)
    {
        foreach (OptionRow row in Rows)
        {
            if (Find(row.Name, parsed) is { Implicit: false } result)
            {
                foreach (Token token in result.Tokens)
                {
                    yield return (row, token.Value);
                }
            }
            else if (row.HasVariable && variables(row.Variable) is { Length: > 0 } value)
            {
                yield return (row, value);
            }
        }
    }

    private OptionResult? Find(string name, ParseResult parsed) =>
        _options.TryGetValue(name, out Option? option) ? parsed.GetResult(option) : null;

    private TOptions Lay<TOptions>(
        OptionTable<TOptions> table,
        IEnumerable<OptionRow<TOptions>> rows,
        TOptions options,
        ParseResult parsed,
        Func<string, string?> variables)
    {
        var named = new List<(OptionRow<TOptions>, string, string)>();
        var given = new List<(OptionRow<TOptions>, string, string)>();
        foreach (OptionRow<TOptions> row in rows)
        {
            if (Find(row.Name, parsed) is { Implicit: false } result)
            {
                given.AddRange(result.Tokens.Select(t => (row, t.Value, $"{row.Flag} {t.Value}")));
            }
            else if (row.HasVariable && variables(row.Variable) is { Length: > 0 } value)
            {
                named.Add((row, value, $"{row.Variable}={value}"));
            }
        }

        return table.Apply(table.Apply(options, named), given);
    }

    private static Option OptionOf(OptionRow row)
    {
        Option option = row.IsRepeatable ? new Option<string[]>(row.Flag) : new Option<string>(row.Flag);
        foreach (string alias in row.Aliases)
        {
            option.Aliases.Add(alias);
        }

        option.Hidden = row.IsAdvanced;
        if (row.Words.Count > 0)
        {
            option.CompletionSources.Add([.. row.Words]);
        }

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

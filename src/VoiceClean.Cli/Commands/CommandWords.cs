using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// Brings the words of a command into one form before they are parsed: "-fq" becomes two switches, "-j8" and "-j 8" and
/// "--jobs 8" become "--jobs=8". What the parser would misunderstand (it takes an unknown option for a file name) is a
/// sentence here.
/// </summary>
internal sealed class CommandWords
{
    private static readonly string[] Help = ["--help", "-h", "-?"];

    private readonly string _command;
    private readonly CommandOptions _options;
    private readonly Func<string, IReadOnlyList<string>> _elsewhere;
    private readonly List<string> _words = [];
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>Begins with the words of one command.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="options">Its options.</param>
    /// <param name="elsewhere">Which other commands have an option of this name.</param>
    public CommandWords(string command, CommandOptions options, Func<string, IReadOnlyList<string>> elsewhere) =>
        (_command, _options, _elsewhere) = (command, options, elsewhere);

    /// <summary>The words in their one form, without the command's name.</summary>
    /// <exception cref="VoiceCleanException">A word is empty or no option, or a value is missing or given
    /// twice.</exception>
    public IReadOnlyList<string> Read(IEnumerable<string> words)
    {
        var rest = new Queue<string>(words);
        while (rest.TryDequeue(out string? word))
        {
            if (word == "--")
            {
                _words.AddRange(rest.Prepend(word).Select(NotEmpty));
                break;
            }

            if (NotEmpty(word).Length == 1 || word[0] != '-' || Help.Contains(word))
            {
                _words.Add(word);
                continue;
            }

            (string name, string? value) = word.IndexOfAny(['=', ':']) is var end and > 0
                ? (word[..end], word[(end + 1)..])
                : (word, null);
            if (_options.Find(name) is { } row)
            {
                Take(row, name, value, rest);
            }
            else
            {
                TakeBundle(word, rest);
            }
        }

        return _words;
    }

    // "-fq", "-j8", "-qj8", "-qj 8", "-qj=8"
    private void TakeBundle(string word, Queue<string> rest)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            throw Unknown(word);
        }

        for (int i = 1; i < word.Length; i++)
        {
            string name = $"-{word[i]}";
            OptionRow row = _options.Find(name) ?? throw Unknown(word);
            string behind = word[(i + 1)..];
            if (row.Kind != OptionKind.Switch)
            {
                Take(row, name, behind.Length == 0 ? null : behind.TrimStart('='), rest);
                return;
            }

            Take(row, name, null, rest);
        }
    }

    private void Take(OptionRow row, string name, string? value, Queue<string> rest)
    {
        if (row.Kind == OptionKind.Switch)
        {
            RefuseEmpty(name, value ?? "true", row);
            _words.RemoveAll(w => w.StartsWith(row.Flag + "=", StringComparison.Ordinal));
            _words.Add($"{row.Flag}={value ?? "true"}");
            return;
        }

        if (value is null && (!rest.TryDequeue(out value) || _options.Find(value) is not null))
        {
            throw Usage($"{name} needs a value: {row.ValueName}, which is {row.Expectation}.");
        }

        RefuseEmpty(name, value, row);
        if (!_given.Add(row.Name) && !row.IsRepeatable)
        {
            throw Usage($"{row.Flag} is given twice; once is enough.");
        }

        _words.Add($"{row.Flag}={value}");
    }

    private static void RefuseEmpty(string name, string value, OptionRow row)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw Usage($"The value of {name} is empty; is a shell variable unset? It must be {row.Expectation}.");
        }
    }

    private static string NotEmpty(string word) =>
        word.Length > 0
            ? word
            : throw Usage("A word of the command line is empty (''); is a shell variable unset?");

    private VoiceCleanException Unknown(string word)
    {
        string name = word.Split('=', ':')[0];
        IEnumerable<string> known = _options.Rows.SelectMany(r => r.Aliases.Append(r.Flag)).Concat(Help);
        string hint =
            _elsewhere(name) is { Count: > 0 } others ? $" here; it belongs to {string.Join(", ", others)}"
            : Suggestion.For(name, known) is { } near ? $"; did you mean {near}?"
            : known.Contains("-" + name) ? $"; did you mean -{name}?"
            : "";
        return Usage(
            $"there is no option {name}{hint} ('voiceclean {_command} --help' lists them; a file of that name is "
                + $"written ./{word})");
    }

    private static VoiceCleanException Usage(string message) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

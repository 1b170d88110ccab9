using System.CommandLine;
using System.Text;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// What may stand where the cursor is, for the scripts of <see cref="CompletionCommand"/>: a line for each word with
/// what it means behind a tabulator, and <c>:file</c> or <c>:folder</c> where the shell should offer those; then what
/// stands behind the tabulator comes before the path in the same word (<c>--noise=file:</c>).
/// </summary>
internal sealed class Completer
{
    /// <summary>The word with which the scripts ask; the words so far follow, the one at the cursor last.</summary>
    public const string Word = "__complete";

    private const string File = ":file";
    private const string Folder = ":folder";

    // What stands before a path in the value of --noise.
    private const string NoiseFile = "file:";

    private readonly StringBuilder _lines = new();
    private readonly string _typed;

    private Completer(string typed) => _typed = typed;

    /// <summary>The answer.</summary>
    /// <param name="words">The words behind the program's name up to the cursor; the last may be empty.</param>
    public static string Answer(IReadOnlyList<string> words)
    {
        string typed = words.Count > 0 ? words[^1] : "";
        var completer = new Completer(typed);
        completer.AddAll(Root.Build(), [.. words.SkipLast(1)]);
        return completer._lines.ToString();
    }

    private void AddAll(RootCommand root, string[] earlier)
    {
        string? first = earlier.FirstOrDefault();
        if (first is null or "help")
        {
            AddCommands(root, isHelp: first is not null, earlier.Length);
            if (first is not null)
            {
                return;
            }
        }

        // Where no command is named it is 'clean'.
        Command named = root.Subcommands.FirstOrDefault(c => c.Name == first) ?? root.Subcommands.First();
        if (named is not OptionCommand command)
        {
            return;
        }

        if (earlier.Contains("--"))
        {
            AddArguments(root, command, earlier.Length);
        }
        else if (_typed.StartsWith("--", StringComparison.Ordinal) && _typed.IndexOf('=') is var end and > 0)
        {
            AddValues(command.Choices.Find(_typed[..end]), _typed[..(end + 1)]);
        }
        else if (earlier.Length > 0 && command.Choices.Find(earlier[^1]) is { ValueName.Length: > 0 } row)
        {
            AddValues(row, "");
        }
        else if (_typed.StartsWith('-'))
        {
            AddOptions(command, earlier);
        }
        else
        {
            AddArguments(root, command, earlier.Length);
        }
    }

    private void AddCommands(RootCommand root, bool isHelp, int place)
    {
        if (isHelp && place > 1)
        {
            return;
        }

        foreach (Command command in root.Subcommands)
        {
            Add(command.Name, HelpText.FirstSentence(command.Description!));
        }

        Add(isHelp ? "tuning" : "help", isHelp ? "Options for fine tuning." : "All options of a command.");
        if (!isHelp)
        {
            Add("version", "The version.");
        }
    }

    private void AddOptions(OptionCommand command, string[] earlier)
    {
        bool isLong = _typed.StartsWith("--", StringComparison.Ordinal);
        bool isTuning = isLong && _typed.Length > 2;
        foreach (OptionRow row in command.Choices.Rows.Where(r => !r.IsAdvanced || isTuning))
        {
            string[] names = [.. row.Aliases, row.Flag];
            if (row.IsRepeatable || !names.Intersect(earlier.Select(w => w.Split('=')[0])).Any())
            {
                Add(row.Flag, row.Sentence);
            }
        }

        Add("--help", "All options.");
        if (earlier.Length == 0)
        {
            Add("--version", "The version.");
        }

        if (!isLong)
        {
            command.Choices.Rows.ToList().ForEach(r => r.Aliases.ToList().ForEach(a => Add(a, r.Sentence)));
        }
    }

    private void AddValues(OptionRow? row, string before)
    {
        if (row is null)
        {
            return;
        }

        // "a,b,c": the last of a list is at the cursor
        string list = row.Kind == OptionKind.List ? _typed[..(_typed.LastIndexOf(',') + 1)] : "";
        IReadOnlyList<string> known =
            row.Kind == OptionKind.Switch ? ["true", "false"]
            : row.Name == "stages" ? StandardChain.For(new CleaningOptions())
            : row.Name == "noise" ? ["auto", "head", "range:", NoiseFile, "off"]
            : row.Words;
        foreach (string word in known)
        {
            Add((list.Length > 0 ? list : before) + word, "");
        }

        bool isNoiseFile = row.Name == "noise"
            && _typed.AsSpan(before.Length).StartsWith(NoiseFile, StringComparison.Ordinal);
        if (row.Kind == OptionKind.Path || isNoiseFile || row.NamesFile("x.json"))
        {
            AddPath(row.ValueName == "DIR" ? Folder : File, isNoiseFile ? before + NoiseFile : before);
        }
    }

    private void AddArguments(RootCommand root, OptionCommand command, int place)
    {
        if (command.Name == "completion" && place == 1)
        {
            CompletionCommand.Shells.ToList().ForEach(s => Add(s, ""));
        }
        else if (command.Name == "man" && place == 1)
        {
            ManPage.NamesOf(root).Skip(1).ToList().ForEach(n => Add(n, ""));
        }
        else if (command.Arguments.Count > 0 && command.Choices.Scope != OptionScope.None)
        {
            AddPath(command.Name == "check" ? Folder : File, "");
        }
    }

    private void AddPath(string kind, string before) =>
        _lines.Append(kind).Append('\t').Append(before).Append('\n');

    private void Add(string word, string said)
    {
        if (word.StartsWith(_typed, StringComparison.Ordinal))
        {
            _lines.Append(word).Append('\t').Append(Tongue.Say(said)).Append('\n');
        }
    }
}

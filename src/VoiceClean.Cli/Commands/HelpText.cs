using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;

namespace VoiceClean.Cli.Commands;

/// <summary>Help of at most 80 columns, made from the tables of options; examples come first.</summary>
internal static class HelpText
{
    private const int Width = 80;
    private const int Column = 26;

    /// <summary>How values are written.</summary>
    public const string Values = """
        Times are written 500ms, 0.5s, 2min or 4h; a bare number is seconds. Other
        numbers may carry the unit that is shown. Short options may be joined: -fq, -j8.
        A variable stands for an option that is not given (--min-snr:
        VOICECLEAN_MIN_SNR=5); a file can hold those about the sound (--config).
        """;

    /// <summary>The help of the whole program.</summary>
    public static string Of(RootCommand root)
    {
        var text = new StringBuilder(Described(root.Description!));
        text.Append(CultureInfo.InvariantCulture, $"\n\n{Tongue.Say("Usage:")} voiceclean IN OUT [options]\n");
        text.Append(' ', Wrapped.Columns(Tongue.Say("Usage:"))).Append(" voiceclean COMMAND ... [options]\n\n");
        text.Append(Tongue.Say("Commands:")).Append('\n');
        foreach (Command command in root.Subcommands)
        {
            Append(text, command.Name, FirstSentence(command.Description!));
        }

        Append(text, "help [COMMAND]", "All options of a command; 'help tuning' for those of fine tuning.");
        Append(text, "version", "The version.");
        return text.ToString();
    }

    /// <summary>The help of one command.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder(Described(command.Description!));
        text.Append(CultureInfo.InvariantCulture, $"\n\n{Tongue.Say("Usage:")} ")
            .Append((command as OptionCommand)?.Usage ?? $"voiceclean {command.Name}").Append('\n');
        if (command.Arguments.Count > 0)
        {
            text.Append('\n');
            command.Arguments.ToList().ForEach(a => Append(text, a.Name, a.Description!));
        }

        if (command is OptionCommand { Choices.Rows: { Count: > 0 } rows })
        {
            // The sort is stable: what concerns the run as such comes last.
            AppendGroups(text, rows.Where(r => !r.IsAdvanced).OrderBy(r => r.Group is RunRows.Run or RunRows.Report));
            text.Append('\n').Append(Paragraph(Values)).Append('\n');
            if (rows.Any(r => r is { IsAdvanced: true, ValueName.Length: > 0 }))
            {
                text.Append(Tongue.Say("Options for fine tuning:")).Append(" voiceclean help tuning\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The options for fine tuning.</summary>
    public static string OfTuning()
    {
        var text = new StringBuilder(
            Paragraph("Options for fine tuning, named like the keys of configuration files.")).Append('\n');
        AppendGroups(text, OptionTable.Cleaning.Rows.Where(r => r.IsAdvanced));
        return text.ToString();
    }

    /// <summary>What an option does, its default and its range.</summary>
    public static string SentenceOf(OptionRow row)
    {
        string said = Tongue.Say(row.Sentence), space = Tongue.IsForeign ? "" : " ";
        if (row.Default.Length > 0 && row.Kind != OptionKind.Switch)
        {
            said += space + Tongue.Say($"Default {row.Default}.");
        }

        return row.Range.Length > 0 ? said + space + Tongue.Say($"Range {row.Range}.") : said;
    }

    private static void AppendGroups(StringBuilder text, IEnumerable<OptionRow> rows)
    {
        foreach (Group<string, OptionRow> group in rows.GroupBy(r => r.Group))
        {
            text.Append('\n').Append(Tongue.Say(group.Key + ":")).Append('\n');
            foreach (OptionRow row in group)
            {
                Append(text, OptionLists.SpellingOf(row), SentenceOf(row));
            }
        }
    }

    /// <summary>What a command does, without its examples.</summary>
    public static string FirstSentence(string description)
    {
        string line = description.ReplaceLineEndings("\n").Split("\n\n")[0].Replace('\n', ' ');
        string said = Tongue.Say(line);
        return said == line
            ? line[..line.IndexOfAny(['.', ':'])] + "."
            : said[..said.IndexOfAny(['。', '：'])] + "。";
    }

    // A text of several lines in another language has other places to break it.
    private static string Paragraph(string text) =>
        Tongue.IsForeign
            ? string.Join('\n', Wrapped.Lines(Tongue.Say(text.ReplaceLineEndings(" ")), Width, ""))
            : text;

    // A sentence or two and examples, of which only what is said behind the command is translated.
    private static string Described(string description)
    {
        string[] parts = description.ReplaceLineEndings("\n").Split("\n\nExamples:\n");
        return parts.Length == 1
            ? Paragraph(parts[0])
            : $"{Paragraph(parts[0])}\n\n{Tongue.Say("Examples:")}\n"
                + string.Join('\n', parts[1].Split('\n').Select(Example));
    }

    /// <summary>A line of examples; what stands behind the command is said in the language.</summary>
    public static string Example(string line) =>
        line.LastIndexOf("   ", StringComparison.Ordinal) is var gap and > 2
            ? line[..(gap + 3)] + Tongue.Say(line[(gap + 3)..])
            : line;

    // "  name                   what it is, broken into lines below itself"
    private static void Append(StringBuilder text, string name, string said)
    {
        string line = "  " + name;
        if (line.Length > Column - 2)
        {
            text.Append(line).Append('\n');
            line = "";
        }

        text.AppendJoin('\n', Wrapped.Lines(line.PadRight(Column) + Tongue.Say(said), Width, new string(' ', Column)))
            .Append('\n');
    }
}

/// <summary>Prints the help of the command that was named.</summary>
internal sealed class HelpTextAction : SynchronousCommandLineAction
{
    /// <summary>Whoever asks for help need not name the rest.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        parseResult.InvocationConfiguration.Output.Write(
            command is RootCommand root ? HelpText.Of(root) : HelpText.Of(command));
        return 0;
    }

    /// <summary>Puts it in the place of the parser's own help.</summary>
    public static void PutInto(RootCommand root) =>
        root.Options.OfType<HelpOption>().Single().Action = new HelpTextAction();
}

using System.CommandLine;
using System.Globalization;
using System.Reflection;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;

namespace VoiceClean.Cli.Commands;

/// <summary>A page of the manual in the language of man(7), made from the tables of options.</summary>
internal sealed class ManPage
{
    /// <summary>The page about the options for fine tuning, which is no command's.</summary>
    public const string Tuning = "tuning";

    private const int Width = 79;

    private static readonly (string Name, string Meaning)[] Files =
    [
        (
            "OUT/.voiceclean/",
            "What batch and dataset remember of a run: a journal, run.json and the lock. With it the same command goes "
                + "on where it stopped; --state puts it elsewhere. It may be deleted when no run is under way."),
        (
            "SPEAKER.list, SPEAKER.jsonl, rejected.jsonl, report.json",
            "What dataset writes beside the clips: lists for the trainer, a manifest, what was rejected and why, "
                + "figures."),
    ];

    private static readonly (string Name, string Meaning)[] Variables =
    [
        ("VOICECLEAN_NAME", "Stands for the option --name where that is not given: VOICECLEAN_MIN_SNR for --min-snr."),
        ("NO_COLOR", "If set, no colours."),
        (
            "TMPDIR",
            "The folder of temporary files: recordings of more than 13 minutes lie there while they are worked on."),
    ];

    private readonly StringBuilder _text = new();

    private ManPage(string name, string summary)
    {
        string date = typeof(ManPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == "ReleaseDate").Value!;
        _text.Append(
            CultureInfo.InvariantCulture,
            $".TH {name.ToUpperInvariant()} 1 \"{date}\" \"voiceclean {ClipReportBuilder.ToolVersion}\"")
            .Append(CultureInfo.InvariantCulture, $" \"{Said("User Commands")}\"\n");
        if (Tongue.IsForeign)
        {
            Line(".ad l");      // a formatter finds few blanks in it that it could widen
        }

        // In plain UTF-8: what fills the index of apropos formats nothing, and knows the word in many languages. What
        // is long gets lines that end at commas, because a formatter breaks nothing but blanks.
        Line(".SH " + Tongue.Say("NAME"));
        string said = Tongue.IsForeign ? Tongue.Say(summary) : Escaped(summary);
        Line($"{Escaped(name)} \\- {(said.Length > 24 ? said.Replace("，", "，\n", StringComparison.Ordinal) : said)}");
    }

    /// <summary>The names of all pages behind "voiceclean-"; the page of the program itself has an empty one.</summary>
    public static IReadOnlyList<string> NamesOf(RootCommand root) =>
        ["", .. root.Subcommands.Select(c => c.Name), Tuning];

    /// <summary>The page of the whole program.</summary>
    public static string Of(RootCommand root)
    {
        var page = new ManPage("voiceclean", "turn recordings into clean, uniform speech for voice cloning");
        page.Synopsis(["voiceclean IN OUT [options]", "voiceclean COMMAND ... [options]"]);
        page.Description(root.Description!);
        page.Section("COMMANDS");
        foreach (Command command in root.Subcommands)
        {
            page.Entry(
                $"\\fBvoiceclean\\-{Escaped(command.Name)}\\fR(1)",
                HelpText.FirstSentence(command.Description!));
        }

        page.Entry("\\fBvoiceclean\\-tuning\\fR(1)", "The options for fine tuning.");
        page.End(root, hasFiles: true);
        return page._text.ToString();
    }

    /// <summary>The page of one command.</summary>
    public static string Of(RootCommand root, Command command)
    {
        string description = command.Description!;
        string summary = HelpText.FirstSentence(description).TrimEnd('.', '。');
        var page = new ManPage($"voiceclean-{command.Name}", char.ToLowerInvariant(summary[0]) + summary[1..]);
        page.Synopsis([(command as OptionCommand)?.Usage ?? $"voiceclean {command.Name}"]);
        page.Description(description);
        if (command.Arguments.Count > 0)
        {
            page.Section("ARGUMENTS");
            command.Arguments.ToList().ForEach(a => page.Entry($"\\fI{Escaped(a.Name)}\\fR", a.Description!));
        }

        if (command is OptionCommand { Choices.Rows: { Count: > 0 } rows })
        {
            page.Section("OPTIONS");
            page.Paragraph(HelpText.Values);
            page.Options(rows.Where(r => !r.IsAdvanced));
        }

        page.End(root, (command as OptionCommand)?.Choices.Scope is OptionScope.Batch or OptionScope.Dataset);
        return page._text.ToString();
    }

    /// <summary>The page of the options for fine tuning.</summary>
    public static string OfTuning(RootCommand root)
    {
        var page = new ManPage("voiceclean-tuning", "options of voiceclean for fine tuning");
        page.Section("OPTIONS");
        page.Paragraph(
            "They are named like the keys of configuration files and mean the same in every command that cleans.");
        page.Options(OptionTable.Cleaning.Rows.Where(r => r.IsAdvanced));
        page.End(root, hasFiles: false);
        return page._text.ToString();
    }

    private void Synopsis(string[] usages)
    {
        Section("SYNOPSIS");
        Line(string.Join("\n.br\n", usages.Select(u => $"\\fBvoiceclean\\fR{Escaped(u["voiceclean".Length..])}")));
    }

    // What it does in a sentence or two, an empty line, "Examples:" and lines that stay as they are.
    private void Description(string description)
    {
        string[] parts = description.ReplaceLineEndings("\n").Split("\n\nExamples:\n");
        Section("DESCRIPTION");
        Paragraph(parts[0]);
        if (parts.Length > 1)
        {
            Section("EXAMPLES");
            Line(".nf");
            parts[1].Split('\n').ToList().ForEach(l => Line(Escaped(HelpText.Example(l).Trim())));
            Line(".fi");
        }
    }

    private void Options(IEnumerable<OptionRow> rows)
    {
        foreach (Group<string, OptionRow> group in rows.GroupBy(r => r.Group))
        {
            Line($".SS {Escaped(Tongue.Say(group.Key + ":").TrimEnd(':', '：'))}");
            foreach (OptionRow row in group)
            {
                string names = string.Join(", ", row.Aliases.Append(row.Flag).Select(n => $"\\fB{Escaped(n)}\\fR"));
                Entry(
                    row.ValueName.Length > 0 ? $"{names} \\fI{Escaped(row.ValueName)}\\fR" : names,
                    HelpText.SentenceOf(row));
            }
        }
    }

    private void End(RootCommand root, bool hasFiles)
    {
        Section("EXIT STATUS");
        ExitCodes.All.ToList().ForEach(c => Entry($"\\fB{Escaped(c.Code)}\\fR", c.Meaning));
        Section("ENVIRONMENT");
        Variables.ToList().ForEach(v => Entry($"\\fB{Escaped(v.Name)}\\fR", v.Meaning));
        if (hasFiles)
        {
            Section("FILES");
            Files.ToList().ForEach(f => Entry($"\\fI{Escaped(f.Name)}\\fR", f.Meaning));
        }

        Section("SEE ALSO");
        Line(string.Join(",\n", NamesOf(root).Select(n =>
            $"\\fBvoiceclean{(n.Length > 0 ? "\\-" + n : "")}\\fR(1)")));
    }

    private void Section(string title) => Line(".SH " + Said(title));

    private void Paragraph(string text)
    {
        string line = "";
        foreach (string word in Tongue.Say(text.ReplaceLineEndings(" ")).Split(' ').Select(Escaped))
        {
            if (line.Length > 0 && line.Length + word.Length >= Width)
            {
                Line(line);
                line = "";
            }

            line += line.Length > 0 ? " " + word : word;
        }

        Line(line);
    }

    private void Entry(string name, string text)
    {
        Line(".TP");
        Line(name);
        Paragraph(text);
    }

    private void Line(string line) => _text.Append(line).Append('\n');

    private static string Said(string english) => Escaped(Tongue.Say(english));

    // Signs that mean something to the formatter, or that an old one does not know.
    private static string Escaped(string text)
    {
        var safe = new StringBuilder();
        Rune last = default;
        foreach (Rune rune in text.Replace("`", "", StringComparison.Ordinal).EnumerateRunes())
        {
            // A formatter that does not know the language breaks nothing but blanks.
            safe.Append(Wrapped.MayBreak(last, rune) ? "\\:" : "").Append((last = rune).Value switch
            {
                '\\' => "\\e",
                '-' => "\\-",
                '\'' => "\\(aq",
                > 126 => $"\\[u{rune.Value:X4}]",
                _ => rune.ToString(),
            });
        }

        return safe.Length > 0 && safe[0] == '.' ? "\\&" + safe : safe.ToString();
    }
}

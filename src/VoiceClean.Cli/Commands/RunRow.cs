using VoiceClean.Cleaning.Options;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>How the rows of all tables about a run are written down.</summary>
internal static class RunRow
{
    public static IEnumerable<Row> Group(string name, params Row[] rows) =>
        rows.Select(r => OptionTable<RunSettings>.WithDefault(r with { Group = name }, new RunSettings()));

    public static Row Of<TValue>(
        string name,
        OptionScope scope,
        string valueName,
        ValueSyntax<TValue> syntax,
        string sentence,
        Func<RunSettings, TValue> read,
        Func<RunSettings, TValue, RunSettings> set) =>
        Row.Of(name, name.Replace('-', '_'), syntax, sentence, s => (true, read(s)), set) with
        {
            Scope = scope,
            ValueName = valueName,
        };

    public static Row Switch(
        string name,
        OptionScope scope,
        string sentence,
        Func<RunSettings, bool> read,
        Func<RunSettings, bool, RunSettings> set) => Of(name, scope, "", new SwitchSyntax(), sentence, read, set);

    public static Row Path(
        string name,
        OptionScope scope,
        string valueName,
        string sentence,
        Func<RunSettings, string?> read,
        Func<RunSettings, string, RunSettings> set) =>
        Text(name, scope, valueName, sentence, read, set) with { Kind = OptionKind.Path };

    public static Row Text(
        string name,
        OptionScope scope,
        string valueName,
        string sentence,
        Func<RunSettings, string?> read,
        Func<RunSettings, string, RunSettings> set) =>
        Like(
            name,
            scope,
            valueName,
            new TextSyntax(OptionKind.Text, valueName switch
            {
                "DIR" => "a folder",
                "FILE" => "a file",
                "OUT" => "a folder, or a file for report",
                "CODE" => "a code such as zh",
                "CMD" => "a command such as 'whisper-cli -np -nt -f {in}'",
                _ => "a name",
            }),
            sentence,
            read,
            set);

    // A text of a form of its own, which may be unset.
    public static Row Like(
        string name,
        OptionScope scope,
        string valueName,
        TextSyntax syntax,
        string sentence,
        Func<RunSettings, string?> read,
        Func<RunSettings, string, RunSettings> set) =>
        Row.Of(name, name.Replace('-', '_'), syntax, sentence, s => (read(s) is not null, read(s)!), set) with
        {
            Scope = scope,
            ValueName = valueName,
            CanBeUnset = true,
        };

    // Each further value is added to those before it.
    public static Row Several(
        string name,
        string valueName,
        string sentence,
        ValueSyntax<string> syntax,
        Func<RunSettings, IReadOnlyList<string>> read,
        Func<RunSettings, IReadOnlyList<string>, RunSettings> set) =>
        Row.Of(
            name,
            name.Replace('-', '_'),
            syntax,
            sentence,
            s => (read(s).Count == 1, read(s) is [var only] ? only : ""),
            (s, v) => set(s, [.. read(s), v])) with
        {
            Scope = OptionScope.Many,
            ValueName = valueName,
            IsRepeatable = true,
        };

    public static ChoiceSyntax<string> Words(params string[] words) => new([.. words.Select(w => (w, w))]);

    public static TextSyntax Glob() =>
        new(OptionKind.Text, "a pattern like *.m4a", t => t.Trim('/').Length > 0);
}

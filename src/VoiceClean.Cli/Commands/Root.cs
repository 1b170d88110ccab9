using System.CommandLine;
using System.Globalization;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>The list of commands, and what happens to the words before they are parsed.</summary>
internal static class Root
{
    private const string Description = """
        Turns recordings as people really make them into clean, uniform speech for
        voice cloning and TTS training.

        Examples:
          voiceclean in.m4a out.wav                   clean one recording
          voiceclean in.wav out.wav --strength 0.4    more gently
          voiceclean in.wav - | aplay                 to standard output
          voiceclean batch recordings -o clean        a whole folder; again to resume
          voiceclean inspect recordings               what is wrong, and what to do
          voiceclean dataset recordings -o set        a training set for GPT-SoVITS
          voiceclean check set                        what a trainer would drop of it
          voiceclean report clean -o report.html      what happened, to look at
          voiceclean studio recordings                hear, see and tune in a browser
          voiceclean help clean                       all options
        """;

    private static readonly string[] Own = ["--help", "-h", "-?", "--version"];

    /// <summary>All commands.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand(Description) { HelpName = "voiceclean" };
        AddTo(root, () => root);
        HelpTextAction.PutInto(root);
        return root;
    }

    /// <summary>
    /// All commands for these words: without what belongs to the program as a whole, which is found by reflection,
    /// unless they may ask for it.
    /// </summary>
    public static Command BuildFor(string[] args)
    {
        bool isAboutAll = args is [] or ["help" or "version", ..] || args[0].StartsWith('[') || args.Any(Own.Contains);
        if (isAboutAll)
        {
            return Build();
        }

        var root = new Command("voiceclean");
        AddTo(root, Build);
        return root;
    }

    private static void AddTo(Command root, Func<RootCommand> whole)
    {
        root.Subcommands.Add(new CleanCommand().Build());
        root.Subcommands.Add(new BatchCommand().Build());
        root.Subcommands.Add(new InspectCommand().Build());
        root.Subcommands.Add(new DatasetCommand().Build());
        root.Subcommands.Add(new CheckCommand().Build());
        root.Subcommands.Add(new ReportCommand().Build());
        root.Subcommands.Add(new ServeCommand().Build());
        root.Subcommands.Add(new StudioCommand().Build());
        root.Subcommands.Add(DoctorCommand.Build());
        root.Subcommands.Add(new CompletionCommand().Build());
        root.Subcommands.Add(new ManCommand().Build(whole));
    }

    /// <summary>
    /// The words as the parser shall see them: the command in front (it is 'clean' where none is named), its options in
    /// one form.
    /// </summary>
    /// <exception cref="VoiceCleanException">A word is wrong.</exception>
    public static IReadOnlyList<string> Complete(Command root, string[] args)
    {
        string first = args.Length == 0 ? "--help" : args[0];
        if (first == "help")
        {
            return args.Length == 1 ? ["--help"] : [CommandNamed(root, args[1]), "--help"];
        }

        if (first == "version" && args.Length == 1)
        {
            return ["--version"];
        }

        if (Own.Contains(first) || IsDirective(first))
        {
            if (first != "--version")
            {
                root.Subcommands.OfType<OptionCommand>().ToList().ForEach(c => c.Fill());
            }

            return args.Length == 0 ? [first] : args;
        }

        Command? named = root.Subcommands.FirstOrDefault(c => c.Name == first);
        if (named is null && Mistyped(root, first) is { } meant)
        {
            throw Usage(
                $"there is no command '{first}'; did you mean {meant}? ('voiceclean --help' lists the commands; a file "
                    + $"of that name is written ./{first})");
        }

        var command = (named ?? root.Subcommands.First()) as OptionCommand;
        if (command is null)
        {
            return args;
        }

        var reader = new CommandWords(command.Name, command.Choices, name => Elsewhere(root, name));
        IReadOnlyList<string> words = reader.Read(args.Skip(named is null ? 0 : 1));
        command.Fill(words);
        return [command.Name, .. words];
    }

    /// <summary>The command that a name means, for its help.</summary>
    /// <exception cref="VoiceCleanException">There is none.</exception>
    private static string CommandNamed(Command root, string name)
        => root.Subcommands.FirstOrDefault(c => c.Name == name)?.Name
            ?? throw Usage(
                $"there is no command '{name}'"
                    + (Suggestion.For(name, root.Subcommands.Select(c => c.Name)) is { } near
                        ? $"; did you mean {near}?"
                        : "; 'voiceclean --help' lists them"));

    // A name without folder and ending, of which there is no file: then it is more likely a command than a recording.
    private static string? Mistyped(Command root, string word) =>
        word.All(char.IsAsciiLetter) && !Path.Exists(word)
            ? Suggestion.For(word, [.. root.Subcommands.Select(c => c.Name), "help", "version"])
            : null;

    private static string[] Elsewhere(Command root, string option) =>
        [
            .. from command in root.Subcommands.OfType<OptionCommand>()
            where command.Choices.Find(option) is not null
            select command.Name,
        ];

    private static VoiceCleanException Usage(string message) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, message);

    // [diagram], [suggest] and [suggest:7], which the parser itself answers
    private static bool IsDirective(string word) =>
        word is "[diagram]" or "[suggest]"
        || (word.StartsWith("[suggest:", StringComparison.Ordinal)
            && word[^1] == ']'
            && uint.TryParse(word["[suggest:".Length..^1], NumberStyles.None, CultureInfo.InvariantCulture, out _));
}

using System.CommandLine;

namespace VoiceClean.Cli.Commands;

/// <summary>The list of commands, and what happens to the words before they are parsed.</summary>
internal static class Root
{
    private const string Description = """
        Turns recordings as people really make them into clean, uniform speech for voice cloning and TTS training.

        Examples:
          voiceclean in.m4a out.wav                    clean one recording
          voiceclean in.wav out.wav --strength 0.4     more gently
          voiceclean in.wav - | aplay                  to standard output
          voiceclean batch recordings -o clean         a whole folder; again to resume
          voiceclean inspect recordings                what is wrong with them, and what to do about it
          voiceclean dataset recordings -o set         a training set for GPT-SoVITS or another trainer
          voiceclean check set                         what a trainer would silently drop of a set
          voiceclean clean --help                      all options
        """;

    /// <summary>All commands.</summary>
    public static RootCommand Build()
    {
        var root = new RootCommand(Description) { HelpName = "voiceclean" };
        root.Subcommands.Add(new CleanCommand().Build());
        root.Subcommands.Add(new BatchCommand().Build());
        root.Subcommands.Add(new InspectCommand().Build());
        root.Subcommands.Add(new DatasetCommand().Build());
        root.Subcommands.Add(new CheckCommand().Build());
        root.Subcommands.Add(DoctorCommand.Build());
        return root;
    }

    /// <summary>
    /// The first word that looks like an option but is none; the parser would take it for a file name. Null if there is
    /// none. Words behind "--" and values of options ("--loudness -16LUFS") are let pass.
    /// </summary>
    public static string? FindUnknownOption(RootCommand root, string[] args)
    {
        Command? command = root.Subcommands.FirstOrDefault(c => c.Name == args[0]);
        bool value = false;
        foreach (string word in args.Skip(1).TakeWhile(a => a != "--"))
        {
            string name = word.Split('=', ':')[0];
            // The help belongs to the root and to every command below it.
            Option? option = command
                ?.Options.Concat(root.Options.Where(o => o.Recursive))
                .FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));
            if (command is not null && !value && option is null && word.Length > 1 && word[0] == '-')
            {
                return word;
            }

            value = option is { Arity.MinimumNumberOfValues: > 0 } && name == word;
        }

        return null;
    }

    /// <summary>
    /// Puts the command 'clean' in front where no command is named, and adds the options that only the environment
    /// names.
    /// </summary>
    public static string[] Complete(RootCommand root, string[] args)
    {
        if (args.Length == 0)
        {
            return ["--help"];
        }

        bool named =
            root.Subcommands.Any(c => c.Name == args[0])
            || args[0] is "--help" or "-h" or "-?" or "--version"
            || args[0].StartsWith('[');
        string[] complete = named ? args : ["clean", .. args];
        Command? command = root.Subcommands.FirstOrDefault(c => c.Name == complete[0]);
        return command is null
            ? complete
            : EnvironmentVariables.Merge(complete, command.Options, Environment.GetEnvironmentVariable);
    }
}

using System.CommandLine;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean man [COMMAND]</c>: a page of the manual, for packages and for who has none installed.
/// </summary>
internal sealed class ManCommand
{
    private const string Description = """
        Prints a page of the manual, for the program man.

        Examples:
          voiceclean man | man -l -                      of the program
          voiceclean man batch > voiceclean-batch.1      of a command
          voiceclean man tuning | man -l -               options for fine tuning
          voiceclean man batch --lang zh-CN              in Chinese
        """;

    private readonly Argument<string> _command = new("COMMAND")
    {
        Description = "The command, or tuning; without it the page of the program.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The command.</summary>
    /// <param name="root">Makes the whole program.</param>
    public Command Build(Func<RootCommand> root)
    {
        var command = new OptionCommand("man", "voiceclean man [COMMAND]", Description, OptionScope.None) { _command };
        command.SetAction(parsed => Print(root(), parsed.GetValue(_command)));
        return command;
    }

    private static int Print(RootCommand root, string? name)
    {
        string page = name switch
        {
            null => ManPage.Of(root),
            ManPage.Tuning => ManPage.OfTuning(root),
            _ => ManPage.Of(root, root.Subcommands.FirstOrDefault(c => c.Name == name) ?? throw Unknown(root, name)),
        };
        StandardOutput.Write(stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        return ExitCodes.Ok;
    }

    private static VoiceCleanException Unknown(RootCommand root, string name) =>
        new(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            $"man {name}: must be one of {string.Join(", ", ManPage.NamesOf(root).Skip(1))}.");
}

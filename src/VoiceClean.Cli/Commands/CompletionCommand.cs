using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean completion SHELL</c>: the few lines with which a shell asks <see cref="Completer"/> what may stand
/// where the cursor is.
/// </summary>
internal sealed class CompletionCommand
{
    /// <summary>The shells.</summary>
    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    private const string Description = """
        Prints what a shell needs to complete the words of voiceclean.

        Examples:
          source <(voiceclean completion bash)       now, in bash or zsh
          voiceclean completion zsh > ~/.zfunc/_voiceclean
          voiceclean completion fish > ~/.config/fish/completions/voiceclean.fish
          voiceclean completion pwsh | Out-String | Invoke-Expression
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = $"{string.Join(", ", Shells)}." };

    /// <summary>The command.</summary>
    public Command Build()
    {
        var command = new OptionCommand(
            "completion",
            "voiceclean completion SHELL",
            Description,
            OptionScope.None) { _shell };
        command.SetAction(parsed => Print(parsed.GetValue(_shell)!));
        return command;
    }

    private static int Print(string shell)
    {
        if (!Shells.Contains(shell))
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"completion {shell}: must be one of {string.Join(", ", Shells)}.");
        }

        byte[] script = PackedResource.Read(typeof(CompletionCommand).Assembly, $"voiceclean.{shell}");
        StandardOutput.Write(output => output.Write(script));
        return ExitCodes.Ok;
    }
}

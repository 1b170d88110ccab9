using VoiceClean.Cli.Commands;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>The scripts in the shells they are for, with a key pressed on a terminal where the shell has no other
/// way.</summary>
public class CompletionCommandTests
{
    // Answers the scripts with the true program; as itself it only says with which words it was called.
    private const string Program = """
        #!/bin/sh
        case $1 in __complete|completion) exec dotnet "$program" "$@";; esac
        printf 'GOT'; printf '<%s>' "$@"; echo
        """;

    private const string Prepare = """
        chmod +x voiceclean; PATH=$PWD:$PATH; export PATH program
        mkdir 'my recordings'; : > 'my recordings/a b.wav'; : > x=1.wav

        """;

    private const string Keys = """
        voiceclean bat\tmy\t --gat\t --gate=rej\t --noise=f\tmy\t\nvoiceclean insp\tmy\ta\t x=\t my\\ r\t\nexit\n
        """;

    [Theory]
    [InlineData("bash", "bash --norc -i", "", "my recordings/")]
    [InlineData("zsh", "zsh -f -i", "autoload -U compinit; compinit -u -D", "my recordings")]
    public void A_tabulator_completes_commands_options_values_and_files(
        string shell, string command, string first, string folder)
    {
        Requires.That(ExternalProgram.Find(shell) is not null, $"{shell} is not installed.");
        Requires.That(ExternalProgram.Find("script") is not null, "script is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["voiceclean"], Program);
        (_, string output, string errors) = run.Run(
            $"{Prepare}printf '{first}\\nsource <(voiceclean completion {shell})\\n{Keys.Trim()}' > keys\n"
                + $"TERM=dumb script -qec '{command}' /dev/null < keys");
        string[] got = [.. output.Split('\n').Where(l => l.Contains("GOT", StringComparison.Ordinal))];
        Assert.True(got.Length == 2, output + errors);
        Assert.Contains(
            $"GOT<batch><{folder}><--gate><--gate=reject><--noise=file:{folder}>", got[0], StringComparison.Ordinal);
        Assert.Contains("GOT<inspect><my recordings/a b.wav><x=1.wav><my recordings", got[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voiceclean bat", "batch")]
    [InlineData("voiceclean batch --gat", "--gate")]
    [InlineData("voiceclean batch --gate=rej", "--gate=reject")]
    [InlineData("voiceclean batch --gate rej", "reject")]
    [InlineData("voiceclean inspect m", "my recordings/")]
    [InlineData(@"voiceclean inspect my\ r", "my recordings/")]
    [InlineData("voiceclean inspect 'my r", "my recordings/")]
    [InlineData("voiceclean batch --config=m", "--config=my recordings/")]
    [InlineData("voiceclean batch --noise file:m", "file:my recordings/")]
    [InlineData("voiceclean check m", "my recordings/")]
    [InlineData("voiceclean check 'my r", "my recordings/")]
    public void Fish_completes_them_too(string line, string expected)
    {
        Requires.That(ExternalProgram.Find("fish") is not null, "fish is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["voiceclean"], Program);
        File.WriteAllText(run["typed"], line);
        (_, string output, string errors) = run.Run(
            $"{Prepare}HOME=$PWD fish -N -c "
                + "'source (voiceclean completion fish | psub); complete -C (cat typed | string collect)'");
        Assert.True(expected == output.Split('\t', '\n')[0], output + errors);
    }

    [Fact]
    public void Powershell_completes_them_where_it_is_installed()
    {
        Assert.SkipUnless(ExternalProgram.Find("pwsh") is not null, "pwsh is not installed, and not in Debian.");
        using var run = new ShellRun();
        File.WriteAllText(run["voiceclean"], Program);
        File.WriteAllText(run["ask.ps1"], """
            voiceclean completion pwsh | Out-String | Invoke-Expression
            'bat', 'batch --gat', 'batch --gate=rej', 'check m' | % {
                (TabExpansion2 "voiceclean $_" "voiceclean $_".Length).CompletionMatches[0].CompletionText
            }
            """);
        (_, string output, string errors) = run.Run($"{Prepare}pwsh -NoProfile -f ask.ps1");
        Assert.True(output.TrimEnd() == "batch\n--gate\n--gate=reject\n'./my recordings'", output + errors);
    }

    [Fact]
    public void Another_shell_is_refused_with_those_there_are()
    {
        BuiltProgram.Result result = BuiltProgram.Run("completion", "tcsh");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            $"must be one of {string.Join(", ", CompletionCommand.Shells)}.", result.Errors, StringComparison.Ordinal);
    }
}

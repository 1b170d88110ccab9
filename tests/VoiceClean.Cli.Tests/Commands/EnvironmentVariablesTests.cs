using VoiceClean.Cli.Commands;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class EnvironmentVariablesTests
{
    [Fact]
    public void A_variable_that_means_nothing_is_named_and_ours_and_foreign_ones_are_not() =>
        Assert.Equal(
            [
                "warning: the variable VOICECLEAN_COLOUR means nothing; did you mean VOICECLEAN_COLOR?",
                "warning: the variable VOICECLEAN_STRENGHT means nothing; did you mean VOICECLEAN_STRENGTH?",
                "warning: the variable VOICECLEAN_WHATEVER means nothing",
            ],
            EnvironmentVariables.Misspelt(
                [
                    "VOICECLEAN_STRENGHT",
                    "VOICECLEAN_WHATEVER",
                    "VOICECLEAN_COLOUR",
                    "VOICECLEAN_STRENGTH",
                    "VOICECLEAN_MIN_SNR",
                    "VOICECLEAN_COMPRESS_RATIO",
                    "VOICECLEAN_LOG_FILE",
                    "VOICECLEAN_FFMPEG",
                    "VOICECLEAN_FFMPEG_GROUP",
                    "VOICECLEAN_TESTS_MUST_RUN",
                    "VOICECLEAN_SLOW_TESTS",
                    "PATH",
                ]));

    [Theory]
    [InlineData("1", 0)]
    [InlineData("true", 0)]
    [InlineData("0", 5)]
    [InlineData("false", 5)]
    [InlineData("perhaps", 2)]
    public void A_variable_switches_on_and_off_and_a_wrong_value_names_the_variable(string value, int exitCode)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["out.wav"], "old");
        BuiltProgram.Result run = BuiltProgram.Run(
            [BuiltProgram.Sample("keyboard.wav"), folder["out.wav"], "-q"],
            null,
            new Dictionary<string, string> { ["VOICECLEAN_FORCE"] = value });
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 2, run.Errors.Contains("VOICECLEAN_FORCE=perhaps", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dataset in -o out", "VOICECLEAN_LANGUAGE=xx: gpt-sovits knows zh, ja, en, ko, yue.")]
    [InlineData("dataset in -o out", "VOICECLEAN_TARGET=/none/mine.json cannot be read: it does not exist.")]
    [InlineData("dataset in -o out", "VOICECLEAN_TRANSCRIPTS=/none/a.list")]
    [InlineData("dataset in -o out", "VOICECLEAN_TRANSCRIBE=whisper: write a program and its arguments")]
    [InlineData("batch in -o out", "VOICECLEAN_SHARD=auto: no scheduler is found")]
    [InlineData("serve", "VOICECLEAN_TEMP=/none is no folder; make it first.")]
    public void A_value_that_is_found_wrong_later_is_told_with_its_variable_too(string words, string expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in"]);
        File.Copy(BuiltProgram.Sample("keyboard.wav"), folder["in/a.wav"]);
        string[] parts = expected.Split([' ', ':'])[0].Split('=');
        string flag = "--" + parts[0]["VOICECLEAN_".Length..].ToLowerInvariant();
        string[] all = [.. words.Split(' ').Select(w => w is "in" or "out" ? folder[w] : w)];
        BuiltProgram.Result variable =
            BuiltProgram.Run(all, null, new Dictionary<string, string> { [parts[0]] = parts[1] });
        BuiltProgram.Result word = BuiltProgram.Run([.. all, flag, parts[1]]);
        Assert.StartsWith($"voiceclean: {expected}", variable.Errors, StringComparison.Ordinal);
        Assert.StartsWith($"voiceclean: {flag} {parts[1]}", word.Errors, StringComparison.Ordinal);
        Assert.Equal(word.ExitCode, variable.ExitCode);
    }

    [Fact]
    public void A_misspelt_variable_is_said_on_standard_error_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        BuiltProgram.Result run = BuiltProgram.Run(
            [BuiltProgram.Sample("keyboard.wav"), folder["out.wav"], "--dry-run"],
            null,
            new Dictionary<string, string> { ["VOICECLEAN_STRENGHT"] = "0.9" });
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("did you mean VOICECLEAN_STRENGTH?", run.Errors, StringComparison.Ordinal);
    }
}

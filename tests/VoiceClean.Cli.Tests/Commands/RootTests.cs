using VoiceClean.Cli.Commands;
using VoiceClean.Errors;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class RootTests
{
    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help batch", "batch --help")]
    [InlineData("version", "--version")]
    [InlineData("in.wav out.wav", "clean in.wav out.wav")]
    [InlineData("--strength 0.4 in.wav out.wav", "clean --strength=0.4 in.wav out.wav")]
    [InlineData("[1].wav out.wav", "clean [1].wav out.wav")]
    [InlineData("batch -j2 in", "batch --jobs=2 in")]
    [InlineData("./batch out.wav", "clean ./batch out.wav")]
    [InlineData("unrelated out.wav", "clean unrelated out.wav")]
    public void The_command_stands_in_front_and_is_clean_where_none_is_named(string words, string expected) =>
        Assert.Equal(expected.Split(' '), Root.Complete(Root.Build(), words.Split(' ')));

    [Theory]
    [InlineData("bacth in -o out", "there is no command 'bacth'; did you mean batch?")]
    [InlineData("inspct x.wav", "there is no command 'inspct'; did you mean inspect?")]
    [InlineData("halp", "there is no command 'halp'; did you mean help?")]
    [InlineData("help bacth", "there is no command 'bacth'; did you mean batch?")]
    [InlineData("help me", "there is no command 'me'; 'voiceclean --help' lists them")]
    public void A_mistyped_command_is_named_with_what_was_meant(string words, string message)
    {
        var e = Assert.Throws<VoiceCleanException>(() => Root.Complete(Root.Build(), words.Split(' ')));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_and_version_are_commands()
    {
        BuiltProgram.Result version = BuiltProgram.Run("version");
        Assert.Equal(0, version.ExitCode);
        Assert.Equal(BuiltProgram.Run("--version").Text, version.Text);
        Assert.Equal(BuiltProgram.Run("batch", "--help").Text, BuiltProgram.Run("help", "batch").Text);
        Assert.Contains("--compress-ratio", BuiltProgram.Run("help", "tuning").Text, StringComparison.Ordinal);
    }
}

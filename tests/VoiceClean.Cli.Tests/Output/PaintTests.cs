using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class PaintTests
{
    [Theory]
    [InlineData("auto", false, null, "xterm", true)]
    [InlineData("auto", false, "", "xterm", true)]
    [InlineData("auto", false, "1", "xterm", false)]
    [InlineData("auto", false, null, "dumb", false)]
    [InlineData("auto", false, null, null, false)]
    [InlineData("auto", true, null, "xterm", false)]
    [InlineData("always", true, "1", "dumb", true)]
    [InlineData("never", false, null, "xterm", false)]
    public void Colour_is_for_terminals_unless_somebody_says_otherwise(
        string choice,
        bool isRedirected,
        string? noColor,
        string? term,
        bool expected) =>
        Assert.Equal(expected, Paint.IsAllowed(choice, isRedirected, name => name == "NO_COLOR" ? noColor : term));

    [Fact]
    public void Without_colour_the_words_are_the_same()
    {
        Assert.Equal("hopeless", Paint.With(Tone.Bad, "hopeless", isOn: false));
        Assert.Equal("\e[31mhopeless\e[0m", Paint.With(Tone.Bad, "hopeless", isOn: true));
        Assert.NotEqual(Paint.With(Tone.Good, "x", true), Paint.With(Tone.Fair, "x", true));
    }
}

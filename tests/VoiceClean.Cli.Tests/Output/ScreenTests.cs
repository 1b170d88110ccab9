using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class ScreenTests
{
    private const string Message = "the recording is too noisy to clean: 3 dB; record again nearer to the microphone.";

    [Fact]
    public void An_error_is_one_line_where_nothing_has_to_fit_a_terminal() =>
        Assert.Equal("voiceclean: " + Message, Screen.ErrorText(Message, columns: null, isColoured: false));

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(7)]
    public void On_a_terminal_an_error_breaks_between_words_and_loses_none(int columns)
    {
        string text = Screen.ErrorText(Message, columns, isColoured: false);

        Assert.Equal("voiceclean: " + Message, text.Replace('\n', ' '));
        Assert.All(text.Split('\n'), l => Assert.True(l.Length <= columns || !l.Contains(' '), l));
        Assert.Contains('\n', text);
    }

    [Fact]
    public void Colour_takes_no_columns() =>
        Assert.Equal(
            Screen.ErrorText(Message, 40, isColoured: false).Split('\n')[1..],
            Screen.ErrorText(Message, 40, isColoured: true).Split('\n')[1..]);
}

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
    public void A_warning_is_yellow_where_colour_is_allowed_and_breaks_as_without()
    {
        string plain = Screen.SentenceText("warning: " + Message, 40, isColoured: false),
            coloured = Screen.SentenceText("warning: " + Message, 40, isColoured: true);
        Assert.StartsWith("warning: the", plain, StringComparison.Ordinal);
        Assert.Equal("\e[33mwarning:\e[0m" + plain["warning:".Length..], coloured);
        Assert.Equal(Message, Screen.SentenceText(Message, null, isColoured: true));
    }

    [Theory]
    [InlineData("a\e[2K\r.wav", "a [2K .wav")]
    [InlineData("a\nb\tc\u009b.wav", "a b c .wav")]
    [InlineData("\e[31mfailed:\e[0m x\e[8m", "\e[31mfailed:\e[0m x [8m")]
    [InlineData("录音.wav", "录音.wav")]
    public void A_name_moves_no_cursor_and_hides_nothing(string name, string shown)
    {
        Assert.Equal(shown, Paint.OneLine(name));
        Assert.Equal("voiceclean: " + shown, Screen.ErrorText(name, null, isColoured: false));
        Assert.Equal(shown, Screen.SentenceText(name, null, isColoured: false));
        Assert.Equal($"keep\t{shown}\t{shown}", new DryStep("keep", name, name).Words);
    }

    [Fact]
    public void Colour_takes_no_columns() =>
        Assert.Equal(
            Screen.ErrorText(Message, 40, isColoured: false).Split('\n')[1..],
            Screen.ErrorText(Message, 40, isColoured: true).Split('\n')[1..]);

    [Fact]
    public void A_coloured_word_within_an_error_takes_the_columns_of_its_letters()
    {
        string[] plain = Screen.ErrorText("failed: " + Message, 40, isColoured: false).Split('\n');
        string[] coloured = Screen.ErrorText("\e[31mfailed:\e[0m " + Message, 40, isColoured: false).Split('\n');

        Assert.Equal(plain, coloured.Select(l => l.Replace("\e[31m", "").Replace("\e[0m", "")));
    }
}

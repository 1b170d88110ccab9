using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class CheckTextTests
{
    private const string Table =
        "dropped  anna/1.wav\n"
        + "           text_missing: without text there are no phonemes; the GPT stage leaves the clip out\n"
        + "     1 x text_missing (drop)\n"
        + "1 clip for gpt-sovits: 1 would be dropped, 0 trained with wrong words or none, 0 altered\n";

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void In_a_terminal_its_lines_fit_and_lose_no_word(int columns)
    {
        string fitted = CheckText.Fitted(Table, columns);
        Assert.All(fitted.Split('\n'), line => Assert.InRange(line.Length, 0, columns));
        Assert.Equal(Words(Table), Words(fitted));
        Assert.Contains("\n             ", fitted, StringComparison.Ordinal);

        static string[] Words(string text) =>
            text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void What_a_script_reads_stays_whole() => Assert.Equal(Table, CheckText.Fitted(Table, null));
}

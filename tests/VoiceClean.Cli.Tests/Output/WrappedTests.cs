using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class WrappedTests
{
    [Theory]
    [InlineData("one two three", 7, "one two|  three")]
    [InlineData("unbreakable", 4, "unbreakable")]
    [InlineData("  - a b", 5, "  - a|  b")]
    [InlineData("信噪比只有约十分贝", 8, "信噪比只|  有约十|  分贝")]
    [InlineData("测量录音。然后", 8, "测量录|  音。然|  后")]
    [InlineData("在（括号）里", 4, "在|  （括|  号）|  里")]
    [InlineData("用 --gate warn 吧", 8, "用|  --gate|  warn|  吧")]
    public void Lines_break_between_words_and_between_wide_characters(string text, int width, string expected) =>
        Assert.Equal(expected, string.Join('|', Wrapped.Lines(text, width, "  ")));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("信噪比 dB", 9)]
    [InlineData("，", 2)]
    public void A_wide_character_takes_two_columns(string text, int columns) =>
        Assert.Equal(columns, Wrapped.Columns(text));
}

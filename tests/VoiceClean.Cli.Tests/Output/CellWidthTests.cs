using System.Text;
using VoiceClean.Cli.Output;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a→b │ – é", 9)]
    [InlineData("噪声取自（头部）", 16)]
    [InlineData("ひらがな カタカナ ハンカク", 26)]
    [InlineData("한국어", 6)]
    [InlineData("e\u0301\u200d\n", 1)]       // an accent of its own, a joiner, a line feed
    [InlineData("🎤⌚✅", 6)]
    [InlineData("𠀋\U0001F004", 4)]
    public void Wide_characters_take_two_columns_and_marks_none(string text, int columns) =>
        Assert.Equal(columns, CellWidth.Of(text));

    [Fact]
    public void Every_character_takes_no_column_or_one_or_two()
    {
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (Rune.IsValid(value))
            {
                Assert.InRange(CellWidth.Of(new Rune(value)), 0, 2);
            }
        }
    }
}

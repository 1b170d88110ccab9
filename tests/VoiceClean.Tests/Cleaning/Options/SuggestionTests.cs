using VoiceClean.Cleaning.Options;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Options;

public class SuggestionTests
{
    [Theory]
    [InlineData("bacth", "batch")]
    [InlineData("--strengt", "--strength")]
    [InlineData("inspct", "inspect")]
    [InlineData("chekc", "check")]
    [InlineData("BATCH", "batch")]
    [InlineData("datasets", "dataset")]
    [InlineData("in", null)]
    [InlineData("recordings", null)]
    [InlineData("x", null)]
    public void The_nearest_word_within_a_slip_for_three_letters_is_meant(string word, string? meant) =>
        Assert.Equal(meant, Suggestion.For(word, ["clean", "batch", "inspect", "dataset", "check", "--strength"]));
}

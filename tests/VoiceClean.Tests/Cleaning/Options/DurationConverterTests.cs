using VoiceClean.Cleaning.Options;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Options;

public class DurationConverterTests
{
    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("0.5s", 0.5)]
    [InlineData("2min", 120)]
    [InlineData("4h", 14400)]
    [InlineData("3", 3)]
    public void Durations_carry_their_unit_and_a_bare_number_takes_the_given_one(string text, double seconds)
    {
        Assert.True(DurationConverter.TryParse(text, TimeSpan.FromSeconds(1), out TimeSpan duration));
        Assert.Equal(seconds, duration.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ms")]
    [InlineData("0,5s")]
    [InlineData("NaN")]
    [InlineData("1e300h")]
    public void Text_that_is_no_duration_is_not_taken_for_one(string text)
        => Assert.False(DurationConverter.TryParse(text, TimeSpan.FromSeconds(1), out _));
}

using VoiceClean.Runs.Selection;
using Xunit;

namespace VoiceClean.Tests.Runs.Selection;

public class GlobTests
{
    [Theory]
    [InlineData("*.wav", "a.wav", true)]
    [InlineData("*.wav", "sub/deep/A.WAV", true)]
    [InlineData("*.wav", "a.wav/b.mp3", false)]
    [InlineData("take?.wav", "take1.wav", true)]
    [InlineData("take?.wav", "take12.wav", false)]
    [InlineData("raw/*.wav", "raw/a.wav", true)]
    [InlineData("raw/*.wav", "raw/b/a.wav", false)]
    [InlineData("raw/*.wav", "x/raw/a.wav", false)]
    [InlineData("raw/**", "raw/b/c/a.wav", true)]
    [InlineData("**/old/*", "old/a.wav", true)]
    [InlineData("**/old/*", "x/y/old/a.wav", true)]
    [InlineData("**/old/**/*.mp3", "x/old/y/z/a.mp3", true)]
    [InlineData("/a.wav", "sub/a.wav", false)]
    [InlineData("/a.wav", "a.wav", true)]
    [InlineData("old/", "x/old", true)]
    public void A_name_pattern_holds_anywhere_and_a_path_pattern_from_the_root(
        string pattern,
        string path,
        bool expected) => Assert.Equal(expected, new Glob(pattern).Matches(path));
}

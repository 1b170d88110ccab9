using VoiceClean.Inspection;
using Xunit;

namespace VoiceClean.Tests.Inspection;

public class PitchJumpsTests
{
    // Lags in quarters of a millisecond, 0 = no pitch: the squeal of a metro (pitch 308, 82, 333, 80 ... Hz), voices.
    [Theory]
    [InlineData("squeal", 13, "13 49 12 50 50 50 50 13 12 50 13 13 48")]
    [InlineData("glide", 0, "30 29 28 27 26 26 25 24 24 23 22 22 21")]
    [InlineData("an octave now and then", 0, "30 29 28 56 54 27 26 25 24 24 23 22 22")]
    [InlineData("too short to tell", 0, "13 49 12 50 13 49 12")]
    [InlineData("a chime", 22, "13 13 13 50 50 50 50 50 12 50 12 49 49 48 47 47 47 47 47 12 47 47")]
    [InlineData("two runs", 8, "30 29 28 27 0 13 49 12 50 13 49 12 50 0 20")]
    public void Only_a_pitch_that_jumps_most_of_the_time_is_counted(string what, int expected, string lags)
    {
        byte[] values = [.. lags.Split(' ').Select(byte.Parse)];
        Assert.Equal((what, expected), (what, values.Count(l => l > 0) - Steady(values)));
    }

    private static int Steady(byte[] lags) => PitchJumps.Without([.. lags.Select(l => l > 0)], lags).Count(v => v);
}

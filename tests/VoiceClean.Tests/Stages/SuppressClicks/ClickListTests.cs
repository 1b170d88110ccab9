using VoiceClean.Stages.SuppressClicks;
using Xunit;

namespace VoiceClean.Tests.Stages.SuppressClicks;

/// <summary>What is decided from candidates alone.</summary>
public class ClickListTests
{
    [Theory]
    [InlineData(7, 0)]          // somebody laughs: seven syllables in a second
    [InlineData(12, 12)]        // somebody types
    public void Frequent_events_beside_a_voice_are_typing_only_where_there_are_eight(int count, int taken)
    {
        const double Hop = 0.002;
        var list = new ClickList();
        for (int frame = 0; frame < 5000; frame++)
        {
            list.CountLevel(frame % 5 == 0 ? -30 : -60);
        }

        float[] levels = [.. Enumerable.Repeat(-30f, ClickBands.Lanes)],
            excess = [.. Enumerable.Repeat(15f, ClickBands.Lanes)];
        for (int i = 0; i < count; i++)
        {
            list.Add(new ClickCandidate(1000 + (70 * i), 1000 + (70 * i), 15, -28, levels, excess));
        }

        Assert.Equal(taken, list.Decide(Hop, _ => false).Count);
    }

    [Fact]
    public void How_hard_a_key_is_struck_does_not_change_its_distance_from_the_others_and_a_tilted_spectrum_does()
    {
        var random = new Random(9);
        ClickCandidate[] keys =
        [
            .. Enumerable.Range(0, 9).Select(i => Event(i, b => -30 - (b * 2) + random.Next(-4, 5) + (5 * i))),
        ];
        var common = ClickSpectrum.Learn(keys);
        Assert.All(keys, k => Assert.InRange(common.DistanceDb(k), 0, 5));
        Assert.Equal(
            common.DistanceDb(keys[0]),
            common.DistanceDb(keys[0] with { Levels = [.. keys[0].Levels.Select(l => l + 17)] }),
            6);
        Assert.InRange(common.DistanceDb(Event(9, b => -60 + (b * 2))), 15, 30);

        static ClickCandidate Event(int frame, Func<int, float> level) =>
            new(
                frame,
                frame,
                20,
                -20,
                [.. Enumerable.Range(0, ClickBands.Lanes).Select(level)],
                [.. Enumerable.Repeat(20f, ClickBands.Lanes)]);
    }
}

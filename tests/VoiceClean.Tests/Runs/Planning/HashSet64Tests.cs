using VoiceClean.Runs.Planning;
using Xunit;

namespace VoiceClean.Tests.Runs.Planning;

/// <summary>It knows the hashes that the set of the class library knows.</summary>
public class HashSet64Tests
{
    [Fact]
    public void Hashes_that_crowd_one_place_are_told_apart()
    {
        var random = new Random(5);
        var set = new HashSet64();
        var known = new HashSet<ulong>();
        for (int i = 0; i < 20_000; i++)
        {
            ulong hash = ((ulong)random.Next(50) << 32) | (uint)random.Next(2, 300);
            Assert.Equal(known.Add(hash), set.Add(hash));
        }
    }

    [Fact]
    public void Two_sets_overlap_if_they_share_one()
    {
        HashSet64 some = new(), others = new();
        for (ulong i = 2; i < 5_000; i++)
        {
            some.Add(i * 3_000_000_007);
            others.Add((i * 3_000_000_007) + 1);
        }

        Assert.False(some.Overlaps(others));
        others.Add(4_000 * 3_000_000_007UL);
        Assert.True(some.Overlaps(others));
        Assert.True(others.Overlaps(some));
    }
}

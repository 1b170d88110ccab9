using VoiceClean.Dsp.Fourier;
using Xunit;

namespace VoiceClean.Dsp.Tests.Fourier;

public class UnitRootsTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(1024)]
    [InlineData(16_384)]
    [InlineData(1 << 20)]
    public void Every_root_has_the_bits_of_its_sine_and_cosine(int n)
    {
        var roots = new UnitRoots(n);
        int wrong = 0;
        for (int k = 0; k < n; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / n);
            (float re, float im) = k % (n / 4) == 0 ? roots[k] : ((float)cos, (float)-sin);
            wrong += roots[k] == (re, im) && roots[unchecked(k + (3 * n))] == (re, im) ? 0 : 1;
        }

        Assert.Equal(0, wrong);
    }

    [Fact]
    public void Quarter_turns_are_exact()
    {
        var roots = new UnitRoots(64);
        Assert.Equal([(1f, 0f), (0f, -1f), (-1f, 0f), (0f, 1f)], new[] { roots[0], roots[16], roots[32], roots[48] });
    }

    [Fact]
    public void A_shared_window_has_the_bits_of_one_of_its_own()
    {
        for (int length = 1; length <= 1 << 20; length *= 2)
        {
            Assert.Equal(Windows.PeriodicHann(length), Windows.SharedPeriodicHann(length).ToArray());
        }
    }
}

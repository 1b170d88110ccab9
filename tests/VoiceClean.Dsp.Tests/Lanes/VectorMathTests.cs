using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;
using Xunit;

namespace VoiceClean.Dsp.Tests.Lanes;

public class VectorMathTests
{
    [Fact]
    public void Exp2_is_within_1p5e_7_over_its_whole_range()
    {
        for (double x = -126; x < 127.4; x += 0.00737)
        {
            float at = (float)x;
            double y = VectorMath.Exp2(Vector256.Create(at))[3], exact = Math.Pow(2, at);
            Assert.InRange(Math.Abs(y - exact) / exact, 0, 1.5e-7);
        }
    }

    [Fact]
    public void Log2_is_within_2e_7_over_all_normal_numbers_and_near_one()
    {
        for (double e = -125.9; e < 127.9; e += 0.00737)
        {
            Check((float)Math.Pow(2, e));
        }

        for (float x = 0.9f; x < 1.1f; x += 0.0001f)
        {
            Check(x);
        }

        static void Check(float x)
        {
            double y = VectorMath.Log2(Vector256.Create(x))[5], exact = Math.Log2(x);
            Assert.InRange(Math.Abs(y - exact), 0, 2e-7 * Math.Max(1, Math.Abs(exact)));
        }
    }

    [Fact]
    public void Other_bases_follow()
    {
        for (float x = 1e-20f; x < 1e20f; x *= 1.37f)
        {
            Assert.Equal(
                Math.Log(x),
                VectorMath.Log(Vector256.Create(x))[0],
                2e-7 * Math.Max(1, Math.Abs(Math.Log(x))));
            Assert.Equal(
                Math.Log10(x),
                VectorMath.Log10(Vector256.Create(x))[0],
                1.2e-7 * Math.Max(1, Math.Abs(Math.Log2(x))));
        }

        for (float x = -80; x < 80; x += 0.037f)
        {
            Assert.Equal(1, VectorMath.Exp(Vector256.Create(x))[0] / Math.Exp(x), 1.5e-7 + (1e-7 * Math.Abs(x)));
        }
    }

    [Fact]
    public void Values_out_of_range_are_held_at_its_ends()
    {
        Assert.Equal(MathF.Pow(2, -126), VectorMath.Exp2(Vector256.Create(-1000f))[0]);
        Assert.True(float.IsFinite(VectorMath.Exp2(Vector256.Create(1000f))[0]));
        Assert.Equal(-126f, VectorMath.Log2(Vector256<float>.Zero)[0]);
        Assert.Equal(-126f, VectorMath.Log2(Vector256.Create(-1f))[0]);
    }
}

using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Quantizing;
using Xunit;

namespace VoiceClean.Dsp.Tests.Quantizing;

public class TpdfDitherTests
{
    [Fact]
    public void Dither_is_the_documented_function_of_seed_and_index()
    {
        var dither = new TpdfDither(0x0123456789ABCDEF);
        for (uint first = uint.MaxValue - 20; first != 24; first++)
        {
            Vector256<float> eight = dither.Eight(first);
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(Reference(0x89ABCDEF, 0x01234567, unchecked(first + (uint)lane)), eight[lane]);
            }
        }
    }

    [Fact]
    public void The_seed_of_a_clip_is_the_FNV1a_hash_of_its_id_in_UTF8()
    {
        // Published test vectors of FNV-1a 64: "" and "foobar".
        Assert.Equal(new TpdfDither(0xCBF29CE484222325).Eight(7), TpdfDither.FromId("").Eight(7));
        Assert.Equal(new TpdfDither(0x85944171F73967E8).Eight(7), TpdfDither.FromId("foobar").Eight(7));
        Assert.NotEqual(TpdfDither.FromId("a/b.wav").Eight(0), TpdfDither.FromId("a/c.wav").Eight(0));
    }

    [Fact]
    public void Dither_is_triangular_white_and_unrelated_between_clips()
    {
        const int N = 1 << 20;
        double[] a = Draw(TpdfDither.FromId("take1.wav"), N), b = Draw(TpdfDither.FromId("take2.wav"), N);
        double mean = 0, square = 0, outerQuarter = 0, cross = 0;
        double[] correlation = new double[65];
        for (int i = 0; i < N; i++)
        {
            mean += a[i] / N;
            square += a[i] * a[i] / N;
            outerQuarter += Math.Abs(a[i]) > 0.5 ? 1.0 / N : 0;
            cross += a[i] * b[i] / N;
            for (int lag = 1; lag < correlation.Length && i >= lag; lag++)
            {
                correlation[lag] += a[i] * a[i - lag] / N;
            }
        }

        double fiveSigma = 5 / Math.Sqrt(N);
        Assert.Equal(0, mean, fiveSigma * Math.Sqrt(1 / 6.0));
        Assert.Equal(1 / 6.0, square, fiveSigma * Math.Sqrt((1 / 15.0) - (1 / 36.0)));     // fourth moment 1/15
        Assert.Equal(0.25, outerQuarter, fiveSigma * Math.Sqrt(0.25 * 0.75));
        Assert.Equal(0, cross, fiveSigma / 6);
        Assert.All(correlation, c => Assert.Equal(0, c, fiveSigma / 6));
        Assert.True(a.Max() is > 0.99 and < 1 && a.Min() is < -0.99 and > -1);
    }

    private static double[] Draw(TpdfDither dither, int length)
    {
        double[] values = new double[length];
        for (int i = 0; i < length; i += 8)
        {
            Vector256<float> eight = dither.Eight((uint)i);
            for (int lane = 0; lane < 8; lane++)
            {
                values[i + lane] = eight[lane];
            }
        }

        return values;
    }

    private static float Reference(uint s0, uint s1, uint index)
    {
        uint z = Mix(unchecked(Mix(unchecked((index * 0x9E3779B9) + s0)) + s1));
        return ((int)(z & 0xFFFF) - (int)(z >> 16)) / 65536f;

        static uint Mix(uint z)
        {
            z = unchecked((z ^ (z >> 16)) * 0x85EBCA6B);
            z = unchecked((z ^ (z >> 13)) * 0xC2B2AE35);
            return z ^ (z >> 16);
        }
    }
}

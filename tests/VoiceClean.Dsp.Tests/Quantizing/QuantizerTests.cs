using VoiceClean.Dsp.Quantizing;
using VoiceClean.Dsp.Statistics;
using Xunit;

namespace VoiceClean.Dsp.Tests.Quantizing;

public class QuantizerTests
{
    [Fact]
    public void Every_16_bit_value_survives_undithered_and_counts_as_on_the_grid()
    {
        float[] samples = [.. Enumerable.Range(-32768, 65536).Select(k => k / 32768f)];
        Assert.True(Quantizer.IsOnGrid(samples, 16));
        Assert.Equal(Enumerable.Range(-32768, 65536), Quantize(samples, 16));
        Assert.True(Quantizer.IsOnGrid(samples, 24));
    }

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(1.5f, 2)]
    [InlineData(2.5f, 2)]
    [InlineData(-0.5f, 0)]
    [InlineData(-1.5f, -2)]
    [InlineData(-2.5f, -2)]
    [InlineData(2.4999998f, 2)]
    [InlineData(2.5000002f, 3)]
    [InlineData(-0.49999997f, 0)]
    [InlineData(32766.5f, 32766)]
    public void Halves_round_to_even(float steps, int expected)
    {
        for (int length = 1; length <= 17; length++)
        {
            float[] samples = new float[length];
            samples.AsSpan().Fill(steps / 32768);
            Assert.All(Quantize(samples, 16), v => Assert.Equal(expected, v));
        }
    }

    [Fact]
    public void Values_beyond_full_scale_clamp_and_not_a_number_becomes_zero()
        => Assert.Equal(
            [32767, 32767, -32768, 32767, -32768, 0, 32767, -32768, 0],
            Quantize(
                [
                    1f,
                    1.5f,
                    -1.00002f,
                    float.MaxValue,
                    float.MinValue,
                    float.NaN,
                    float.PositiveInfinity,
                    float.NegativeInfinity,
                    float.Epsilon,
                ],
                16));

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void Off_the_grid_is_what_is_no_multiple_of_a_step_or_lies_out_of_range(int bits)
    {
        float step = 1f / (1 << (bits - 1));
        foreach (
            float wrong in new[] { 1.5f * step, 1f, -1 - (2 * step), float.NaN, float.PositiveInfinity, step / 1024 })
        {
            for (int place = 0; place < 11; place++)
            {
                float[] samples = new float[11];
                Assert.True(Quantizer.IsOnGrid(samples, bits));
                samples[place] = wrong;
                Assert.False(Quantizer.IsOnGrid(samples, bits));
            }
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    public void Dithered_rounding_equals_the_plain_scalar_definition(int bits)
    {
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, 4099).Select(_ => (float)((random.NextDouble() * 2.1) - 1.05))];
        var dither = TpdfDither.FromId("x");
        int[] actual = new int[samples.Length];
        Quantizer.Quantize(samples, actual, bits, dither, 12345);
        double scale = 1 << (bits - 1);
        for (int i = 0; i < samples.Length; i++)
        {
            double v = (samples[i] * scale) + dither.Eight((uint)(12345 + i))[0];
            Assert.Equal((int)Math.Round(Math.Clamp(v, -scale, scale - 1), MidpointRounding.ToEven), actual[i]);
        }
    }

    [Fact]
    public void Dither_does_not_depend_on_how_the_samples_are_cut()
    {
        float[] samples = new float[10_000];
        int[] whole = new int[samples.Length], pieces = new int[samples.Length];
        var dither = TpdfDither.FromId("x");
        Quantizer.Quantize(samples, whole, 16, dither, 0);
        for (int at = 0, step = 1; at < samples.Length; at += step, step = (step % 23) + 1)
        {
            int length = Math.Min(step, samples.Length - at);
            Quantizer.Quantize(samples.AsSpan(at, length), pieces.AsSpan(at, length), 16, dither, at);
        }

        Assert.Equal(whole, pieces);
    }

    // Lipshitz et al.: with TPDF dither neither mean nor variance of the error depend on the signal; the variance is
    // 1/4 step².
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(-0.75)]
    public void The_error_has_mean_0_and_variance_a_quarter_whatever_the_signal(double steps)
    {
        const int N = 1 << 20;
        float[] samples = new float[N];
        samples.AsSpan().Fill((float)(steps / 32768));
        int[] values = new int[N];
        Quantizer.Quantize(samples, values, 16, TpdfDither.FromId("silence"), 0);
        double mean = values.Average(v => v - steps), variance = values.Average(v => (v - steps) * (v - steps));
        Assert.Equal(0, mean, 0.003);               // 6 sigma
        Assert.Equal(0.25, variance, 0.003);
    }

    [Theory]
    [InlineData(16, -93.3)]
    [InlineData(24, -141.5)]
    public void Dithered_silence_has_the_floor_of_the_specification(int bits, double expectedDb)
    {
        float[] samples = new float[1 << 19];
        int[] values = new int[samples.Length];
        Quantizer.Quantize(samples, values, bits, TpdfDither.FromId("floor"), 0);
        double power = values.Average(v => (double)v * v) * Math.Pow(2, -2 * (bits - 1));
        Assert.Equal(expectedDb, Decibels.FromPower(2 * power), 0.1);       // referred to a full-scale sine
    }

    // A tone of 0.33 steps vanishes when merely rounded; dithered it keeps its level within 0.06 dB and gets no
    // harmonic above -140 dBFS: non-subtractive dither of triangular density makes the mean of the error and its power
    // independent of the signal (Lipshitz, Wannamaker, Vanderkooy, J. Audio Eng. Soc. 40(5), 1992).
    [Fact]
    public void A_tone_of_minus_100_dBFS_keeps_its_level_within_0_06_dB_and_gets_no_harmonics()
    {
        const int N = 1 << 22, Bin = 130_669;      // 997 Hz at 32 kHz, a whole number of periods: bins are orthogonal
        float[] samples = new float[N];
        for (int i = 0; i < N; i++)
        {
            samples[i] = (float)(1e-5 * Math.Sin(2 * Math.PI * ((long)i * Bin % N) / N));
        }

        int[] values = new int[N];
        Quantizer.Quantize(samples, values, 16);
        Assert.False(values.AsSpan().ContainsAnyExcept(0));
        Quantizer.Quantize(samples, values, 16, TpdfDither.FromId("tone"), 0);
        Assert.Equal(-100, AmplitudeDb(values, Bin), 0.06);
        for (int harmonic = 2; harmonic <= 8; harmonic++)
        {
            double level = AmplitudeDb(values, harmonic * Bin);
            Assert.True(level < -140, $"harmonic {harmonic}: {level} dBFS");
        }
    }

    [Fact]
    public void Words_are_stored_low_byte_first()
    {
        int[] integers = [.. Enumerable.Range(-20, 41).Select(i => i * 1601)];
        byte[] two = new byte[2 * integers.Length], three = new byte[3 * integers.Length];
        Quantizer.PackInt16(integers, two);
        Quantizer.PackInt24(integers, three);
        for (int i = 0; i < integers.Length; i++)
        {
            Assert.Equal(integers[i], (short)(two[2 * i] | (two[(2 * i) + 1] << 8)));
            Assert.Equal(
                integers[i],
                (three[3 * i] | (three[(3 * i) + 1] << 8) | (three[(3 * i) + 2] << 16)) << 8 >> 8);
        }
    }

    private static double AmplitudeDb(int[] values, long bin)
    {
        double real = 0, imaginary = 0;
        int n = values.Length;
        for (int i = 0; i < n; i++)
        {
            if (values[i] != 0)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (i * bin % n) / n);
                real += values[i] / 32768.0 * cos;
                imaginary -= values[i] / 32768.0 * sin;
            }
        }

        return Decibels.FromAmplitude(2 * Math.Sqrt((real * real) + (imaginary * imaginary)) / n);
    }

    private static int[] Quantize(float[] samples, int bits)
    {
        int[] values = new int[samples.Length];
        Quantizer.Quantize(samples, values, bits);
        return values;
    }
}

using VoiceClean.Dsp.Resampling;
using VoiceClean.Testing.Signals;
using Xunit;
using static VoiceClean.Dsp.Tests.Resampling.ResamplerMeasurements;

namespace VoiceClean.Dsp.Tests.Resampling;

public class PolyphaseResamplerTests
{
    public static TheoryData<int> Rates =>
        [
            8_000,
            11_025,
            12_000,
            16_000,
            22_050,
            24_000,
            44_056,
            44_100,
            47_999,
            48_000,
            88_200,
            96_000,
            176_400,
            192_000,
        ];

    public static TheoryData<int> DownRates => [44_056, 44_100, 47_999, 48_000, 88_200, 96_000, 176_400, 192_000];

    public static TheoryData<int> UpRates => [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 31_999];

    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(47_999)]
    public void Any_number_of_threads_gives_the_same_bits(int rate)
    {
        float[] input = WhiteNoise.Uniform(300_001, seed: 1, amplitude: 0.5);
        float[] expected = Run(1, input.Length);
        Assert.Equal(expected, Run(2, input.Length));
        Assert.Equal(expected, Run(5, 70_000));

        float[] Run(int threads, int block)
        {
            var resampler = new PolyphaseResampler(rate, 32_000, threads);
            float[] output = new float[PolyphaseResampler.OutputLength(input.Length, rate, 32_000)];
            int done = 0;
            for (int at = 0; at < input.Length; at += block)
            {
                resampler.Write(input.AsSpan(at, Math.Min(block, input.Length - at)));
                Drain();
            }

            resampler.Finish();
            Drain();
            Assert.Equal(output.Length, done);
            return output;

            void Drain()
            {
                for (int count; (count = resampler.Read(output.AsSpan(done))) > 0;)
                {
                    done += count;
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_pass_band_is_flat_to_0_95_of_the_lower_Nyquist_frequency(int rate)
    {
        double edge = Edge(rate);
        double[] comb = [.. Enumerable.Range(0, 26).Select(k => 50 + k * (0.99 * edge - 50) / 25)];
        foreach ((double f, (double gain, _)) in comb.Zip(Response(rate, comb)))
        {
            if (f <= 0.95 * edge)
            {
                Assert.InRange(gain, f <= 0.90 * edge ? -0.01 : -0.1, 0.01);
            }
        }

        (double GainDb, double Delay)[] ends = Response(rate, 0.95 * edge, 0.96 * edge);
        Assert.InRange(ends[0].GainDb, -0.1, 0.01);
        Assert.InRange(ends[1].GainDb, -3, 0.01);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_settled_tone_leaves_nothing_beside_itself(int rate)
    {
        Assert.InRange(Residue(rate, 997), -200, -140);
        Assert.InRange(Residue(rate, 0.8 * Edge(rate)), -200, -130);
    }

    [Theory]
    [MemberData(nameof(DownRates))]
    public void Tones_above_the_output_band_do_not_alias_into_it(int rate)
    {
        Assert.InRange(Alias(rate, 16_000), -250, -110);
        foreach (double factor in new[] { 1.01, 1.02, 1.05, 1.1, 1.2, 1.3, 1.37 })
        {
            if (factor * 16_000 < rate / 2.0)
            {
                Assert.InRange(Alias(rate, factor * 16_000), -250, -120);
            }
        }
    }

    [Theory]
    [MemberData(nameof(UpRates))]
    public void Tones_of_the_input_band_leave_no_images_above_it(int rate)
    {
        foreach (double factor in new[] { 0.3, 0.5, 0.7, 0.9, 0.95, 0.98, 0.995 })
        {
            Assert.InRange(Residue(rate, factor * rate / 2), -200, -120);
        }
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void Two_tones_make_no_products(int rate)
    {
        Assert.InRange(TwoTone(rate), -200, -120);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_sweep_leaves_no_energy_off_its_ridge(int rate)
    {
        Assert.InRange(SweepOffRidge(rate), -200, -120);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void There_is_no_delay(int rate)
    {
        double[] comb = [.. Enumerable.Range(1, 9).Select(k => k * 0.1 * Edge(rate))];
        Assert.All(Response(rate, comb), r => Assert.InRange(r.Delay, -1e-7, 1e-7));

        float[] impulse = new float[3 * rate / 10];
        int at = rate / 7;
        impulse[at] = 1;
        float[] output = Resample(impulse, rate);
        int peak = Array.IndexOf(output, output.Max());
        Assert.InRange(peak - at * (double)OutputRate / rate, -0.5, 0.5);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void The_length_is_the_exact_ratio_rounded_up(int rate)
    {
        foreach (int n in new[] { 1, 2, 3, 100, 441, 12_345, 30_001, 44_101 })
        {
            Assert.Equal((int)(((long)n * OutputRate + rate - 1) / rate), Resample(new float[n], rate).Length);
        }
    }

    [Theory]
    [InlineData(44_101, 32_001)]
    [InlineData(30_001, 21_770)]
    [InlineData(12_345, 8_958)]
    public void Known_lengths_from_44_1_to_32_kHz(int input, int output)
        => Assert.Equal(output, Resample(new float[input], 44_100).Length);

    [Theory]
    [MemberData(nameof(Rates))]
    public void A_recording_that_begins_and_ends_at_full_level_keeps_it(int rate)
    {
        // 1 kHz, cosine at the start: the mirror image continues it.
        float[] input = Waves.Sine(rate / 2, rate, 1000, 1, Math.PI / 2);
        float[] output = Resample(input, rate);
        float[] expected = Waves.Sine(output.Length, OutputRate, 1000, 1, Math.PI / 2);
        Assert.InRange(output[0], 0.999f, 1.001f);
        // what follows lies behind the last input sample
        int last = (int)((input.Length - 1L) * OutputRate / rate);
        Assert.InRange(output[last] - expected[last], -0.2f, 0.2f);
        for (int i = OutputRate / 200; i < output.Length / 2; i++)
        {
            Assert.InRange(output[i] - expected[i], -1e-5f, 1e-5f);
        }
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(22_050)]
    [InlineData(47_999)]
    public void The_bits_do_not_depend_on_the_size_of_the_blocks(int rate)
    {
        var random = new Random(7);
        float[] input = [.. Enumerable.Range(0, 30_011).Select(_ => random.NextSingle() * 2 - 1)];
        float[] whole = Resample(input, rate);
        foreach (int block in new[] { 1, 7, 480, 20_000 })
        {
            Assert.Equal(whole, Resample(input, rate, block: block));
        }
    }

    [Fact]
    public void Overshoot_is_not_clipped()
    {
        float[] square = [.. Enumerable.Range(0, 44_100).Select(i => i / 50 % 2 == 0 ? 1f : -1f)];
        Assert.InRange(Resample(square, 44_100).Max(), 1.05f, 1.3f);
    }

    [Theory]
    [MemberData(nameof(Rates))]
    public void One_sample_and_silence_and_DC_come_out_as_they_are(int rate)
    {
        Assert.All(Resample([0.5f], rate), s => Assert.Equal(0.5f, s, 1e-6f));
        Assert.All(Resample(new float[5000], rate), s => Assert.Equal(0f, s));
        float[] dc = new float[5000];
        Array.Fill(dc, -0.25f);
        Assert.All(Resample(dc, rate), s => Assert.Equal(-0.25f, s, 1e-6f));
    }

    [Fact]
    public void An_empty_stream_stays_empty() => Assert.Empty(Resample([], 44_100));
}

using VoiceClean.Reporting.Pictures;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Reporting.Pictures;

public class SpectrogramViewTests
{
    private const int Rate = 32_000, Width = 40, Height = 128;

    [Theory]
    [InlineData(1000, 1, 1024)]
    [InlineData(4000, 0.1, 1024)]
    [InlineData(12_000, 0.01, 1024)]
    [InlineData(4000, 0.1, 256)]
    [InlineData(4000, 0.1, 4096)]
    public void A_sine_is_a_line_at_its_frequency_with_its_level(double hertz, double amplitude, int frameLength)
    {
        float[] sine = Waves.Sine(Rate, Rate, hertz, amplitude);
        SpectrogramView view = View(0, Rate) with { FrameLength = frameLength };
        byte[] picture = view.Draw(SampleReaders.Of(sine), 1, default);
        ReadOnlySpan<byte> column = picture.AsSpan(Width / 2 * Height, Height);
        byte loudest = column.ToArray().Max();
        Assert.Equal((int)(hertz / (Rate / 2.0) * Height), column.IndexOf(loudest), 1.0);
        double level = -110 + (110 * loudest / 255.0);

        // Between two lines a Hann window shows 1.4 dB less.
        Assert.InRange(level - (20 * Math.Log10(amplitude)), -1.7, 0.3);
    }

    [Fact]
    public void In_mel_the_lower_half_of_the_rows_shows_the_lowest_octaves()
    {
        float[] sine = Waves.Sine(Rate, Rate, 1000, 1);
        byte[] picture = (View(0, Rate) with { IsMel = true }).Draw(SampleReaders.Of(sine), 1, default);
        byte[] column = picture[..Height];
        double mel = 2595 * Math.Log10(1 + (1000 / 700.0)) / (2595 * Math.Log10(1 + (16_000 / 700.0)));
        Assert.Equal(mel * Height, Array.IndexOf(column, column.Max()), 2.0);
    }

    [Fact]
    public void A_click_between_frames_is_not_lost_and_what_lies_outside_is_silent()
    {
        float[] samples = new float[60 * Rate];
        samples[(30 * Rate) + 77] = 1;
        byte[] near = View(29.99 * Rate, 0.02 * Rate).Draw(SampleReaders.Of(samples), 1, default);
        Assert.True(near.Max() > 100);
        Assert.Equal(0, View(-2.0 * Rate, Rate).Draw(SampleReaders.Of(samples), 1, default).Max());
        Assert.Equal(0, View(70.0 * Rate, Rate).Draw(SampleReaders.Of(samples), 1, default).Max());
    }

    [Fact]
    public void Any_number_of_threads_draws_the_same()
    {
        float[] samples = SyllablesInNoise.Make(3, seed: 1);
        SampleReader read = SampleReaders.Of(samples);
        SpectrogramView view = View(0, samples.Length) with { Width = 333 };
        Assert.Equal(view.Draw(read, 1, default), view.Draw(read, 4, default));
    }

    [Fact]
    public void A_difference_is_what_was_taken_in_decibels()
    {
        float[] before = SyllablesInNoise.Make(3, seed: 1);
        float[] after = [.. before.Select(s => s / 4)];
        byte[] taken = View(0, before.Length)
            .DrawDifference(SampleReaders.Of(before), SampleReaders.Of(after), 1, default);
        Assert.All(taken, b => Assert.Equal(-12.04, -110 + (110 * b / 255.0), 0.3));
    }

    [Fact]
    public void Peaks_are_the_least_and_the_greatest_of_each_column_and_hide_nothing()
    {
        float[] samples = new float[1000];
        (samples[150], samples[151], samples[999]) = (0.5f, -0.25f, 2);
        sbyte[] pairs = [.. Peaks(samples, 0, 1000, 10).Select(b => unchecked((sbyte)b))];
        Assert.Equal([0, 0, -32, 64], pairs[..4]);
        Assert.Equal([0, 127], pairs[^2..]);
        Assert.All(Peaks(samples, 2000, 100, 10), b => Assert.Equal(0, b));

        // A column of a minute is read in blocks.
        float[] minute = new float[60 * Rate];
        (minute[8191], minute[^1]) = (-1, 0.5f);
        Assert.Equal([unchecked((byte)-127), 64], Peaks(minute, 0, minute.Length, 1));

        // Closer than a sample each column shows the one it lies in.
        Assert.Equal(64, (sbyte)Peaks(samples, 150, 1, 4)[7]);
    }

    private static byte[] Peaks(float[] samples, double from, double length, int width) =>
        WaveformPeaks.Of(SampleReaders.Of(samples), samples.Length, from, length, width);

    private static SpectrogramView View(double from, double length) => new(from, length, Width, Height, Rate, false);
}

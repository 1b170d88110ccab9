using VoiceClean.Reporting.Pictures;
using VoiceClean.Testing.Signals;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Reporting.Pictures;

public class SoundImageTests
{
    [Fact]
    public void A_tone_is_one_bright_line_at_its_frequency_and_silence_is_dark()
    {
        float[] samples = [.. Waves.Sine(32_000, 32_000, 4_000, amplitude: 0.1), .. new float[32_000]];
        byte[] grey = Grey(SpectrogramImage.Draw(samples, 0, CancellationToken.None));
        int[] bright = [.. Enumerable.Range(0, SpectrogramImage.Height).OrderByDescending(y => At(grey, y, 100))];
        int expected = SpectrogramImage.Height - 1 - (int)(SpectrogramImage.Height * 4_000 / 16_000.0);
        Assert.InRange(bright[0], expected - 1, expected + 1);
        Assert.All(
            Enumerable.Range(0, SpectrogramImage.Height),
            y => Assert.InRange(At(grey, y, SpectrogramImage.Width - 50), 0, 1));
    }

    [Fact]
    public void More_gain_is_a_lighter_picture()
    {
        float[] samples = WhiteNoise.Gaussian(32_000, seed: 3, 0.001);
        Assert.True(
            Grey(SpectrogramImage.Draw(samples, 20, CancellationToken.None)).Average(b => b)
                > Grey(SpectrogramImage.Draw(samples, 0, CancellationToken.None)).Average(b => b) + 20);
    }

    [Fact]
    public void The_waveform_shows_what_was_cut_in_another_colour()
    {
        float[] samples = Waves.Sine(32_000, 32_000, 100, amplitude: 0.5);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["w.png"], WaveformImage.Draw(samples, 1, [(0, 0.25)]));
        byte[] rgba = ExternalProgram.Ffmpeg("-i", folder["w.png"], "-f", "rawvideo", "-pix_fmt", "rgba", "-");
        Assert.Equal([0x8A, 0x8F, 0x98, 255], Pixel(20));
        Assert.Equal([0x3E, 0x83, 0xD6, 255], Pixel(WaveformImage.Width - 20));

        byte[] Pixel(int x) =>
            [.. rgba.Skip(4 * ((WaveformImage.Height / 2 * WaveformImage.Width) + x)).Take(4)];
    }

    [Fact]
    public void A_sound_shorter_than_a_column_is_drawn_too()
    {
        Assert.NotEmpty(SpectrogramImage.Draw([0.5f], 0, CancellationToken.None));
        Assert.NotEmpty(WaveformImage.Draw([0.5f], 1, []));
    }

    private static byte At(byte[] grey, int y, int x) => grey[(y * SpectrogramImage.Width) + x];

    private static byte[] Grey(byte[] png)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["s.png"], png);
        return ExternalProgram.Ffmpeg("-i", folder["s.png"], "-f", "rawvideo", "-pix_fmt", "gray", "-");
    }
}

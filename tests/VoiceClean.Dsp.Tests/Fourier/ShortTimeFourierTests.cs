using VoiceClean.Dsp.Fourier;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Dsp.Tests.Fourier;

public class ShortTimeFourierTests
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(255, 256)]
    [InlineData(1024, 256)]
    [InlineData(20000, 256)]
    [InlineData(20001, 512)]
    [InlineData(20001, 128)]
    public void Unchanged_frames_give_the_clip_back_including_its_ends_even_in_place(int sampleCount, int hop)
    {
        float[] x = WhiteNoise.Uniform(sampleCount, seed: 1, amplitude: 0.5), y = [.. x];
        var stft = ShortTimeFourier.SqrtHann(1024, hop);
        RoundTrip(stft, y);
        for (int n = 0; n < sampleCount; n++)
        {
            Assert.Equal(x[n], y[n], 1e-6);
        }
    }

    [Fact]
    public void The_framing_of_scipy_drops_an_incomplete_last_frame_and_leaves_its_samples_alone()
    {
        // scipy.signal.stft(zeros(2000), nperseg=1024, noverlap=768, padded=False): 2000/256 + 1 = 8 frames
        var stft = ShortTimeFourier.Scipy(1024, 256);
        Assert.Equal(8, stft.FrameCount(2000));
        Assert.Equal(-512, stft.FrameStart(0));
        float[] x = WhiteNoise.Uniform(2000, seed: 1, amplitude: 0.5), y = [.. x];
        RoundTrip(stft, y);
        for (int n = 0; n < (8 - 1) * 256; n++)
        {
            Assert.Equal(x[n], y[n], 1e-6);
        }
    }

    [Fact]
    public void Analysis_of_a_frame_equals_window_and_transform()
    {
        float[] x = WhiteNoise.Uniform(4096, seed: 1, amplitude: 0.5);
        var stft = ShortTimeFourier.Scipy(1024, 256);
        float[] re = new float[513],
            im = new float[513],
            re2 = new float[513],
            im2 = new float[513],
            frame = new float[1024];
        stft.Analyze(x, 5, re, im);
        float[] window = Windows.PeriodicHann(1024);
        for (int n = 0; n < 1024; n++)
        {
            frame[n] = x[(5 * 256) - 512 + n] * window[n];
        }

        RealFft.For(1024).Forward(frame, re2, im2);
        Assert.Equal(re2, re);
        Assert.Equal(im2, im);
    }

    [Fact]
    public void A_run_that_starts_in_the_middle_gives_the_bits_of_the_whole_run()
    {
        float[] x = WhiteNoise.Uniform(30000, seed: 1, amplitude: 0.5), whole = [.. x], part = new float[30000];
        var stft = ShortTimeFourier.SqrtHann(1024, 256);
        RoundTrip(stft, whole);
        OverlapAdder adder = stft.CreateOverlapAdder(x.Length, 40);
        float[] re = new float[513], im = new float[513];
        for (int t = 40; t < stft.FrameCount(x.Length); t++)
        {
            stft.Analyze(x, t, re, im);
            adder.Add(re, im, part);
        }

        int from = (int)stft.FrameStart(43);
        Assert.Equal(whole[from..], part[from..]);
        Assert.Equal(new float[from], part[..from]);
    }

    [Fact]
    public void Windows_have_their_closed_forms()
    {
        Assert.Equal([0f, 0.5f, 1f, 0.5f], Windows.PeriodicHann(4));
        Assert.Equal([0f, 0.5f, 1f, 0.5f, 0f], Windows.SymmetricHann(5));
        Assert.Equal([1f], Windows.SymmetricHann(1));
        float[] root = Windows.PeriodicSqrtHann(64);
        for (int n = 0; n < 32; n++)
        {
            Assert.Equal(1, (root[n] * root[n]) + (root[n + 32] * root[n + 32]), 1e-6);
        }
    }

    internal static void RoundTrip(ShortTimeFourier stft, float[] samples)
    {
        OverlapAdder adder = stft.CreateOverlapAdder(samples.Length);
        float[] re = new float[stft.BinCount], im = new float[stft.BinCount];
        for (int t = 0; t < stft.FrameCount(samples.Length); t++)
        {
            stft.Analyze(samples, t, re, im);
            adder.Add(re, im, samples);
        }
    }
}

using VoiceClean.Audio;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

public class ClippingReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Runs_of_three_at_full_scale_count_wherever_blocks_end(int block)
    {
        float[] x = new float[100];
        x.AsSpan(10, 2).Fill(1);                   // two are a peak that just fits
        x.AsSpan(20, 3).Fill(-1);
        x.AsSpan(40, 8).Fill(32767f / 32768);
        (x[60], x[61], x[62]) = (1, -1, 1);        // not equal
        x.AsSpan(97, 3).Fill(1);
        SourceClipping found = Scan(x, 1, block);
        Assert.Equal((14, 100), (found.ClippedSamples, found.SampleCount));
        Assert.Equal([0.2, 0.4, 0.97], found.Times);
        Assert.Equal(0.14, found.Share);
    }

    [Fact]
    public void Channels_are_looked_at_on_their_own_and_the_worst_counts()
    {
        float[] x = new float[200];
        for (int i = 20; i < 30; i++)
        {
            x[2 * i] = 1;                          // left only
        }

        x[91] = 1;
        SourceClipping found = Scan(x, 2, 64);
        Assert.Equal((10, 100), (found.ClippedSamples, found.SampleCount));
        Assert.Equal([0.2], found.Times);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 64)]
    [InlineData(3, 7)]
    public void The_largest_sample_is_that_of_the_channels_that_count(int channels, int block)
    {
        float[] x = new float[300 * channels];
        (x[0], x[37 * channels], x[299 * channels]) = (0.25f, -0.5f, 0.375f);
        x[150 * channels + channels - 1] = -0.75f;
        using var reader = new ClippingReader(new ArrayReader(x, channels));
        float[] buffer = new float[block * channels];
        while (reader.Read(buffer) > 0)
        {
        }

        Assert.Equal(0.75, reader.Found().SamplePeak);
        Assert.Equal(channels == 1 ? 0.75 : 0.5, reader.Found(channel => channel == 0).SamplePeak);
    }

    private static SourceClipping Scan(float[] samples, int channels, int block)
    {
        using var reader = new ClippingReader(new ArrayReader(samples, channels));
        float[] buffer = new float[block * channels];
        while (reader.Read(buffer) > 0)
        {
        }

        return reader.Found();
    }

    private sealed class ArrayReader(float[] samples, int channels) : IAudioReader
    {
        private int _at;

        public AudioFormat Format { get; } = new(100, channels) { BitDepth = 16 };

        public long? SampleCount => samples.Length;

        public int Read(Span<float> interleaved)
        {
            int count = Math.Min(interleaved.Length, samples.Length - _at);
            samples.AsSpan(_at, count).CopyTo(interleaved);
            _at += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}

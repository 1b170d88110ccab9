using VoiceClean.Audio;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats.Loading;

public class ClipLoaderTests
{
    private static AudioClip Load(byte[] file, LoadOptions? options = null) =>
        ClipLoader.Load(
            new MemoryStream(file),
            "a/b.wav",
            options ?? new LoadOptions(),
            AudioDecoders.CreateDefault(),
            TestContext.Current.CancellationToken);

    [Fact]
    public void A_stereo_file_becomes_a_mono_clip_at_the_wanted_rate()
    {
        using AudioClip clip = Load(
            new WavBuilder { Channels = 2, Rate = 44_100 }.Build(WavBuilder.Bytes16(WavBuilder.Tone(44_101, 2))));
        Assert.Equal(32_000, clip.SampleRate);
        Assert.Equal(32_001, clip.Samples.Length);
        InputFormat format = clip.Findings.Get<InputFormat>();
        Assert.Equal(
            ("wav", "wav", 44_100, 2, 16),
            (
                format.Format.Container,
                format.Format.Decoder,
                format.Format.SampleRate,
                format.Format.Channels,
                format.Format.BitDepth));
        Assert.Equal(44_101 / 44_100.0, format.Duration.TotalSeconds, 1e-6);
    }

    [Fact]
    public void A_recording_beyond_the_limit_is_refused_while_it_is_decoded()
    {
        var options = new LoadOptions { Limits = new DecodeLimits { MaxDuration = TimeSpan.FromSeconds(1) } };
        InputException e = Assert.Throws<InputException>(() =>
            Load(new WavBuilder { Rate = 8000 }.Build(new byte[16_002]), options));
        Assert.Equal(ReasonCodes.TooLong, e.Code);
        Assert.Contains("longer than 1 s;", e.Message, StringComparison.Ordinal);
        using AudioClip longest = Load(new WavBuilder { Rate = 8000 }.Build(new byte[16_000]), options);
        Assert.Equal(32_000, longest.Samples.Length);
    }

    [Fact]
    public void A_header_that_declares_too_much_is_refused_before_anything_is_decoded()
    {
        var options = new LoadOptions { Limits = new DecodeLimits { MaxDuration = TimeSpan.FromHours(1) } };
        using var source = new CountingStream(new WavBuilder { Rate = 100 }.Build(new byte[4_000_000]));
        var refused = Assert.Throws<InputException>(() =>
            ClipLoader.Load(
                source, "a", options, AudioDecoders.CreateDefault(), TestContext.Current.CancellationToken));
        Assert.InRange(source.BytesRead, 1, 200_000);        // an hour is 720,000
        Assert.Equal(ReasonCodes.TooLong, refused.Code);
        Assert.Contains("longer than 1 h;", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_channel_that_is_used_counts_as_clipped()
    {
        short[] tone = WavBuilder.Tone(channels: 2);
        for (int i = 1; i < tone.Length; i += 2)
        {
            tone[i] = tone[i] > 0 ? short.MaxValue : short.MinValue;
        }

        byte[] file = new WavBuilder { Channels = 2 }.Build(WavBuilder.Bytes16(tone));
        using AudioClip left = Load(file, new LoadOptions { Channel = ChannelChoice.Left });
        using AudioClip right = Load(file, new LoadOptions { Channel = ChannelChoice.Right });
        Assert.Equal(0, left.Findings.Get<SourceClipping>().ClippedSamples);
        Assert.Empty(left.Findings.Get<SourceClipping>().Times);
        Assert.InRange(right.Findings.Get<SourceClipping>().Share, 0.9, 1);
    }

    [Fact]
    public void Samples_that_are_not_numbers_become_silence_with_a_warning()
    {
        float[] samples = [.. Enumerable.Repeat(0.25f, 100)];
        (samples[3], samples[40], samples[99], samples[50]) = (
            float.NaN,
            float.PositiveInfinity,
            float.NegativeInfinity,
            5f);
        byte[] data = new byte[400];
        Buffer.BlockCopy(samples, 0, data, 0, 400);
        using AudioClip clip = Load(new WavBuilder { Tag = 3, Bits = 32, Rate = 32_000 }.Build(data));
        Assert.Equal([0f, 0f, 0f, 5f], [clip.Samples[3], clip.Samples[40], clip.Samples[99], clip.Samples[50]]);
        Assert.Equal([WarningCodes.NonfiniteSamples], clip.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_read_all_the_same()
    {
        byte[] file = new WavBuilder
        {
            Rate = 32_000,
            DataSizeClaim = 0xFFFFFFFF,
            RiffSizeClaim = 0xFFFFFFFF,
        }.Build(WavBuilder.Bytes16(WavBuilder.Tone()));
        using AudioClip clip = ClipLoader.Load(
            new PipeStream(file),
            "-",
            new LoadOptions(),
            AudioDecoders.CreateDefault(),
            TestContext.Current.CancellationToken);
        Assert.Equal(WavBuilder.Tone().Select(s => s / 32768f), clip.Samples.ToArray());
    }

    [Theory]
    [InlineData("a.mp3", true)]
    [InlineData("a.WAV", false)]
    [InlineData("a.v2", false)]
    [InlineData("-", false)]
    public void A_name_that_says_something_else_is_worth_a_warning(string id, bool warned)
    {
        byte[] file = new WavBuilder().Build(WavBuilder.Bytes16(WavBuilder.Tone()));
        using AudioClip clip = ClipLoader.Load(
            new MemoryStream(file),
            id,
            new LoadOptions(),
            AudioDecoders.CreateDefault(),
            TestContext.Current.CancellationToken);
        Assert.Equal(warned ? [WarningCodes.WrongExtension] : [], clip.Warnings.Select(w => w.Code));
    }

    [Fact]
    public void Cancellation_stops_the_loading()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        byte[] file = new WavBuilder().Build(WavBuilder.Bytes16(WavBuilder.Tone()));
        Assert.Throws<OperationCanceledException>(() =>
            ClipLoader.Load(new MemoryStream(file), "a", new LoadOptions(), AudioDecoders.CreateDefault(), source.Token)
        );
    }

    [Fact]
    public void The_stream_is_closed_whatever_happens()
    {
        foreach (byte[] file in new[] { new WavBuilder().Build(WavBuilder.Bytes16(WavBuilder.Tone())), [1, 2, 3], [] })
        {
            var stream = new MemoryStream(file);
            Record.Exception(() =>
                ClipLoader
                    .Load(
                        stream,
                        "a",
                        new LoadOptions(),
                        AudioDecoders.CreateDefault(),
                        TestContext.Current.CancellationToken)
                    .Dispose());
            Assert.False(stream.CanRead);
        }
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    [InlineData(192_000)]
    public void Every_coding_and_channel_count_comes_to_a_clip_of_the_right_length(int rate)
    {
        foreach ((int tag, int bits) in new[] { (1, 8), (1, 16), (1, 24), (1, 32), (3, 32), (3, 64), (6, 8), (7, 8) })
        {
            foreach (int channels in new[] { 1, 2, 3, 6, 8 })
            {
                int length = rate / 20;
                byte[] data = new byte[length * channels * bits / 8];
                using AudioClip clip = Load(
                    new WavBuilder
                    {
                        Tag = (ushort)tag,
                        Bits = (ushort)bits,
                        Channels = (ushort)channels,
                        Rate = (uint)rate,
                    }.Build(data));
                Assert.Equal((length * 32_000L + rate - 1) / rate, clip.Samples.Length);
            }
        }
    }

    private sealed class PipeStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, 777));
    }

    private sealed class CountingStream(byte[] file) : MemoryStream(file)
    {
        public long BytesRead { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = base.Read(buffer);
            BytesRead += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = base.Read(buffer, offset, count);
            BytesRead += read;
            return read;
        }
    }
}

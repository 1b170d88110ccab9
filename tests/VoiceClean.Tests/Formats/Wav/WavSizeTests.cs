using VoiceClean.Errors;
using VoiceClean.Formats;
using Xunit;
using static VoiceClean.Tests.Formats.Wav.NastyWav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Sizes that lie: files as broken writers, crashed recorders and cut copies leave them.</summary>
public class WavSizeTests
{
    [Theory]
    [InlineData(0u)] // 1: a crashed recorder
    [InlineData(0xFFFFFFFFu)] // 2: a pipe
    [InlineData(0x7FFFFFFFu)] // 3
    [InlineData(0xFFFFFFDBu)] // a pipe that subtracts its header
    public void Sizes_that_cannot_be_true_mean_to_the_end_of_the_file(uint size) =>
        AssertWhole(
            Decode(new WavBuilder { DataSizeClaim = size, RiffSizeClaim = size }.Build(Data)),
            WarningCodes.MalformedHeader);

    [Fact]
    public void The_outer_size_does_not_matter()
        => AssertWhole(Decode(new WavBuilder { RiffSizeClaim = 0 }.Build(Data)));

    [Fact]
    public void A_file_cut_in_mid_frame_keeps_its_whole_frames()
    {
        byte[] file = new WavBuilder().Build(Data);
        Decoded decoded = Decode(file[..(44 + 2 * 5499 + 1)]);
        Assert.Equal(Expected[..5499], decoded.Samples);
        Assert.Equal([WarningCodes.Truncated, WarningCodes.Truncated], decoded.Codes);
    }

    [Fact]
    public void More_audio_than_declared_is_not_believed()
    {
        Decoded decoded = Decode(new WavBuilder { DataSizeClaim = 8000 }.Build(Data));
        Assert.Equal(Expected[..4000], decoded.Samples);
        Assert.Equal([WarningCodes.MalformedHeader], decoded.Codes);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    public void Chunks_behind_samples_of_unknown_length_are_not_played(uint size)
    {
        var builder = new WavBuilder();
        byte[] info = [.. "INFOISFT"u8, 8, 0, 0, 0, .. "Lavf59.0"u8];
        byte[] after = [.. builder.Chunk("LIST", info), .. builder.Chunk("id3 ", new byte[33])];
        AssertWhole(
            Decode(new WavBuilder { DataSizeClaim = size, RiffSizeClaim = size, AfterData = after }.Build(Data)),
            WarningCodes.MalformedHeader);
    }

    [Fact]
    public void The_samples_of_all_data_chunks_are_read_one_after_the_other()
    {
        var builder = new WavBuilder();
        byte[] rest =
        [
            .. builder.Chunk("LIST", new byte[26]),
            .. builder.Chunk("data", Data[6000..9000]),
            .. builder.Chunk("data", []),
            .. builder.Chunk("data", Data[9000..]),
        ];
        Decoded decoded = Decode(new WavBuilder { AfterData = rest }.Build(Data[..6000]));
        AssertWhole(decoded, WarningCodes.MalformedHeader);
        Assert.Contains("3 data chunks", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_behind_the_declared_samples_is_said_in_seconds()
    {
        Decoded decoded = Decode(new WavBuilder { DataSizeClaim = 8000 }.Build(Data));
        Assert.Contains("(0.250 s", decoded.Warnings[0].Message, StringComparison.Ordinal);
        Assert.Contains(
            "(0.031 s)",
            Decode(new WavBuilder().Build(Data)[..^1000]).Warnings[0].Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_frame_at_the_end_is_dropped()
    {
        Decoded decoded = Decode(new WavBuilder { Channels = 2 }.Build(Data[..^2]));
        Assert.Equal(Expected[..^2], decoded.Samples);
        Assert.Equal([WarningCodes.Truncated], decoded.Codes);
    }

    [Fact]
    public void No_sample_at_all_is_an_empty_file()
    {
        Assert.Equal(ReasonCodes.EmptyFile, Refuse(new WavBuilder().Build([])).Code);
        Assert.Equal(
            ReasonCodes.EmptyFile,
            Refuse(new WavBuilder { AfterData = new WavBuilder().Chunk("LIST", new byte[26]) }.Build([])).Code);
        Assert.Equal(ReasonCodes.EmptyFile, Refuse(new WavBuilder { Channels = 2 }.Build(new byte[3])).Code);
    }

    [Fact]
    public void A_size_that_wrapped_at_4_GiB_is_seen_through()
    {
        // 4 GiB + 16,000 bytes of samples behind a 32-bit size that kept only the 16,000.
        byte[] start = new WavBuilder { DataSizeClaim = 16_000 }.Build([]);
        using var file = new SparseStream(start, (4L << 30) + 16_000);
        using IAudioReader reader = WavOnly.Open(file, new DecodeLimits());
        Assert.Equal(((4L << 30) + 16_000) / 2, reader.SampleCount);
        Assert.Equal([WarningCodes.MalformedHeader], reader.Warnings.Select(w => w.Code));
    }

    /// <summary>A header, then zeros without end.</summary>
    private sealed class SparseStream(byte[] start, long zeros) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => start.Length + zeros;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int available = (int)Math.Min(count, Math.Max(0, Length - Position));
            for (int i = 0; i < available; i++, Position++)
            {
                buffer[offset + i] = Position < start.Length ? start[Position] : (byte)0;
            }

            return available;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

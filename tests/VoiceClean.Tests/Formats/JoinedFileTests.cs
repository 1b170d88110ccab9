using System.Buffers.Binary;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What stands behind the sound that a header declares is neither lost without a word nor played.</summary>
public class JoinedFileTests
{
    private static readonly byte[] Data = WavBuilder.Bytes16(WavBuilder.Tone());

    private static readonly byte[] Note = [.. "NOTE"u8, 0, 0, 0, 4, 127, 1, 127, 2];

    [Fact]
    public void Two_WAV_files_joined_are_both_there()
    {
        byte[] file = new WavBuilder().Build(Data);
        Decoded one = Decoded.From(file), two = Decoded.From([.. file, .. file]);
        Assert.Equal([.. one.Samples, .. one.Samples], two.Samples);
        Assert.Contains("2 data chunks", Assert.Single(two.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_WAV_file_of_another_format_joined_on_is_named()
    {
        byte[] file = new WavBuilder().Build(Data), other = new WavBuilder { Rate = 22_050 }.Build(Data);
        Decoded decoded = Decoded.From([.. file, .. other]);
        Assert.Equal(Decoded.From(file).Samples, decoded.Samples);
        Assert.Contains(decoded.Warnings, w => w.Code == WarningCodes.Truncated
            && w.Message.Contains("goes on in another format", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chunk_behind_samples_whose_length_is_too_large_is_not_played()
    {
        byte[] note = [.. "note"u8, 12, 0, 0, 0, .. new byte[12]];
        note.AsSpan(8).Fill(0x7F);
        byte[] file = [.. new WavBuilder().Build(Data), .. note];
        int at = file.AsSpan().IndexOf("data"u8) + 4;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)Data.Length + 5000);
        Decoded decoded = Decoded.From(file);
        Assert.Equal(Data.Length / 2, decoded.Length);
        Assert.Contains("5,000 bytes", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0u, 1u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void An_AIFF_of_unknown_length_ends_where_its_last_chunks_begin(uint size, uint frames)
    {
        Decoded decoded = Decoded.From(Aiff(size, frames == 1 ? (uint)Data.Length / 2 : frames));
        Assert.Equal(Data.Length / 2, decoded.Length);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void An_AIFF_joined_on_is_named()
    {
        byte[] file = Aiff((uint)Data.Length + 8, (uint)Data.Length / 2);
        Assert.Contains(
            FormattableString.Invariant($"{file.Length:N0} bytes behind the declared end"),
            Assert.Single(Decoded.From([.. file, .. file]).Warnings).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_AU_that_declares_no_samples_is_read_to_its_end()
    {
        Requires.Ffmpeg();
        byte[] file = [.. ".snd"u8, .. Numbers(24, 0, 3, 8000, 1), .. new byte[16_000]];
        Assert.Equal(8000, Decoded.From(file).Length);
    }

    [Fact]
    public void What_an_AU_holds_behind_its_declared_end_is_named()
    {
        Requires.Ffmpeg();
        byte[] file = [.. ".snd"u8, .. Numbers(24, 8000, 3, 8000, 1), .. new byte[16_000]];
        Decoded decoded = Decoded.From(file);
        Assert.Equal(4000, decoded.Length);
        Assert.Contains("8,000 bytes behind", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
        Assert.Contains("(0.500 s", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_MP4_joined_on_is_no_second_track_and_is_named()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", folder["x.m4a"]);
        byte[] file = File.ReadAllBytes(folder["x.m4a"]);
        Decoded decoded = Decoded.From([.. file, .. file]);
        Assert.Equal(Decoded.From(file).Samples, decoded.Samples);
        Assert.Contains("was joined on", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    private static byte[] Aiff(uint size, uint frames)
    {
        byte[] samples = [.. Data];
        for (int i = 0; i < samples.Length; i += 2)
        {
            (samples[i], samples[i + 1]) = (samples[i + 1], samples[i]);
        }

        byte[] common = [0, 1, .. Numbers(frames), 0, 16, 0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];
        byte[] body =
        [
            .. "AIFFCOMM"u8, .. Numbers((uint)common.Length), .. common,
            .. "SSND"u8, .. Numbers(size, 0, 0), .. samples, .. Note,
        ];
        return [.. "FORM"u8, .. Numbers((uint)body.Length), .. body];
    }

    private static byte[] Numbers(params uint[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }
}

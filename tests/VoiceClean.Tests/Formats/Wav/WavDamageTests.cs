using VoiceClean.Errors;
using VoiceClean.Formats;
using Xunit;
using static VoiceClean.Tests.Formats.Wav.NastyWav;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>Files that change, end or fail while they are read.</summary>
public class WavDamageTests
{
    [Fact]
    public void A_file_that_changes_while_it_is_read_is_refused()
    {
        var file = new MemoryStream();
        file.Write(new WavBuilder().Build(Data));
        using IAudioReader reader = WavOnly.Open(file, new DecodeLimits());
        float[] block = new float[100];
        Assert.Equal(100, reader.Read(block));
        file.SetLength(5000);
        Assert.Equal(ReasonCodes.Truncated, Assert.Throws<InputException>(() =>
        {
            while (reader.Read(block) > 0)
            {
            }
        }).Code);
    }

    [Fact]
    public void A_disk_that_fails_in_mid_file_is_an_input_error()
    {
        using IAudioReader reader = WavOnly.Open(new FailingStream(new WavBuilder().Build(Data)), new DecodeLimits());
        Assert.Equal(ReasonCodes.IoError, Assert.Throws<InputException>(() =>
        {
            while (reader.Read(new float[100]) > 0)
            {
            }
        }).Code);
    }

    [Fact]
    public void Every_truncation_is_a_clear_refusal_or_a_shorter_recording()
    {
        var builder = new WavBuilder();
        byte[] file = new WavBuilder
        {
            Channels = 2,
            FormatLength = 40,
            ValidBits = 16,
            BeforeData = builder.Chunk("bext", new byte[602]),
            AfterData = builder.Chunk("LIST", new byte[26]),
        }.Build(Data[..3000]);
        for (int length = 0; length < file.Length; length++)
        {
            try
            {
                Decoded decoded = Decode(file[..length]);
                Assert.Equal(Expected[..decoded.Samples.Length], decoded.Samples);
                Assert.True(decoded.Samples.Length > 0);
            }
            catch (InputException e)
            {
                Assert.True(
                    e.Code is ReasonCodes.EmptyFile or ReasonCodes.Truncated,
                    $"{length} bytes: {e.Code} {e.Message}");
            }
        }
    }

    /// <summary>Fails from the middle on.</summary>
    private sealed class FailingStream(byte[] content) : MemoryStream(content)
    {
        public override int Read(Span<byte> buffer) =>
            Position < Length / 2
                ? base.Read(buffer[..(int)Math.Min(buffer.Length, Length / 2 + 1 - Position)])
                : throw new IOException("Input/output error");
    }
}

using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Mp3;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp3;

/// <summary>MP3 by NLayer's frames and our own walk agrees with ffmpeg in place, length and samples.</summary>
public class Mp3DecoderTests
{
    private static Decoded Decode(byte[] file)
    {
        var decoders = new AudioDecoders();
        decoders.Add(new Mp3Decoder());
        return Decoded.From(file, decoders: decoders);
    }

    private static (byte[] File, float[] Expected) Encode(string settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        const string source = "aevalsrc=0.3*sin(300*2*PI*t)+0.2*sin(2000*2*PI*t)*sin(3*t):s=44100:d=2";
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", source, .. settings.Split(' '), folder["x.mp3"]]);
        byte[] expected = ExternalProgram.Ffmpeg("-i", folder["x.mp3"], "-f", "f32le", "-");
        return (File.ReadAllBytes(folder["x.mp3"]), MemoryMarshal.Cast<byte, float>(expected).ToArray());
    }

    [Theory]
    [InlineData("-b:a 128k")]
    [InlineData("-q:a 4")]
    [InlineData("-q:a 4 -write_xing 0")]
    [InlineData("-b:a 96k -abr 1")]
    [InlineData("-b:a 128k -ac 2")]
    [InlineData("-b:a 128k -ac 2 -joint_stereo 0")]
    [InlineData("-b:a 32k -ar 22050")]
    [InlineData("-b:a 24k -ar 16000")]
    [InlineData("-b:a 24k -ar 11025")]
    public void Samples_agree_with_ffmpeg(string settings)
    {
        (byte[] file, float[] expected) = Encode(settings);
        Decoded decoded = Decode(file);
        Assert.Equal(expected.Length, decoded.Samples.Length);
        Assert.Empty(decoded.Warnings);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(decoded.Samples[i] - expected[i], -1e-5f, 1e-5f);
        }
    }

    [Fact]
    public void At_8_kHz_the_next_decoder_is_asked() =>
        Assert.Equal(
            ReasonCodes.UnsupportedFormat,
            Assert.Throws<InputException>(() => Decode(Encode("-b:a 16k -ar 8000").File)).Code);

    // A stream of one bitrate becomes one of the free format if its headers no longer tell the rate.
    [Theory]
    [InlineData("-b:a 128k -write_xing 0")]
    [InlineData("-b:a 320k -ac 2 -ar 32000 -write_xing 0")]
    [InlineData("-b:a 24k -ar 16000 -write_xing 0")]
    public void The_free_format_is_decoded_as_the_stream_that_tells_its_rate(string settings)
    {
        (byte[] file, _) = Encode(settings);
        byte[] free = (byte[])file.Clone();
        int at = MpegFrames.Find(file, out MpegFrameHeader header), frames = 0;
        for (; at + 4 <= file.Length && MpegFrameHeader.TryParse(file.AsSpan(at), out header); at += header.Length)
        {
            free[at + 2] &= 0x0F;
            frames++;
        }

        Assert.InRange(frames, 40, 200);
        Decoded expected = Decode(file), decoded = Decode(free);
        Assert.Equal(expected.Samples, decoded.Samples);
        Assert.Equal(expected.Warnings, decoded.Warnings);
        Assert.Equal("mp3", Decoded.From(free).Format.Container);
    }
}

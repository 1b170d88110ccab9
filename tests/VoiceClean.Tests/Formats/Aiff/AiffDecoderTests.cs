using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Formats.Aiff;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Aiff;

/// <summary>AIFF and AIFC give the bits that ffmpeg gives.</summary>
public class AiffDecoderTests
{
    private static Decoded Decode(byte[] file)
    {
        var decoders = new AudioDecoders();
        decoders.Add(new AiffDecoder());
        return Decoded.From(file, decoders: decoders);
    }

    private static (byte[] File, float[] Expected) Encode(string settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        const string source = "aevalsrc=0.5*sin(300*t)+0.1*random(0)|0.2*sin(500*t):s=44100:d=0.5";
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", source, .. settings.Split(' '), folder["x.aiff"]]);
        byte[] expected = ExternalProgram.Ffmpeg("-i", folder["x.aiff"], "-f", "f32le", "-");
        return (File.ReadAllBytes(folder["x.aiff"]), MemoryMarshal.Cast<byte, float>(expected).ToArray());
    }

    [Theory]
    [InlineData("-c:a pcm_s8")]
    [InlineData("-c:a pcm_s16be")]
    [InlineData("-c:a pcm_s16le")]
    [InlineData("-c:a pcm_s24be")]
    [InlineData("-c:a pcm_s32be")]
    [InlineData("-c:a pcm_f32be")]
    [InlineData("-c:a pcm_f64be")]
    [InlineData("-c:a pcm_alaw")]
    [InlineData("-c:a pcm_mulaw")]
    public void Every_coding_is_read_to_the_bit(string settings)
    {
        (byte[] file, float[] expected) = Encode(settings);
        Decoded decoded = Decode(file);
        Assert.Equal(expected, decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void A_cut_file_gives_what_there_is_and_says_how_much_is_missing()
    {
        (byte[] file, float[] expected) = Encode("-c:a pcm_s16be");
        Decoded decoded = Decode(file[..(file.Length / 2)]);
        Assert.Equal(expected[..decoded.Samples.Length], decoded.Samples);
        Assert.Equal(WarningCodes.Truncated, Assert.Single(decoded.Warnings).Code);
    }
}

using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp4;

/// <summary>MP4 behind an ID3v2 tag, as taggers leave it that were told it is MP3.</summary>
public class Mp4TagTests
{
    [Theory]
    [InlineData("-c:a aac", "aac")]
    [InlineData("-c:a aac -movflags frag_keyframe+empty_moov -frag_duration 500000", "aac")]
    [InlineData("-c:a libopus", "opus")]
    [InlineData("-c:a flac -strict -2 -movflags faststart", "flac")]
    [InlineData("-c:a alac", "ffmpeg")]
    public void Sound_behind_an_ID3_tag_is_the_same(string coding, string decoder)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", "aevalsrc=0.3*sin(900*t):d=2:s=48000", .. coding.Split(' '), "-f", "mp4",
            folder["a.m4a"],
        ]);
        byte[] file = File.ReadAllBytes(folder["a.m4a"]);
        Decoded plain = Decoded.From(file);
        Decoded tagged = Decoded.From([.. "ID3\u0004\0\0\0\0\u0002\0"u8, .. new byte[256], .. file]);
        Assert.Equal(decoder, plain.Format.Decoder);
        Assert.Equal(plain.Format, tagged.Format);
        Assert.Equal(plain.Samples, tagged.Samples);
        Assert.Empty(tagged.Warnings);
    }
}

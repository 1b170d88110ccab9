using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp4;

/// <summary>Opus in MP4, as browsers record it: in fragments, copied from WebM, with and without an edit.</summary>
public class Mp4SoundTests
{
    private const int Rate = 48_000;

    [Theory]
    [InlineData("")]
    [InlineData("-movflags frag_keyframe+empty_moov")]
    [InlineData("-use_editlist 0")]
    public void Opus_copied_from_WebM_begins_at_the_same_sample(string words)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", $"aevalsrc=0.3*sin(900*t)+0.1*random(0):d=2:s={Rate}", "-c:a", "libopus",
            folder["a.webm"],
        ]);
        ExternalProgram.Ffmpeg([
            "-i", folder["a.webm"], "-c", "copy", .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            folder["a.mp4"],
        ]);
        Decoded webm = Decoded.From(File.ReadAllBytes(folder["a.webm"]));
        Decoded mp4 = Decoded.From(File.ReadAllBytes(folder["a.mp4"]));
        Assert.Equal(("mp4", "opus"), (mp4.Format.Container, mp4.Format.Decoder));
        Assert.Empty(mp4.Warnings);
        Assert.Equal(webm.Samples, mp4.Samples[..webm.Length]);

        // The padding of the last frame is said by no box of fragments.
        Assert.InRange(mp4.Length, webm.Length, webm.Length + 960);
    }
}

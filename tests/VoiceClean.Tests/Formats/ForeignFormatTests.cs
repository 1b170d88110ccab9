using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What none of our rules reads.</summary>
public class ForeignFormatTests
{
    [Theory]
    [InlineData("mp2", "mp2", "-c:a mp2")]
    [InlineData("dts", "dts", "-c:a dca -strict -2")]
    [InlineData("voc", "voc", "-f voc")]
    [InlineData("nut", "nut", "-f nut")]
    [InlineData("rm", "rm", "-c:a ac3 -f rm")]
    [InlineData("sbc", "other", "-c:a sbc")]
    [InlineData("latm", "other", "-c:a aac")]
    public void What_no_rule_of_ours_reads_is_offered_to_ffmpeg(string extension, string container, string settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        string path = folder["x." + extension];
        ExternalProgram.Ffmpeg([
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=0.3*sin(440*2*PI*t):s=44100:d=1",
            .. settings.Split(' '),
            path,
        ]);
        Decoded decoded = Decoded.From(File.OpenRead(path));      // SBC is known by its name
        Assert.Equal(("ffmpeg", container), (decoded.Format.Decoder, decoded.Format.Container));
        Assert.InRange(decoded.Length, 44_000, 48_000);
    }

    [Fact]
    public void Pictures_and_random_bytes_are_no_recordings_for_ffmpeg_either()
    {
        Requires.Ffmpeg();
        byte[] picture = ExternalProgram.Ffmpeg(
            "-f", "lavfi", "-i", "testsrc", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "-");
        byte[] noise = new byte[5000];
        new Random(8).NextBytes(noise);
        foreach (byte[] content in new[] { picture, noise })
        {
            Assert.Equal(
                ReasonCodes.UnsupportedFormat,
                Assert.Throws<InputException>(() => Decoded.From(content)).Code);
        }
    }
}

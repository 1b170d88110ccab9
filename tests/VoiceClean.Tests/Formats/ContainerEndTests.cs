using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What libsndfile and ffmpeg leave out of a file without a word of theirs.</summary>
public class ContainerEndTests
{
    private const string Sound = "aevalsrc=0.3*sin(900*t)+0.1*random(0):d=2:s=44100";

    [Theory]
    [InlineData("adpcm.wav", "adpcm_ms")]
    [InlineData("x.caf", "pcm_s16be")]
    [InlineData("alac.m4a", "alac")]
    [InlineData("x.mov", "pcm_s16le")]
    [InlineData("x.wma", "wmav2")]
    public void Another_file_joined_on_to_a_container_is_named(string name, string coding)
    {
        byte[] file = Encoded(name, coding);
        Decoded alone = Decoded.From(file), joined = Decoded.From([.. file, .. file]);
        Assert.Empty(alone.Warnings);
        Assert.InRange(joined.Length, alone.Length - 2048, alone.Length + 2048);
        Assert.Contains(
            joined.Warnings,
            w => w.Code == WarningCodes.Truncated
                && w.Message.Contains($"was joined on at byte {file.Length}", StringComparison.Ordinal));
        foreach (byte[] tail in (byte[][])[[.. "TAG"u8, .. new byte[125]], new byte[5000]])
        {
            Assert.DoesNotContain(Decoded.From([.. file, .. tail]).Warnings, w => w.Code == WarningCodes.Truncated);
        }
    }

    [Fact]
    public void ADPCM_that_is_cut_says_how_much_it_declared()
    {
        byte[] file = Encoded("adpcm.wav", "adpcm_ms");
        Decoded cut = Decoded.From(file[..(file.Length * 6 / 10)]);
        Warning warning = Assert.Single(cut.Warnings);
        Assert.Equal(WarningCodes.Truncated, warning.Code);
        Assert.Matches(@"^The file ends after 1\.2\d\d s where it declares (1\.99|2\.00)\d s\.$", warning.Message);
    }

    [Fact]
    public void MP3_in_a_WAV_file_comes_out_whole_and_no_damage_is_invented()
    {
        byte[] file = Encoded("mp3.wav", "libmp3lame");
        Decoded decoded = Decoded.From(file);
        Assert.Empty(decoded.Warnings);
        Assert.InRange(decoded.Length, 88_200, 88_200 + (3 * 1152));
        Assert.Equal(decoded.Samples, Decoded.From([.. file, .. "TAG"u8, .. new byte[125]]).Samples);
    }

    [Theory]
    [InlineData("x.mp3", "libmp3lame", "0.026")]
    [InlineData("x.aac", "aac", "0.023")]
    public void A_stream_without_a_length_that_ends_within_a_frame_says_so(string name, string coding, string seconds)
    {
        byte[] file = Encoded(name, coding, "-write_xing", "0");
        Assert.Empty(Decoded.From(file).Warnings);
        foreach (int missing in (int[])[1, 50])
        {
            Warning warning = Assert.Single(Decoded.From(file[..^missing]).Warnings);
            Assert.Equal(WarningCodes.Truncated, warning.Code);
            Assert.Equal($"The file ends within a frame: {seconds} s or more are missing.", warning.Message);
        }
    }

    [Fact]
    public void Pauses_that_AMR_does_not_send_keep_their_length()
    {
        Requires.Ffmpeg();
        // Frames of 12.2 kbit/s, and in the middle a second of which nothing was sent.
        var random = new Random(1);
        byte[] frame = new byte[32], file = [.. "#!AMR\n"u8];
        for (int i = 0; i < 150; i++)
        {
            random.NextBytes(frame);
            frame[0] = (7 << 3) | 4;
            file = [.. file, .. i is >= 50 and < 100 ? [(15 << 3) | 4] : frame];
        }

        Decoded decoded = Decoded.From(file);
        Assert.InRange(decoded.Length, (3 * 8000) - 160, (3 * 8000) + 160);
        Assert.Equal(0, decoded.Samples[(8000 + 400)..(16_000 - 400)].Max(Math.Abs));
        Assert.Contains("pauses that a telephone", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    private static byte[] Encoded(string name, string coding, params string[] more)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        string[] own = name == "x.mp3" ? more : [];
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", Sound, "-c:a", coding, .. own, folder[name]]);
        return File.ReadAllBytes(folder[name]);
    }
}

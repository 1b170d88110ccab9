using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Matroska;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Matroska;

/// <summary>What a Matroska or WebM file says of its own length.</summary>
public class MatroskaLengthTests
{
    [Theory]
    [InlineData("x.mkv", "aac")]
    [InlineData("x.webm", "libopus")]
    [InlineData("x.mka", "flac")]
    public void A_declared_length_is_found(string name, string codec)
    {
        double declared = MatroskaHeader.Read(new MemoryStream(Recording(name, codec))).Seconds ?? 0;
        Assert.InRange(declared, 2.99, 3.06);
    }

    [Fact]
    public void A_recording_that_declares_more_than_allowed_is_refused_before_it_is_decoded()
    {
        byte[] file = Recording("x.webm", "libopus");
        using (IAudioReader reader = AudioDecoders.CreateDefault().Open(new MemoryStream(file), new DecodeLimits()))
        {
            Assert.InRange(reader.SampleCount ?? 0, 2.99 * 48_000, 3.06 * 48_000);
        }

        var options = new LoadOptions { Limits = new DecodeLimits { MaxDuration = TimeSpan.FromSeconds(2) } };
        var refused = Assert.Throws<InputException>(
            () => ClipLoader.Load(new MemoryStream(file), "x.webm", options, AudioDecoders.CreateDefault(), default));
        Assert.Equal(ReasonCodes.TooLong, refused.Code);
    }

    [Theory]
    [InlineData("x.mkv", "aac")]
    [InlineData("x.webm", "libopus")]
    public void A_file_that_was_cut_says_how_long_it_is_and_was(string name, string codec)
    {
        byte[] file = Recording(name, codec);
        Decoded cut = Decoded.From(file[..(file.Length * 6 / 10)]);
        Warning warning = Assert.Single(cut.Warnings);
        Assert.Equal(WarningCodes.Truncated, warning.Code);
        Assert.Matches(@"ends after 1\.\d+ s where it declares 3\.0\d+ s", warning.Message);
    }

    [Fact]
    public void A_recorder_that_streams_declares_nothing()
    {
        byte[] live = Recording("x.webm", "libopus", "-live", "1");
        Assert.Null(MatroskaHeader.Read(new MemoryStream(live)).Seconds);
        Assert.Empty(Decoded.From(live).Warnings);
    }

    [Fact]
    public void A_file_cut_anywhere_or_changed_anywhere_ends_the_search()
    {
        byte[] file = Recording("x.mkv", "aac")[..600];
        for (int i = 0; i < file.Length; i++)
        {
            _ = MatroskaHeader.Read(new MemoryStream(file[..i])).Seconds;
            byte[] changed = [.. file];
            changed[i] ^= 0xFF;
            Assert.True(MatroskaHeader.Read(new MemoryStream(changed)).Seconds is null or > 0);
        }
    }

    private static byte[] Recording(string name, string codec, params string[] settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg(
            ["-f", "lavfi", "-i", "aevalsrc=0.2*sin(900*t)+0.05*random(0):d=3:s=48000", "-c:a", codec, .. settings,
                folder[name]]);
        return File.ReadAllBytes(folder[name]);
    }
}

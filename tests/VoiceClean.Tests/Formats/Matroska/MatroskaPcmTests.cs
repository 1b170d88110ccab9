using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Matroska;

/// <summary>Plain samples in Matroska and WebM, as browsers and recorders of screens write them.</summary>
public class MatroskaPcmTests
{
    [Theory]
    [InlineData("pcm_u8", 1)]
    [InlineData("pcm_s16le", 1)]
    [InlineData("pcm_s16be", 2)]
    [InlineData("pcm_s24le", 2)]
    [InlineData("pcm_s32le", 1)]
    [InlineData("pcm_f32le", 2)]
    [InlineData("pcm_f64le", 1)]
    public void Samples_are_those_of_the_WAV_file(string coding, int channels)
    {
        Decoded wav = Decoded.From(Encoded("x.wav", coding.Replace("be", "le", StringComparison.Ordinal), channels));
        Decoded decoded = Decoded.From(Encoded("x.mkv", coding, channels));
        Assert.Equal("pcm", decoded.Format.Decoder);
        Assert.Equal((44_100, channels), (decoded.Format.SampleRate, decoded.Format.Channels));
        Assert.Equal(wav.Samples, decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void Two_files_joined_are_both_there_and_one_of_another_rate_is_named()
    {
        byte[] file = Encoded("x.mkv", "pcm_s16le", 1), other = Encoded("x.mkv", "pcm_s16le", 1, "22050");
        Decoded one = Decoded.From(file);
        Decoded two = Decoded.From([.. file, .. file]);
        Assert.Equal([.. one.Samples, .. one.Samples], two.Samples);
        Assert.Empty(two.Warnings);
        Decoded mixed = Decoded.From([.. file, .. other]);
        Assert.Equal(one.Samples, mixed.Samples[..one.Length]);
        Assert.NotEmpty(mixed.Warnings);
    }

    [Fact]
    public void A_cut_and_a_hole_are_told_with_their_seconds_and_the_rest_stays_in_its_place()
    {
        byte[] file = Encoded("x.mkv", "pcm_s16le", 1);
        float[] whole = Decoded.From(file).Samples;
        Decoded cut = Decoded.From(file[..(file.Length * 6 / 10)]);
        Assert.Equal(whole[..cut.Length], cut.Samples);
        Assert.Contains(WarningCodes.Truncated, cut.Codes);
        file.AsSpan(file.Length / 2, 20_000).Clear();
        Decoded holed = Decoded.From(file);
        Assert.Contains(WarningCodes.DamagedData, holed.Codes);
        Assert.InRange(holed.Length, whole.Length - 300, whole.Length + 300);
        Assert.Equal(whole[..20_000], holed.Samples[..20_000]);
        SampleAgreement.AssertInPlace(whole[^8000..^1000], holed.Samples[^8000..^1000], 20, 300);
    }

    private static byte[] Encoded(string name, string coding, int channels, string rate = "44100")
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", "aevalsrc=0.3*sin(900*t)+0.1*random(0):d=2:s=44100", "-ac", $"{channels}", "-ar", rate,
            "-c:a", coding, folder[name],
        ]);
        return File.ReadAllBytes(folder[name]);
    }
}

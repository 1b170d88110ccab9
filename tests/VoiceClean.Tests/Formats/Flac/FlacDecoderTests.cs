using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Formats.Flac;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Flac;

/// <summary>Our FLAC decoder delivers the bits that ffmpeg delivers, and what is damaged stays in its place.</summary>
public class FlacDecoderTests
{
    private const string Stereo =
        "aevalsrc=0.3*sin(440*2*PI*t)+0.05*random(0)|0.3*sin(440*2*PI*t)+0.02*random(1):s=44100:d=2";

    private const string Surround =
        "aevalsrc=0.3*sin(440*2*PI*t)|0.2*sin(450*t)|random(1)*0.1|0|0.5*sin(50*t)|0.1*random(3):c=5.1:s=48000:d=1";

    private static AudioDecoders FlacOnly()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new FlacDecoder());
        return decoders;
    }

    private static Decoded Decode(byte[] file) => Decoded.From(file, decoders: FlacOnly());

    private static byte[] Encode(string source, string settings, string extension = "flac")
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        string path = folder["x." + extension];
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", source, "-c:a", "flac", .. settings.Split(' '), path]);
        return File.ReadAllBytes(path);
    }

    private static float[] Reference(byte[] file)
    {
        using var folder = new TemporaryFolder();
        string path = folder["x"];
        File.WriteAllBytes(path, file);
        return MemoryMarshal.Cast<byte, float>(ExternalProgram.Ffmpeg("-i", path, "-f", "f32le", "-")).ToArray();
    }

    [Theory]
    [InlineData(Stereo, "-compression_level 0")]
    [InlineData(Stereo, "-compression_level 5")]
    [InlineData(Stereo, "-compression_level 8 -sample_fmt s16")]
    [InlineData(Stereo, "-compression_level 12 -sample_fmt s32")]
    [InlineData(Stereo, "-ch_mode left_side -sample_fmt s16")]
    [InlineData(Stereo, "-ch_mode right_side -sample_fmt s16")]
    [InlineData(Stereo, "-ch_mode mid_side -sample_fmt s32")]
    [InlineData(Stereo, "-lpc_type cholesky -min_prediction_order 20 -max_prediction_order 32 -sample_fmt s16")]
    [InlineData(Surround, "-sample_fmt s32")]
    [InlineData("anoisesrc=r=96000:d=1:a=0.5", "-sample_fmt s32")]
    [InlineData("anoisesrc=r=8000:d=1:a=0.5", "-frame_size 16 -sample_fmt s16")]
    [InlineData("aevalsrc=0:s=44100:d=1", "-sample_fmt s16")]
    [InlineData("aevalsrc=random(0)/256:s=44100:d=1", "-af volume=256:precision=fixed -sample_fmt s32")] // wasted bits
    public void Every_setting_of_the_encoder_is_decoded_to_the_bit(string source, string settings)
    {
        byte[] file = Encode(source, settings);
        Decoded decoded = Decode(file);
        Assert.Equal(Reference(file), decoded.Samples);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void FLAC_in_Ogg_is_decoded_to_the_bit()
    {
        byte[] file = Encode(Stereo, "-sample_fmt s16", "oga");
        Decoded decoded = Decode(file);
        Assert.Equal(Reference(file), decoded.Samples);
        Assert.Equal(("flac", "ogg"), (decoded.Format.Decoder, decoded.Format.Container));
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("oga")]
    public void A_damaged_frame_becomes_silence_and_all_else_stays_in_its_place(string extension)
    {
        byte[] file = Encode(Stereo, "-sample_fmt s16", extension);
        float[] whole = Decode(file).Samples;
        for (int i = 0; i < 200; i++)
        {
            file[file.Length / 2 + i] ^= 0x5A;
        }

        Decoded decoded = Decode(file);
        Assert.Equal(whole.Length, decoded.Samples.Length);
        int[] wrong = [.. Enumerable.Range(0, whole.Length).Where(i => whole[i] != decoded.Samples[i])];
        Assert.InRange(wrong[^1] - wrong[0], 1, 2 * 2 * 4608 * (extension == "oga" ? 8 : 1));
        Assert.All(wrong, i => Assert.Equal(0, decoded.Samples[i]));
        Warning warning = Assert.Single(decoded.Warnings);
        Assert.Equal(WarningCodes.DamagedData, warning.Code);
        Assert.Contains(
            FormattableString.Invariant($"at {wrong[0] / 2 / 44_100.0:0.0}"),
            warning.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_gives_what_there_is_and_says_how_much_is_missing()
    {
        byte[] file = Encode(Stereo, "-sample_fmt s16");
        Decoded decoded = Decode(file[..(file.Length / 2)]);
        Assert.InRange(decoded.Length, 0.9 * 44_100, 1.1 * 44_100);
        Assert.Contains("declares 2.000 s", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("oga")]
    public void Joined_files_are_decoded_whole(string extension)
    {
        byte[] file = Encode(Stereo, "-sample_fmt s16", extension);
        float[] one = Decode(file).Samples;
        Assert.Equal([.. one, .. one], Decode([.. file, .. file]).Samples);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Stereo_of_32_bits_has_a_side_channel_of_33(int assignment)
    {
        int[] left = [int.MaxValue, int.MinValue, 5, -7, int.MaxValue, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, int.MinValue];
        int[] right = [int.MinValue, int.MaxValue, 9, 2, -1, -2, 0, 0, 1, 1, 2, 2, 3, 3, 4, int.MinValue];
        Decoded decoded = Decode(FlacWriter.Verbatim32(left, right, assignment));
        Assert.Equal(left.Zip(right).SelectMany(p => new[] { p.First, p.Second }).Select(s => s / 2147483648f),
            decoded.Samples);
        Assert.Equal(32, decoded.Format.BitDepth);
    }

    [Theory]
    [InlineData("flac")]
    [InlineData("oga")]
    public void Two_hundred_damaged_copies_are_decoded_or_refused(string extension)
    {
        byte[] file = Encode("anoisesrc=r=8000:d=1:a=0.5", "-frame_size 256 -sample_fmt s16", extension);
        var random = new Random(1);
        for (int copy = 0; copy < 200; copy++)
        {
            byte[] damaged = [.. file[..random.Next(1, file.Length + 1)]];
            for (int i = random.Next(0, 30); i > 0; i--)
            {
                damaged[random.Next(random.Next(2) == 0 ? Math.Min(60, damaged.Length) : damaged.Length)] =
                    (byte)random.Next(256);
            }

            try
            {
                Decoded decoded = Decode(damaged);
                Assert.InRange(decoded.Samples.Length, 0, 601 * 8000 * 8);
                Assert.All(decoded.Samples, s => Assert.InRange(s, -1, 1));
            }
            catch (InputException)
            {
                // Refused with a reason.
            }
        }
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Aac;

/// <summary>Our AAC decoder agrees with ffmpeg's as far as float samples can, wherever noise is not made up.</summary>
public class AacDecoderTests
{
    // Voice-like partials, noise and clicks: long and short blocks, every code book.
    private const string Mono =
        "aevalsrc=0.2*sin(220*2*PI*t)+0.1*sin(1760*2*PI*t)*sin(3*t)+0.05*random(0)+0.4*lt(mod(t\\,0.3)\\,0.001):d=2";

    private const string Stereo =
        "aevalsrc=0.2*sin(220*2*PI*t)+0.1*random(0)|0.2*sin(225*2*PI*t)+0.4*lt(mod(t\\,0.3)\\,0.001):d=2";

    private static AudioDecoders AacOnly()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new AacDecoder());
        return decoders;
    }

    private static Decoded Decode(byte[] file) => Decoded.From(file, decoders: AacOnly());

    private static byte[] Encode(string source, string settings, string name = "x.m4a")
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        string[] codec = settings.Contains("-c:a", StringComparison.Ordinal) ? [] : ["-c:a", "aac", "-aac_pns", "0"];
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", source, .. codec, .. settings.Split(' '), folder[name]]);
        return File.ReadAllBytes(folder[name]);
    }

    private static float[] Reference(byte[] file)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], file);
        return MemoryMarshal.Cast<byte, float>(ExternalProgram.Ffmpeg("-i", folder["x"], "-f", "f32le", "-")).ToArray();
    }

    [Theory]
    [InlineData(Mono, "-ar 44100 -b:a 64k")]
    [InlineData(Mono, "-ar 8000 -b:a 16k")]
    [InlineData(Mono, "-ar 11025 -b:a 24k")]
    [InlineData(Mono, "-ar 16000 -b:a 32k")]
    [InlineData(Mono, "-ar 22050 -b:a 32k")]
    [InlineData(Mono, "-ar 24000 -b:a 64k")]
    [InlineData(Mono, "-ar 32000 -b:a 64k")]
    [InlineData(Mono, "-ar 48000 -b:a 96k")]
    [InlineData(Mono, "-ar 64000 -b:a 96k")]
    [InlineData(Mono, "-ar 96000 -b:a 128k")]
    [InlineData(Stereo, "-ar 44100 -b:a 32k")]
    [InlineData(Stereo, "-ar 44100 -b:a 128k")]
    [InlineData(Stereo, "-ar 44100 -b:a 320k")]
    [InlineData(Stereo, "-ar 48000 -b:a 48k -aac_is 1 -aac_ms 1")]
    [InlineData(Stereo, "-ar 48000 -b:a 96k -aac_tns 0 -aac_ms 0")]
    [InlineData(Stereo, "-ar 44100 -b:a 96k -aac_coder fast")]
    public void Samples_agree_with_ffmpeg_to_the_last_bits_of_a_float(string source, string settings)
    {
        byte[] file = Encode(source, settings);
        Decoded decoded = Decode(file);
        float[] expected = Reference(file);
        Assert.Empty(decoded.Warnings);
        int frame = 1024 * decoded.Format.Channels;
        Assert.InRange(expected.Length - decoded.Samples.Length, 0, frame - 1);    // ffmpeg leaves the padding
        for (int i = 0; i < decoded.Samples.Length; i++)
        {
            Assert.InRange(decoded.Samples[i] - expected[i], -4e-7f, 4e-7f);
        }
    }

    [Theory]
    [InlineData("x.m4a", "-movflags +faststart", "m4a")]
    [InlineData("x.m4b", "-f ipod", "m4a")]
    [InlineData("x.mp4", "-f mp4", "mp4")]
    [InlineData("x.mov", "-f mov", "mov")]
    [InlineData("x.3gp", "-f 3gp", "3gp")]
    [InlineData("x.mp4", "-movflags frag_keyframe+empty_moov -frag_duration 300000", "mp4")]
    [InlineData("x.mp4", "-movflags frag_keyframe+empty_moov+default_base_moof -frag_duration 300000", "mp4")]
    [InlineData("x.aac", "-f adts", "aac")]
    public void Every_container_gives_the_same_sound(string name, string settings, string container)
    {
        string sound = "-ar 44100 -b:a 64k " + settings;
        byte[] file = Encode(Mono, sound, name);
        Decoded decoded = Decode(file);
        float[] expected = Reference(file);
        Assert.Equal((container, "aac"), (decoded.Format.Container, decoded.Format.Decoder));
        Assert.InRange(expected.Length - decoded.Length, 0, 1023);
        Assert.Empty(decoded.Warnings);
        for (int i = 0; i < decoded.Length; i++)
        {
            Assert.InRange(decoded.Samples[i] - expected[i], -4e-7f, 4e-7f);
        }
    }

    [Fact]
    public void The_encoder_s_delay_and_padding_are_no_sound() =>
        Assert.Equal(2 * 44_100, Decode(Encode(Mono, "-ar 44100 -b:a 64k")).Length);

    [Fact]
    public void Made_up_noise_has_the_level_that_the_file_says()
    {
        byte[] file = Encode("anoisesrc=r=44100:d=2:a=0.3", "-b:a 32k -aac_pns 1");
        float[] ours = Decode(file).Samples, theirs = Reference(file);
        Assert.InRange(10 * Math.Log10(Energy(ours) / Energy(theirs[..ours.Length])), -0.3, 0.3);

        static double Energy(float[] samples) => samples.Sum(s => (double)s * s);
    }

    [Fact]
    public void A_damaged_frame_becomes_silence_and_all_else_stays_in_its_place()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k");
        float[] whole = Decode(file).Samples;
        for (int i = 0; i < 60; i++)
        {
            file[file.Length / 3 + i] = 0xFF;
        }

        Decoded decoded = Decode(file);
        Assert.Equal(whole.Length, decoded.Length);
        Warning warning = Assert.Single(decoded.Warnings);
        Assert.Equal(WarningCodes.DamagedData, warning.Code);
        int[] wrong = [.. Enumerable.Range(0, whole.Length).Where(i => whole[i] != decoded.Samples[i])];
        Assert.InRange(wrong[^1] - wrong[0], 1, 4 * 1024);
    }

    [Fact]
    public void A_cut_file_gives_what_there_is_and_says_how_much_is_missing()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k -movflags +faststart");
        Decoded decoded = Decode(file[..(file.Length * 2 / 3)]);
        Assert.InRange(decoded.Length, 1.2 * 44_100, 1.5 * 44_100);
        Assert.Contains("declares 2.000 s", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_track_is_not_passed_over_without_a_word()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k -map 0 -map 0");
        Warning warning = Assert.Single(Decode(file).Warnings);
        Assert.Equal(WarningCodes.SeveralTracks, warning.Code);
        Assert.Contains("2 audio tracks", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_media_length_that_is_too_short_by_frames_is_not_believed()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k -use_editlist 0");
        int mdhd = file.AsSpan().IndexOf("mdhd"u8);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(mdhd + 20), 44_100);
        Assert.InRange(Decode(file).Length, 2 * 44_100, 2 * 44_100 + 3 * 1024);
    }

    [Theory]
    [InlineData(Mono, "-c:a alac")]
    [InlineData("aevalsrc=0.1|0.1|0.1|0|0.1|0.1:c=5.1:s=48000:d=0.5", "-b:a 128k")]
    public void What_is_not_AAC_with_two_channels_is_left_to_the_next_decoder(string source, string settings)
    {
        byte[] file = Encode(source, settings);
        Assert.Equal(ReasonCodes.UnsupportedFormat, Assert.Throws<InputException>(() => Decode(file)).Code);
        Assert.False(new AacDecoder().Takes(new MemoryStream(file)));
        Assert.Equal("ffmpeg", Decoded.From(file).Format.Decoder);
    }

    [Theory]
    [InlineData("-ar 16000 -b:a 24k -f adts", "x.aac")]
    [InlineData("-ar 16000 -b:a 24k", "x.m4a")]
    [InlineData("-ar 16000 -b:a 24k -movflags frag_keyframe+empty_moov -frag_duration 100000", "x.mp4")]
    public void Two_hundred_damaged_copies_are_decoded_or_refused(string settings, string name)
    {
        byte[] file = Encode(Stereo, settings, name);
        var random = new Random(2);
        for (int copy = 0; copy < 200; copy++)
        {
            byte[] damaged = [.. file[..random.Next(1, file.Length + 1)]];
            for (int i = random.Next(0, 40); i > 0; i--)
            {
                int at = random.Next(3) == 0
                    ? Math.Max(0, damaged.Length - 1 - random.Next(700))
                    : random.Next(damaged.Length);
                damaged[at] = (byte)random.Next(256);
            }

            try
            {
                Decoded decoded = Decode(damaged);
                Assert.All(decoded.Samples, s => Assert.True(float.IsFinite(s)));
            }
            catch (InputException)
            {
                // Refused with a reason.
            }
        }
    }

    [Fact]
    public void What_a_cut_fragment_lists_and_does_not_hold_is_told_with_its_seconds()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k -movflags empty_moov -frag_duration 900000", "x.mp4");
        Assert.Empty(Decode(file).Warnings);
        Decoded cut = Decode(file[..(file.Length * 3 / 4)]);
        Warning warning = Assert.Single(cut.Warnings);
        Assert.Equal(WarningCodes.Truncated, warning.Code);
        Assert.StartsWith(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The file ends after {cut.Length / 44_100.0:0.000} s"),
            warning.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_ends_before_its_index_is_said_to_be_cut()
    {
        byte[] file = Encode(Mono, "-ar 44100 -b:a 64k");
        InputException refused = Assert.Throws<InputException>(() => Decoded.From(file[..(file.Length / 2)]));
        Assert.Equal(ReasonCodes.Truncated, refused.Code);
        Assert.Contains("index", refused.Message, StringComparison.Ordinal);
    }
}

using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Opus;
using VoiceClean.Formats.Vorbis;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Ogg;

/// <summary>Opus and Vorbis by the packages: whole, in place, and honest about what is missing.</summary>
public class OggDecoderTests
{
    private const string Source = "aevalsrc=0.3*sin(300*2*PI*t)*(0.5+0.5*sin(5*t))+0.02*random(0):s=48000:d=6";

    private static Decoded Decode(byte[] file, string decoder)
    {
        var decoders = new AudioDecoders();
        decoders.Add(decoder == "opus" ? new OpusAudioDecoder() : new VorbisDecoder());
        return Decoded.From(file, decoders: decoders);
    }

    private static byte[] Encode(string settings, string source = Source)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg(["-f", "lavfi", "-i", source, "-c:a", .. settings.Split(' '), folder["x.ogg"]]);
        return File.ReadAllBytes(folder["x.ogg"]);
    }

    [Theory]
    [InlineData("opus", "libopus -b:a 16k -application voip")]
    [InlineData("opus", "libopus -b:a 24k -frame_duration 60 -application voip")]
    [InlineData("opus", "libopus -b:a 96k -ac 2")]
    [InlineData("opus", "libopus -b:a 32k -frame_duration 2.5")]
    [InlineData("vorbis", "libvorbis -q:a 3")]
    [InlineData("vorbis", "libvorbis -q:a 8 -ac 2")]
    public void The_declared_length_comes_out(string decoder, string settings)
    {
        Decoded decoded = Decode(Encode(settings), decoder);
        Assert.Equal(6 * 48_000, decoded.Length);
        Assert.Empty(decoded.Warnings);
    }

    [Theory]
    [InlineData("opus", "libopus -b:a 32k")]
    [InlineData("vorbis", "libvorbis -q:a 4")]
    public void A_hole_becomes_silence_of_its_length_at_its_place(string decoder, string settings)
    {
        byte[] file = Encode(settings);
        float[] whole = Decode(file, decoder).Samples;
        file.AsSpan(file.Length / 2, 300).Clear();
        Decoded decoded = Decoded.From(file);          // by the list: libsndfile must not get it
        Assert.Equal((decoder, whole.Length), (decoded.Format.Decoder, decoded.Length));
        Warning warning = Assert.Single(decoded.Warnings);
        Assert.Equal(WarningCodes.DamagedData, warning.Code);
        int first = Enumerable.Range(0, whole.Length).First(i => whole[i] != decoded.Samples[i]);
        double place = double.Parse(
            warning.Message.Split("at ")[1].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(first / 48_000.0, place, 0.05);
        int back = whole.Length - 48_000;               // long behind it, both are the same again
        for (int i = back; i < whole.Length; i++)
        {
            Assert.InRange(decoded.Samples[i] - whole[i], -0.01f, 0.01f);
        }
    }

    [Theory]
    [InlineData("opus", "libopus -b:a 32k")]
    [InlineData("vorbis", "libvorbis -q:a 4")]
    public void Chained_streams_come_one_after_the_other(string decoder, string settings)
    {
        byte[] file = Encode(settings);
        Decoded decoded = Decode([.. file, .. file], decoder);
        Assert.InRange(decoded.Length, 2 * 6 * 48_000 - 2048, 2 * 6 * 48_000);
    }

    [Theory]
    [InlineData("opus", "libopus -b:a 64k -ac 2", "libopus -b:a 32k -ac 1")]
    [InlineData("opus", "libopus -b:a 32k -ac 1", "libopus -b:a 64k -ac 2")]
    [InlineData("vorbis", "libvorbis -q:a 3 -ac 2", "libvorbis -q:a 3 -ac 1")]
    [InlineData("vorbis", "libvorbis -q:a 3 -ac 1", "libvorbis -q:a 3 -ac 2")]
    public void A_chained_stream_with_other_channels_is_mixed_and_named(string decoder, string first, string second)
    {
        byte[] one = Encode(first), two = Encode(second);
        Decoded whole = Decode([.. one, .. two], decoder), a = Decode(one, decoder), b = Decode(two, decoder);
        Assert.InRange(whole.Length, 2 * 6 * 48_000 - 2048, 2 * 6 * 48_000);
        Warning warning = Assert.Single(whole.Warnings);
        Assert.Contains(
            $"with {b.Format.Channels} instead of {a.Format.Channels} channels",
            warning.Message,
            StringComparison.Ordinal);
        for (int i = 1; i <= 48_000; i++)
        {
            float mix = b.Format.Channels == 1 ? b.Samples[^i] : (b.Samples[^(2 * i)] + b.Samples[^((2 * i) - 1)]) / 2;
            Assert.Equal(mix, whole.Samples[^(a.Format.Channels * i)], 1e-6f);
        }
    }

    [Fact]
    public void A_chained_stream_of_another_rate_is_left_out_and_its_seconds_are_said()
    {
        byte[] one = Encode("libvorbis -q:a 3"), other = Encode("libvorbis -q:a 3 -ar 44100");
        Decoded whole = Decode([.. one, .. other, .. one], "vorbis");
        Assert.InRange(whole.Length, 2 * 6 * 48_000 - 2048, 2 * 6 * 48_000);
        Assert.StartsWith("6.0", Assert.Single(whole.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_NVorbis_does_not_decode_is_left_to_the_next_decoder()
    {
        byte[] file = Encode("libvorbis", "aevalsrc=0.1|0.1|0.1|0|0.1|0.1:c=5.1:s=48000:d=0.5");
        Assert.Equal(
            ReasonCodes.UnsupportedFormat,
            Assert.Throws<InputException>(() => Decode(file, "vorbis")).Code);
    }

    [Fact]
    public void Opus_of_six_channels_has_them_in_the_order_of_WAVE_files()
    {
        const string six =
            "aevalsrc=0.1*sin(200*2*PI*t)|0|0.3*sin(400*2*PI*t)|0|0|0.2*sin(600*2*PI*t):c=5.1:s=48000:d=1";
        Decoded decoded = Decode(Encode("libopus -mapping_family 1 -b:a 300k", six), "opus");
        double[] energies = new double[6];
        for (int i = 0; i < decoded.Samples.Length; i++)
        {
            energies[i % 6] += decoded.Samples[i] * decoded.Samples[i];
        }

        Assert.Equal([2, 5, 0], Enumerable.Range(0, 6).OrderByDescending(c => energies[c]).Take(3));
        Assert.Equal(0x3Fu, decoded.Format.SpeakerMask);
    }
}

using System.Buffers.Binary;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using VoiceClean.Tests.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats;

/// <summary>What stands behind the sound that a header declares is neither lost without a word nor played.</summary>
public class JoinedFileTests
{
    private static readonly byte[] Data = WavBuilder.Bytes16(WavBuilder.Tone());

    private static readonly byte[] Note = [.. "NOTE"u8, 0, 0, 0, 4, 127, 1, 127, 2];

    [Fact]
    public void Two_WAV_files_joined_are_both_there()
    {
        byte[] file = new WavBuilder().Build(Data);
        Decoded one = Decoded.From(file), two = Decoded.From([.. file, .. file]);
        Assert.Equal([.. one.Samples, .. one.Samples], two.Samples);
        Assert.Contains("2 data chunks", Assert.Single(two.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_WAV_file_of_another_format_joined_on_is_named()
    {
        byte[] file = new WavBuilder().Build(Data), other = new WavBuilder { Rate = 22_050 }.Build(Data);
        Decoded decoded = Decoded.From([.. file, .. other]);
        Assert.Equal(Decoded.From(file).Samples, decoded.Samples);
        Assert.Contains(decoded.Warnings, w => w.Code == WarningCodes.Truncated
            && w.Message.Contains("goes on in another format", StringComparison.Ordinal));
    }

    [Fact]
    public void A_chunk_behind_samples_whose_length_is_too_large_is_not_played()
    {
        byte[] note = [.. "note"u8, 12, 0, 0, 0, .. new byte[12]];
        note.AsSpan(8).Fill(0x7F);
        byte[] file = [.. new WavBuilder().Build(Data), .. note];
        int at = file.AsSpan().IndexOf("data"u8) + 4;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), (uint)Data.Length + 5000);
        Decoded decoded = Decoded.From(file);
        Assert.Equal(Data.Length / 2, decoded.Length);
        Assert.Contains("5,000 bytes", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(0u, 1u)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void An_AIFF_of_unknown_length_ends_where_its_last_chunks_begin(uint size, uint frames)
    {
        Decoded decoded = Decoded.From(Aiff(size, frames == 1 ? (uint)Data.Length / 2 : frames));
        Assert.Equal(Data.Length / 2, decoded.Length);
        Assert.Empty(decoded.Warnings);
    }

    [Fact]
    public void An_AIFF_joined_on_is_named()
    {
        byte[] file = Aiff((uint)Data.Length + 8, (uint)Data.Length / 2);
        Assert.Contains(
            FormattableString.Invariant($"{file.Length:N0} bytes behind the declared end"),
            Assert.Single(Decoded.From([.. file, .. file]).Warnings).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_AU_that_declares_no_samples_is_read_to_its_end()
    {
        Requires.Ffmpeg();
        byte[] file = [.. ".snd"u8, .. Numbers(24, 0, 3, 8000, 1), .. new byte[16_000]];
        Assert.Equal(8000, Decoded.From(file).Length);
    }

    [Fact]
    public void What_an_AU_holds_behind_its_declared_end_is_named()
    {
        Requires.Ffmpeg();
        byte[] file = [.. ".snd"u8, .. Numbers(24, 8000, 3, 8000, 1), .. new byte[16_000]];
        Decoded decoded = Decoded.From(file);
        Assert.Equal(4000, decoded.Length);
        Assert.Contains("8,000 bytes behind", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
        Assert.Contains("(0.500 s", decoded.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_MP4_joined_on_is_no_second_track_and_is_named()
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg("-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac", folder["x.m4a"]);
        byte[] file = File.ReadAllBytes(folder["x.m4a"]);
        Decoded decoded = Decoded.From([.. file, .. file]);
        Assert.Equal(Decoded.From(file).Samples, decoded.Samples);
        Assert.Contains("was joined on", Assert.Single(decoded.Warnings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x.mp3", "x.flac")]
    [InlineData("x.flac", "x.mp3")]
    [InlineData("x.flac", "22.flac")]
    [InlineData("x.oga", "22.oga")]
    [InlineData("x.aac", "22.aac")]
    [InlineData("x.aac", "x.mp3")]
    [InlineData("x.m4a", "x.mp3")]
    [InlineData("x.ogg", "x.opus")]
    [InlineData("x.opus", "x.ogg")]
    [InlineData("x.webm", "x.mp3")]
    public void Another_kind_of_file_joined_on_is_named(string first, string second)
    {
        Requires.Ffmpeg();
        byte[] one = Encoded.Value[first], two = Encoded.Value[second];
        Decoded alone = Decoded.From(one), joined = Decoded.From([.. one, .. two]);
        Assert.Empty(alone.Warnings);
        int same = Math.Min(alone.Length, joined.Length) - 2000;
        SampleAgreement.AssertInPlace(alone.Samples[..same], joined.Samples[..same], 40);
        Assert.Contains(
            joined.Warnings,
            w => w.Message.Contains($"was joined on at byte {one.Length}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x.mp3")]
    [InlineData("x.flac")]
    [InlineData("x.aac")]
    [InlineData("x.m4a")]
    [InlineData("x.opus")]
    [InlineData("x.webm")]
    public void Tags_and_zeros_behind_a_file_are_no_other_file(string name)
    {
        Requires.Ffmpeg();
        byte[] file = Encoded.Value[name];
        float[] alone = Decoded.From(file).Samples;
        byte[][] tails = [[.. "TAG"u8, .. new byte[125]], [.. "APETAGEX"u8, .. new byte[90]], new byte[100]];
        foreach (byte[] tail in tails)
        {
            Decoded decoded = Decoded.From([.. file, .. tail]);
            Assert.Equal(alone, decoded.Samples);
            Assert.Empty(decoded.Warnings);
        }
    }

    [Fact]
    public void ADTS_that_becomes_HE_AAC_says_that_half_of_its_band_is_missing()
    {
        Requires.Ffmpeg();
        byte[] file = Encoded.Value["x.aac"];
        byte[] extended = [.. Adts(file).SelectMany((frame, i) => i < 20 ? frame : WithReplication(frame))];
        Warning warning = Assert.Single(Decoded.From(extended).Warnings);
        Assert.Equal(WarningCodes.NarrowBand, warning.Code);
        Assert.Contains("From 0.464 s on", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("drms")]
    [InlineData("enca")]
    public void Encrypted_MP4_is_refused_by_name(string coding)
    {
        Requires.Ffmpeg();
        byte[] file = [.. Encoded.Value["x.m4a"]];
        System.Text.Encoding.ASCII.GetBytes(coding).CopyTo(file, file.AsSpan().LastIndexOf("mp4a"u8));
        var refused = Assert.Throws<InputException>(() => Decoded.From(file));
        Assert.Contains("encrypted", refused.Message, StringComparison.Ordinal);
    }

    private static readonly Lazy<Dictionary<string, byte[]>> Encoded = new(() =>
    {
        using var folder = new TemporaryFolder();
        string[] names =
            ["x.mp3", "x.flac", "22.flac", "x.oga", "22.oga", "x.aac", "22.aac", "x.m4a", "x.ogg", "x.opus", "x.webm"];
        ExternalProgram.Ffmpeg([
            "-f", "lavfi", "-i", "aevalsrc=0.3*sin(900*t)+0.1*random(0):d=2:s=44100",
            .. names.SelectMany(n => (string[])
            [
                .. n.EndsWith(".oga", StringComparison.Ordinal) ? ["-c:a", "flac"]
                    : n.EndsWith(".ogg", StringComparison.Ordinal) ? (string[])["-c:a", "libvorbis"]
                    : n.EndsWith(".webm", StringComparison.Ordinal) ? ["-c:a", "libopus"]
                    : [],
                .. n.StartsWith("22", StringComparison.Ordinal) ? (string[])["-ar", "22050"] : [],
                folder[n],
            ]),
        ]);
        return names.ToDictionary(n => n, n => File.ReadAllBytes(folder[n]));
    });

    private static IEnumerable<byte[]> Adts(byte[] file)
    {
        for (int at = 0; at + 7 <= file.Length;)
        {
            int length = ((file[at + 3] & 3) << 11) | (file[at + 4] << 3) | (file[at + 5] >> 5);
            yield return file[at..(at + length)];
            at += length;
        }
    }

    /// <summary>A frame with a fill element in front that holds spectral band replication (ISO/IEC 14496-3
    /// §4.4.2.7).</summary>
    private static byte[] WithReplication(byte[] frame)
    {
        string bits = "110" + "0010" + "1101" + new string('0', 12)
            + string.Concat(frame[7..].Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '0');
        byte[] content = [.. bits.Chunk(8).Select(c => Convert.ToByte(new string(c), 2))];
        int length = 7 + content.Length;
        byte[] made = [.. frame[..7], .. content];
        made[3] = (byte)((made[3] & 0xFC) | (length >> 11));
        made[4] = (byte)(length >> 3);
        made[5] = (byte)((length << 5) | (made[5] & 31));
        return made;
    }

    private static byte[] Aiff(uint size, uint frames)
    {
        byte[] samples = [.. Data];
        for (int i = 0; i < samples.Length; i += 2)
        {
            (samples[i], samples[i + 1]) = (samples[i + 1], samples[i]);
        }

        byte[] common = [0, 1, .. Numbers(frames), 0, 16, 0x40, 0x0E, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];
        byte[] body =
        [
            .. "AIFFCOMM"u8, .. Numbers((uint)common.Length), .. common,
            .. "SSND"u8, .. Numbers(size, 0, 0), .. samples, .. Note,
        ];
        return [.. "FORM"u8, .. Numbers((uint)body.Length), .. body];
    }

    private static byte[] Numbers(params uint[] values)
    {
        byte[] bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }
}

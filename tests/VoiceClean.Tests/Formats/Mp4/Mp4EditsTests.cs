using System.Buffers.Binary;
using VoiceClean.Errors;
using VoiceClean.Formats.Aac;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Formats.Mp4;

/// <summary>A recording from whose middle something was cut without coding it again.</summary>
public class Mp4EditsTests
{
    private const int Rate = 44_100, Priming = 1024;

    [Fact]
    public void Of_several_edits_the_shown_parts_come_out_one_behind_the_other()
    {
        byte[] whole = Recording();
        float[] all = Decode(whole).Samples;
        byte[] edited = WithEdits(whole, (0.25, 0.5), (1.0, 0.5), (2.5, 0.25));

        float[] shown = Decode(edited).Samples;

        Assert.Equal([.. Cut(all, 0.25, 0.5), .. Cut(all, 1.0, 0.5), .. Cut(all, 2.5, 0.25)], shown);
    }

    [Fact]
    public void Blocks_of_any_size_give_the_same_samples()
    {
        byte[] edited = WithEdits(Recording(), (0.1, 0.05), (0.2, 0.05), (2.0, 0.7));
        float[] expected = Decode(edited).Samples;
        foreach (int block in (int[])[1, 7, 1024, 100_000])
        {
            using var reader = AacOnly().Open(new MemoryStream(edited), new VoiceClean.Formats.DecodeLimits());
            Assert.Equal(expected, Decoded.From(reader, block).Samples);
        }
    }

    [Fact]
    public void Edits_that_go_back_in_time_are_left_to_another_decoder()
    {
        byte[] edited = WithEdits(Recording(), (1.0, 0.5), (0.25, 0.5));
        using var stream = new MemoryStream(edited);
        Assert.False(new AacDecoder().Takes(stream));
        var refused = Assert.Throws<InputException>(() => Decode(edited));
        Assert.Equal(ReasonCodes.UnsupportedFormat, refused.Code);
        Assert.Equal(1.0 * Rate, Decoded.From(edited).Length, 2.0 * 1024);
    }

    [Fact]
    public void A_file_that_ends_before_its_last_edit_says_so()
    {
        byte[] edited = WithEdits(Recording("-movflags", "+faststart"), (0.25, 0.5), (2.0, 0.9));
        Decoded cut = Decode(edited[..(int)(0.6 * edited.Length)]);
        Assert.InRange(cut.Length, 0.5 * Rate - 1, (0.5 + 0.9) * Rate);
        Assert.Contains(WarningCodes.Truncated, cut.Codes);
    }

    private static float[] Cut(float[] all, double start, double length) =>
        all.AsSpan((int)(start * Rate), (int)(length * Rate)).ToArray();

    private static AudioDecoders AacOnly()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new AacDecoder());
        return decoders;
    }

    private static Decoded Decode(byte[] file) => Decoded.From(file, decoders: AacOnly());

    private static byte[] Recording(params string[] settings)
    {
        Requires.Ffmpeg();
        using var folder = new TemporaryFolder();
        ExternalProgram.Ffmpeg(
            [
                "-f", "lavfi", "-i", "aevalsrc=0.2*sin(200*t*t)+0.05*random(0):d=3:s=44100", "-c:a", "aac",
                "-aac_pns", "0", .. settings, folder["x.m4a"],
            ]);
        return File.ReadAllBytes(folder["x.m4a"]);
    }

    /// <summary>Puts an edit list of these parts [s] in the place of the one that ffmpeg wrote.</summary>
    private static byte[] WithEdits(byte[] file, params (double Start, double Length)[] parts)
    {
        string[] path = ["moov", "trak", "edts", "elst"];
        var places = new List<int>();
        int from = 0;
        foreach (string name in path)
        {
            from = file.AsSpan(from).IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) + from;
            places.Add(from - 4);
        }

        int old = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(places[^1]));
        byte[] list = [.. Number(16 + 12 * parts.Length), .. "elst"u8, .. Number(0), .. Number(parts.Length)];
        foreach ((double start, double length) in parts)
        {
            list = [.. list, .. Number((int)(length * 1000)), .. Number(Priming + (int)(start * Rate)), 0, 1, 0, 0];
        }

        byte[] edited = [.. file[..places[^1]], .. list, .. file[(places[^1] + old)..]];
        foreach (int place in places.SkipLast(1))
        {
            Span<byte> size = edited.AsSpan(place, 4);
            BinaryPrimitives.WriteUInt32BigEndian(
                size,
                BinaryPrimitives.ReadUInt32BigEndian(size) + (uint)(list.Length - old));
        }

        return Moved(edited, list.Length - old);
    }

    /// <summary>Where the sound stands behind the index, its frames have moved.</summary>
    private static byte[] Moved(byte[] file, int by)
    {
        int sound = file.AsSpan().IndexOf("mdat"u8), table = file.AsSpan().IndexOf("stco"u8);
        if (sound > table)
        {
            int count = (int)BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(table + 8));
            for (int i = 0; i < count; i++)
            {
                Span<byte> offset = file.AsSpan(table + 12 + 4 * i, 4);
                BinaryPrimitives.WriteUInt32BigEndian(offset, BinaryPrimitives.ReadUInt32BigEndian(offset) + (uint)by);
            }
        }

        return file;
    }

    private static byte[] Number(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

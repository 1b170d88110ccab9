using System.Text;
using VoiceClean.Formats;
using VoiceClean.Formats.Matroska;
using Xunit;

namespace VoiceClean.Tests.Formats.Matroska;

public class MatroskaTracksTests
{
    private static readonly byte[] Header = Element(0x1A45DFA3, [.. Element(0x4282, "matroska"u8.ToArray())]);

    [Fact]
    public void Audio_tracks_are_counted_without_those_of_pictures_and_texts()
    {
        byte[] file = File(
            Track(1, "V_VP9"),
            Track(2, "A_OPUS", [.. Element(0x88, [0]), .. Element(0x536E, "Game"u8.ToArray())]),
            Track(17, "S_TEXT/UTF8"),
            Track(2, "A_AAC", [.. Element(0x536E, "Mic"u8.ToArray()), .. Element(0x22B59C, "deu"u8.ToArray())]));
        AudioTrack[] tracks = [.. MatroskaHeader.Read(new MemoryStream(file)).Descriptions];
        Assert.Equal(
            [
                new AudioTrack(1) { Codec = "A_OPUS", Language = "eng", Name = "Game" },
                new AudioTrack(2) { Codec = "A_AAC", Language = "deu", Name = "Mic", IsDefault = true },
            ],
            tracks);
    }

    [Fact]
    public void A_segment_of_unknown_length_is_read_as_recorders_write_it()
    {
        byte[] tracks = Element(0x1654AE6B, [.. Track(2, "A_OPUS"), .. Track(2, "A_OPUS")]);
        byte[] file =
        [
            .. Header,
            0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            .. Element(0x1549A966, new byte[300]),
            .. tracks,
            0x1F, 0x43, 0xB6, 0x75, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3,
        ];
        Assert.Equal(2, MatroskaHeader.Read(new MemoryStream(file)).Descriptions.Count);
    }

    [Fact]
    public void A_language_tag_counts_more_than_the_older_code()
    {
        byte[] languages = [.. Element(0x22B59D, "pt-BR"u8.ToArray()), .. Element(0x22B59C, "por"u8.ToArray())];
        byte[] file = File(Track(2, "A_AAC", languages));
        AudioTrack track = Assert.Single(MatroskaHeader.Read(new MemoryStream(file)).Descriptions);
        Assert.Equal("pt-BR", track.Language);
    }

    [Fact]
    public void A_file_cut_anywhere_has_no_more_tracks_than_the_whole()
    {
        byte[] file = File(Track(2, "A_OPUS"), Track(2, "A_AAC"), Track(2, "A_AC3"));
        for (int length = 0; length < file.Length; length++)
        {
            Assert.InRange(MatroskaHeader.Read(new MemoryStream(file[..length])).Descriptions.Count, 0, 3);
        }
    }

    private static byte[] File(params byte[][] tracks) =>
    [
        .. Header,
        .. Element(
            0x18538067,
            [.. Element(0xEC, new byte[40]), .. Element(0x1654AE6B, [.. tracks.SelectMany(t => t)])]),
    ];

    private static byte[] Track(byte type, string codec, byte[]? more = null) =>
        Element(0xAE, [.. Element(0x83, [type]), .. Element(0x86, Encoding.ASCII.GetBytes(codec)), .. more ?? []]);

    private static byte[] Element(uint id, byte[] content)
    {
        byte[] name = [.. BitConverter.GetBytes(id).Reverse().SkipWhile(b => b == 0)];
        byte[] size = [0x40, 0];
        size[0] |= (byte)(content.Length >> 8);
        size[1] = (byte)content.Length;
        return [.. name, .. size, .. content];
    }
}

using System.Buffers.Binary;
using System.Text;
using VoiceClean.Formats.Matroska;
using Xunit;

namespace VoiceClean.Tests.Formats.Matroska;

/// <summary>Which frames are found in a file, byte by byte made here.</summary>
public class MatroskaBlocksTests
{
    private const uint Simple = 0xA3, Group = 0xA0, Block = 0xA1, Discard = 0x75A2;

    private static readonly byte[] Ebml = Element(0x1A45DFA3, Element(0x4282, "webm"u8.ToArray()));

    [Fact]
    public void Frames_of_other_tracks_are_passed_over()
    {
        byte[] file = File(Element(Simple, Content(1, 0, "aa")), Element(Simple, Content(2, 0, "pp")),
            Element(Simple, Content(1, 20, "bb")));
        Assert.Equal(["aa@0", "bb@20"], Frames(file));
    }

    [Theory]
    [InlineData(2, "\u0002\u0001\u0003abbbcc")]
    [InlineData(4, "\u0002aabbcc")]
    [InlineData(6, "\u0002\u0081\u00C1abbbcc")]
    public void Frames_that_share_a_block_are_taken_apart(int lacing, string content)
    {
        byte[] file = File(Element(Simple, Content(1, 40, content, lacing)));
        string[] expected = lacing == 4 ? ["aa@40", "bb", "cc"] : ["a@40", "bbb", "cc"];
        Assert.Equal(expected, Frames(file));
    }

    [Theory]
    [InlineData(2, "\u0002\u00FF")]
    [InlineData(4, "\u0002aabbc")]
    [InlineData(6, "\u0002\u0088\u00C1ab")]
    [InlineData(6, "")]
    public void A_block_whose_frames_do_not_fit_is_damage(int lacing, string content)
    {
        byte[] file = File(Element(Simple, Content(1, 0, content, lacing)), Element(Simple, Content(1, 20, "bb")));
        Assert.Contains("!bb@20", Frames(file));
    }

    [Fact]
    public void The_padding_of_a_group_stands_behind_its_block_and_belongs_to_its_last_frame()
    {
        byte[] group = Element(
            Group,
            [.. Element(Block, Content(1, 0, "\u0001aabb", 4)), .. Element(Discard, [0x10, 0])]);
        Assert.Equal(["aa@0", "bb-4096"], Frames(File(group)));
    }

    [Fact]
    public void Bytes_taken_from_all_frames_are_put_back()
    {
        byte[] packing = Element(0x5034, [.. Element(0x4254, [3]), .. Element(0x4255, "xy"u8.ToArray())]);
        byte[] track = Track(Element(0x6D80, Element(0x6240, packing)));
        byte[] file = File([track], Element(Simple, Content(1, 0, "\u0001abcd", 4)));
        Assert.Equal(["xyab@0", "xycd"], Frames(file));
    }

    [Fact]
    public void Behind_damage_the_next_block_is_found()
    {
        byte[] file = File(
            Element(Simple, Content(1, 0, "aa")),
            [0x77, 0xA3, 0x9F, 1, 2, 3, 4, 5, 6],
            Element(Simple, Content(1, 40, "cc")),
            Element(Simple, Content(1, 60, "dd")));
        Assert.Equal(["aa@0", "!cc@40", "dd@60"], Frames(file));
    }

    [Fact]
    public void A_file_joined_on_follows_if_it_is_of_the_same_kind()
    {
        byte[] one = File(Element(Simple, Content(1, 0, "aa"))), two = File(Element(Simple, Content(1, 0, "bb")));
        Assert.Equal(["aa@0", "+bb@0"], Frames([.. one, .. two]));
        byte[] other = File([Track(Element(0x63A2, [9]))], Element(Simple, Content(1, 0, "bb")));
        MatroskaBlocks blocks = Open([.. one, .. other]);
        Assert.True(blocks.Next());
        Assert.False(blocks.Next());
        Assert.Equal(one.Length + Ebml.Length, blocks.Foreign);
    }

    [Fact]
    public void A_file_of_unknown_length_is_cut_only_inside_a_block()
    {
        byte[] file = File(Element(Simple, Content(1, 0, "aa")), Element(Simple, Content(1, 20, "bbbb")));
        Assert.False(Walk(file).IsCut);
        Assert.False(Walk([.. file, .. "TAG"u8, .. new byte[125]]).IsCut);
        for (int cut = 1; cut < 9; cut++)
        {
            MatroskaBlocks blocks = Walk(file[..^cut]);
            Assert.True(blocks.IsCut, $"{cut}");
        }
    }

    private static MatroskaBlocks Walk(byte[] file)
    {
        MatroskaBlocks blocks = Open(file);
        while (blocks.Next())
        {
        }

        return blocks;
    }

    /// <summary>Each as "text@ms", with "!" behind damage, "+" in another file and "-ns" of padding.</summary>
    private static List<string> Frames(byte[] file)
    {
        MatroskaBlocks blocks = Open(file);
        var frames = new List<string>();
        while (blocks.Next())
        {
            string time = blocks.Time is { } t ? $"@{t / 1_000_000}" : "";
            string padding = blocks.Discard > 0 ? $"-{blocks.Discard}" : "";
            string mark = (blocks.IsBehindDamage ? "!" : "") + (blocks.IsJoined ? "+" : "");
            frames.Add(mark + Encoding.Latin1.GetString(blocks.Frame) + time + padding);
        }

        return frames;
    }

    private static MatroskaBlocks Open(byte[] file)
    {
        var stream = new MemoryStream(file);
        var header = MatroskaHeader.Read(stream);
        return new MatroskaBlocks(stream, header, Assert.Single(header.AudioTracks));
    }

    private static byte[] File(params byte[][] blocks) => File([Track([])], blocks);

    /// <summary>A file whose segment and cluster do not say how long they are.</summary>
    private static byte[] File(byte[][] tracks, params byte[][] blocks) =>
    [
        .. Ebml,
        0x18, 0x53, 0x80, 0x67, 0xFF,
        .. Element(0x1654AE6B, [.. tracks.SelectMany(t => t)]),
        0x1F, 0x43, 0xB6, 0x75, 0xFF,
        .. Element(0xE7, [0]),
        .. blocks.SelectMany(b => b),
    ];

    private static byte[] Track(byte[] more) =>
        Element(0xAE, [.. Element(0xD7, [1]), .. Element(0x83, [2]), .. Element(0x86, "A_X"u8.ToArray()), .. more]);

    private static byte[] Content(byte track, short milliseconds, string text, int flags = 0)
    {
        byte[] head = [(byte)(0x80 | track), 0, 0, (byte)flags];
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(1), milliseconds);
        return [.. head, .. Encoding.Latin1.GetBytes(text)];
    }

    private static byte[] Element(uint id, byte[] content)
    {
        byte[] name = [.. BitConverter.GetBytes(id).Reverse().SkipWhile(b => b == 0)];
        return [.. name, (byte)(0x80 | content.Length), .. content];
    }
}

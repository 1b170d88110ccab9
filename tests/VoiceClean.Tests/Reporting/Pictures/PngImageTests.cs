using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using VoiceClean.Reporting.Pictures;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Reporting.Pictures;

public class PngImageTests
{
    [Theory]
    [InlineData(2, 13, 3)]
    [InlineData(4, 7, 2)]
    [InlineData(16, 9, 5)]
    [InlineData(32, 1, 1)]
    [InlineData(256, 300, 4)]
    public void What_is_written_is_what_comes_out_again(int colours, int width, int height)
    {
        byte[] pixels = [.. Enumerable.Range(0, width * height).Select(i => (byte)(i * 7 % colours))];
        uint[] palette = [.. Enumerable.Range(0, colours).Select(c => ((uint)c << 24) | 0x0011_22FF)];
        byte[] file = PngImage.Encode(width, height, pixels, palette);
        (byte[] read, int depth) = Decode(file, width, height);
        Assert.Equal(pixels, read);
        Assert.Equal(colours switch { <= 2 => 1, <= 4 => 2, <= 16 => 4, _ => 8 }, depth);
    }

    [Fact]
    public void Ffmpeg_sees_the_same_picture()
    {
        using var folder = new TemporaryFolder();
        byte[] pixels = [.. Enumerable.Range(0, 50 * 20).Select(i => (byte)(i % 3))];
        File.WriteAllBytes(
            folder["p.png"],
            PngImage.Encode(50, 20, pixels, [0xFF0000FF, 0x00FF00FF, 0x10203080]));
        byte[] rgba = ExternalProgram.Ffmpeg("-i", folder["p.png"], "-f", "rawvideo", "-pix_fmt", "rgba", "-");
        byte[][] colours = [[255, 0, 0, 255], [0, 255, 0, 255], [16, 32, 48, 128]];
        Assert.Equal(pixels.SelectMany(p => colours[p]), rgba);
    }

    // Each chunk with its checksum, in the order that the standard asks for; then the rows, none of them filtered.
    private static (byte[] Pixels, int Depth) Decode(byte[] file, int width, int height)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string Name, byte[] Content)>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            Assert.Equal(
                Crc(file.AsSpan(at + 4, 4 + length)),
                BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], chunks.Select(c => c.Name));
        byte[] header = chunks[0].Content;
        Assert.Equal(width, BinaryPrimitives.ReadInt32BigEndian(header));
        Assert.Equal(height, BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        int depth = header[8];
        using var zlib = new ZLibStream(new MemoryStream(chunks[2].Content), CompressionMode.Decompress);
        byte[] pixels = new byte[width * height], row = new byte[1 + (((width * depth) + 7) / 8)];
        for (int y = 0; y < height; y++)
        {
            zlib.ReadExactly(row);
            Assert.Equal(0, row[0]);
            for (int x = 0; x < width; x++)
            {
                int bit = x * depth;
                pixels[(y * width) + x] = (byte)((row[1 + (bit / 8)] >> (8 - depth - (bit % 8))) & ((1 << depth) - 1));
            }
        }

        Assert.Equal(-1, zlib.ReadByte());
        return (pixels, depth);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
            }
        }

        return ~crc;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;

namespace VoiceClean.Reporting.Pictures;

/// <summary>
/// Pictures of few colours as PNG (ISO/IEC 15948: signature, IHDR, PLTE, tRNS, IDAT, IEND; no filter, which suits
/// indexed colours).
/// </summary>
internal static class PngImage
{
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Writes a picture.</summary>
    /// <param name="width">[pixel]</param>
    /// <param name="height">[pixel]</param>
    /// <param name="pixels">Places in the palette, row after row from the top.</param>
    /// <param name="palette">0xRRGGBBAA, 1 to 256 colours.</param>
    /// <returns>The whole file.</returns>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, ReadOnlySpan<uint> palette)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(pixels.Length, width * height);
        ArgumentOutOfRangeException.ThrowIfLessThan(palette.Length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(palette.Length, 256);
        int depth = palette.Length switch { <= 2 => 1, <= 4 => 2, <= 16 => 4, _ => 8 };
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = (byte)depth;
        header[9] = 3;                       // indexed colour
        header[10..].Clear();                // deflate, no filters but per row, not interlaced
        WriteChunk(file, "IHDR"u8, header);
        byte[] colours = new byte[3 * palette.Length], alpha = new byte[palette.Length];
        for (int i = 0; i < palette.Length; i++)
        {
            (colours[3 * i], colours[(3 * i) + 1], colours[(3 * i) + 2], alpha[i]) =
                ((byte)(palette[i] >> 24), (byte)(palette[i] >> 16), (byte)(palette[i] >> 8), (byte)palette[i]);
        }

        WriteChunk(file, "PLTE"u8, colours);
        if (alpha.AsSpan().IndexOfAnyExcept((byte)255) >= 0)
        {
            WriteChunk(file, "tRNS"u8, alpha);
        }

        WriteChunk(file, "IDAT"u8, Compress(width, height, pixels, depth));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> pixels, int depth)
    {
        int inByte = 8 / depth;
        byte[] row = new byte[1 + ((width + inByte - 1) / inByte)];      // the first byte says: no filter
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                Array.Clear(row);
                for (int x = 0; x < width; x++)
                {
                    row[1 + (x / inByte)] |= (byte)(pixels[(y * width) + x] << (8 - (depth * ((x % inByte) + 1))));
                }

                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    // Length, name, content, checksum of name and content.
    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(name);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, name), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            crc = CrcTable[(crc ^ b) & 255] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}

namespace VoiceClean.Formats.Flac;

/// <summary>
/// The two checksums of a FLAC frame, most significant bit first, from 0. Source: RFC 9639 §9.1.8, §9.3.
/// </summary>
internal static class FlacChecksum
{
    private static readonly byte[] Table8 = [.. MakeTable(0x07, 8).Select(v => (byte)v)];
    private static readonly ushort[] Table16 = [.. MakeTable(0x8005, 16).Select(v => (ushort)v)];

    /// <summary>CRC-8 with the polynomial x⁸ + x² + x + 1.</summary>
    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte crc = 0;
        foreach (byte b in bytes)
        {
            crc = Table8[crc ^ b];
        }

        return crc;
    }

    /// <summary>CRC-16 with the polynomial x¹⁶ + x¹⁵ + x² + 1.</summary>
    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        ushort[] table = Table16;
        foreach (byte b in bytes)
        {
            crc = (crc << 8) ^ table[((crc >> 8) ^ b) & 0xFF];
        }

        return (ushort)crc;
    }

    private static IEnumerable<uint> MakeTable(uint polynomial, int width)
    {
        for (uint code = 0; code < 256; code++)
        {
            uint crc = code << (width - 8);
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc >> (width - 1)) != 0 ? polynomial : 0);
                crc &= (1u << width) - 1;
            }

            yield return crc;
        }
    }
}

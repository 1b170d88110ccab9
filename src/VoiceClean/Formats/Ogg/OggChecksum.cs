namespace VoiceClean.Formats.Ogg;

/// <summary>
/// The checksum of an Ogg page: CRC-32 with the polynomial 0x04C11DB7, most significant bit first, from 0, over the
/// page with zeros in the checksum's place. Source: RFC 3533 §6.
/// </summary>
internal static class OggChecksum
{
    private const int At = 22, Bytes = 4;

    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of a whole page.</summary>
    public static uint Of(ReadOnlySpan<byte> page)
    {
        uint crc = Add(0, page[..At]);
        crc = Add(crc, [0, 0, 0, 0]);
        return Add(crc, page[(At + Bytes)..]);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint[] table = Table;
        foreach (byte b in bytes)
        {
            crc = (crc << 8) ^ table[(crc >> 24) ^ b];
        }

        return crc;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint code = 0; code < 256; code++)
        {
            uint crc = code << 24;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc << 1) ^ ((crc & 0x8000_0000) != 0 ? 0x04C1_1DB7u : 0);
            }

            table[code] = crc;
        }

        return table;
    }
}

using VoiceClean.Formats.Flac;

namespace VoiceClean.Tests.Formats.Flac;

/// <summary>Writes the FLAC files that no encoder at hand writes.</summary>
internal static class FlacWriter
{
    /// <summary>One frame of 32-bit stereo, stored as it is.</summary>
    /// <param name="left">At least 16 samples.</param>
    /// <param name="right">As many.</param>
    /// <param name="assignment">8 left and side, 9 side and right, 10 mid and side.</param>
    public static byte[] Verbatim32(int[] left, int[] right, int assignment)
    {
        var info = new Bits();
        info.Add(left.Length, 16);
        info.Add(left.Length, 16);
        info.Add(0, 48);
        info.Add(48_000, 20);
        info.Add(1, 3);
        info.Add(31, 5);
        info.Add(left.Length, 36);
        info.Add(0, 64);
        info.Add(0, 64);
        var header = new Bits();
        header.Add(0xFFF8, 16);
        header.Add(6, 4);
        header.Add(0, 4);
        header.Add(assignment, 4);
        header.Add(0, 4);
        header.Add(0, 8);
        header.Add(left.Length - 1, 8);
        var frame = new Bits();
        foreach (byte b in (byte[])[.. header.Bytes, FlacChecksum.Crc8(header.Bytes)])
        {
            frame.Add(b, 8);
        }

        for (int channel = 0; channel < 2; channel++)
        {
            bool isSide = channel == (assignment == 9 ? 0 : 1);
            frame.Add(2, 8);                   // verbatim
            for (int i = 0; i < left.Length; i++)
            {
                long sample = isSide ? (long)left[i] - right[i]
                    : assignment == 10 ? ((long)left[i] + right[i]) >> 1
                    : channel == 0 ? left[i]
                    : right[i];
                frame.Add(sample, isSide ? 33 : 32);
            }
        }

        byte[] body = frame.Bytes;
        ushort crc = FlacChecksum.Crc16(body);
        return [.. "fLaC"u8, 0x80, 0, 0, 34, .. info.Bytes, .. body, (byte)(crc >> 8), (byte)crc];
    }

    private sealed class Bits
    {
        private readonly List<bool> _bits = [];

        public byte[] Bytes => [.. _bits.Chunk(8).Select(c =>
            (byte)Enumerable.Range(0, c.Length).Sum(i => c[i] ? 128 >> i : 0))];

        public void Add(long value, int count)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                _bits.Add((value >> i & 1) != 0);
            }
        }
    }
}

using System.Buffers.Binary;
using System.Globalization;
using VoiceClean.Files;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Which bytes are which characters in an encoding of one and two bytes, as LegacyTables.targets takes it from .NET at
/// build time: .NET's own tables of all encodings would be a twentieth of the program. GB18030 has a third form,
/// of four bytes, for all of Unicode that the other two leave out, in its order.
/// </summary>
internal sealed class LegacyTable
{
    private const int Gb18030 = 54936, Leads = 128, FirstTrail = 0x30, Trails = 256 - FirstTrail;
    private const int SurrogatesFrom = 0xD800, SurrogatesTo = 0xE000, BeyondBmp = 0x1_0000, Last = 0x10_FFFF;
    private const int QuadsBeyondBmp = (0x90 - 0x81) * 12600;

    private readonly char[] _single = new char[256];                // 0 = none, but for the byte 0
    private readonly char[] _pair = new char[Leads * Trails];       // 0 = none
    private readonly char[] _quad = [];

    private LegacyTable(int codePage)
    {
        ReadOnlySpan<byte> packed = PackedResource.Read(
            typeof(LegacyTable).Assembly,
            string.Create(CultureInfo.InvariantCulture, $"VoiceClean.Datasets.Transcripts.{codePage}.bin"));
        ushort character = 0;
        for (int i = 0; i < _single.Length + _pair.Length; i++)
        {
            // differences: neighbours of one are often neighbours of the other
            character += BinaryPrimitives.ReadUInt16LittleEndian(packed[(2 * i)..]);
            (i < 256 ? ref _single[i] : ref _pair[i - 256]) = (char)character;
        }

        _quad = codePage == Gb18030 ? FindQuads() : [];
    }

    /// <summary>The table of a code page.</summary>
    /// <param name="codePage">One of those in LegacyTables.targets.</param>
    /// <exception cref="InvalidOperationException">It is none of these.</exception>
    public static LegacyTable Of(int codePage) => new(codePage);

    /// <summary>The text; null if any byte is not of this encoding, or the last character is not whole.</summary>
    public string? TryRead(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[bytes.Length];
        int length = 0;
        while (bytes.Length > 0)
        {
            if (bytes[0] < 0x80 || _single[bytes[0]] != 0)
            {
                text[length++] = _single[bytes[0]];
                bytes = bytes[1..];
            }
            else if (bytes.Length > 1 && PairAt(bytes[0], bytes[1]) is not '\0' and var pair)
            {
                text[length++] = pair;
                bytes = bytes[2..];
            }
            else if (QuadAt(bytes) is >= 0 and var quad)
            {
                length += new System.Text.Rune(quad).EncodeToUtf16(text.AsSpan(length));
                bytes = bytes[4..];
            }
            else
            {
                return null;
            }
        }

        return new string(text, 0, length);
    }

    /// <summary>Of every character whether a pair with one of some first bytes means it [65,536].</summary>
    /// <param name="isLead">Which first bytes.</param>
    public bool[] FindOf(Func<int, bool> isLead)
    {
        bool[] found = new bool[BeyondBmp];
        for (int i = 0; i < _pair.Length; i++)
        {
            found[_pair[i]] |= isLead(0x80 + (i / Trails));
        }

        return found;
    }

    private char PairAt(byte lead, byte trail) =>
        trail < FirstTrail ? '\0' : _pair[((lead - 0x80) * Trails) + trail - FirstTrail];

    // What four bytes mean, -1 if nothing.
    private int QuadAt(ReadOnlySpan<byte> bytes)
    {
        bool isQuad =
            _quad.Length > 0
            && bytes is [>= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, >= 0x81 and <= 0xFE, >= 0x30 and <= 0x39, ..];
        if (!isQuad)
        {
            return -1;
        }

        int index =
            ((((((bytes[0] - 0x81) * 10) + bytes[1] - 0x30) * 126) + bytes[2] - 0x81) * 10) + bytes[3] - 0x30;
        int beyond = index - QuadsBeyondBmp + BeyondBmp;
        return index < _quad.Length ? _quad[index] : beyond is >= BeyondBmp and <= Last ? beyond : -1;
    }

    private char[] FindQuads()
    {
        bool[] taken = FindOf(_ => true);
        var left = new List<char>();
        for (int c = 0x80; c < BeyondBmp; c++)
        {
            if (!taken[c] && c is not (>= SurrogatesFrom and < SurrogatesTo))
            {
                left.Add((char)c);
            }
        }

        return [.. left];
    }
}

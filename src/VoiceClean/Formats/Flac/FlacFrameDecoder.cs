using System.Buffers.Binary;

namespace VoiceClean.Formats.Flac;

/// <summary>How the decoding of a frame went.</summary>
internal enum FlacFrameResult
{
    /// <summary>Whole, and its checksums are right.</summary>
    Good,

    /// <summary>It goes on behind the bytes given.</summary>
    Incomplete,

    /// <summary>Not a frame of this stream, or damaged.</summary>
    Bad,
}

/// <summary>Decodes FLAC frames, one at a time. Nothing is allocated per frame. Source: RFC 9639 §9.</summary>
internal sealed class FlacFrameDecoder
{
    private readonly FlacStreamInfo _info;
    private readonly int[][] _samples;
    private readonly long[] _wide;

    /// <summary>Makes room for the largest block that a frame can hold.</summary>
    public FlacFrameDecoder(FlacStreamInfo info)
    {
        _info = info;
        _samples = [.. Sequence.Range(0, info.Channels).Select(_ => new int[info.MostBlock])];
        _wide = info is { BitDepth: 32, Channels: 2 } ? new long[info.MostBlock] : [];
    }

    /// <summary>The header of the frame decoded last.</summary>
    public FlacFrameHeader Header { get; private set; }

    /// <summary>Bytes of the frame decoded last.</summary>
    public int Length { get; private set; }

    /// <summary>The samples of a channel of the frame decoded last, as integers.</summary>
    public ReadOnlySpan<int> Channel(int channel) => _samples[channel].AsSpan(0, Header.Block);

    /// <summary>True if the stream that begins with a packet in Ogg can follow this one.</summary>
    public bool Follows(ReadOnlySpan<byte> packet)
    {
        int at = packet.IndexOf("fLaC"u8) + 8;
        return at > 8
            && packet.Length >= at + FlacStreamInfo.Bytes
            && (BinaryPrimitives.ReadUInt64BigEndian(packet[(at + 10)..]) >> 36) == _info.Sort;
    }

    /// <summary>Decodes the frame at the start of <paramref name="bytes"/>.</summary>
    public FlacFrameResult Decode(ReadOnlySpan<byte> bytes)
    {
        if (!FlacFrameHeader.TryParse(bytes, _info, out FlacFrameHeader header) || header.Block > _info.MostBlock)
        {
            return bytes.Length < FlacFrameHeader.MostBytes ? FlacFrameResult.Incomplete : FlacFrameResult.Bad;
        }

        Header = header;
        var bits = new BitReader(bytes[header.Length..]);
        for (int channel = 0; channel < _info.Channels; channel++)
        {
            bool isSide = header.Assignment is 8 or 10 && channel == 1 || header.Assignment == 9 && channel == 0;
            if (!ReadSubframe(ref bits, channel, header.BitDepth + (isSide ? 1 : 0)))
            {
                return bits.IsBeyondEnd ? FlacFrameResult.Incomplete : FlacFrameResult.Bad;
            }
        }

        bits.Align();
        Length = header.Length + (int)(bits.Position / 8) + 2;
        if (Length > bytes.Length)
        {
            return FlacFrameResult.Incomplete;
        }

        if (FlacChecksum.Crc16(bytes[..(Length - 2)]) != ((bytes[Length - 2] << 8) | bytes[Length - 1]))
        {
            return FlacFrameResult.Bad;
        }

        Decorrelate(header);
        return FlacFrameResult.Good;
    }

    /// <summary>§9.2.1, §9.2.2; false if it cannot be.</summary>
    private bool ReadSubframe(ref BitReader bits, int channel, int depth)
    {
        uint start = bits.Read(8);
        int type = (int)(start >> 1) & 63;
        int wasted = (start & 1) != 0 ? bits.ReadUnary() + 1 : 0;
        depth -= wasted;
        if ((start & 0x80) != 0 || depth < 1 || bits.IsBeyondEnd)
        {
            return false;
        }

        Span<int> samples = _samples[channel].AsSpan(0, Header.Block);
        bool done = depth == 33
            ? FlacSubframe.ReadWide(ref bits, type, samples, _wide.AsSpan(0, samples.Length))
            : FlacSubframe.Read(ref bits, type, depth, samples);
        if (!done || bits.IsBeyondEnd)
        {
            return false;
        }

        if (depth + wasted == 33 && wasted > 0)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                _wide[i] = (long)samples[i] << wasted;
            }
        }
        else if (wasted > 0)
        {
            foreach (ref int sample in samples)
            {
                sample <<= wasted;
            }
        }

        return true;
    }

    /// <summary>§4.2: left, right and their mean from what was stored.</summary>
    private void Decorrelate(FlacFrameHeader header)
    {
        if (header.Assignment < 8)
        {
            return;
        }

        Span<int> first = _samples[0].AsSpan(0, header.Block), second = _samples[1].AsSpan(0, header.Block);
        if (header.BitDepth == 32)
        {
            DecorrelateWide(header.Assignment, first, second, _wide);
            return;
        }

        for (int i = 0; i < first.Length; i++)
        {
            int a = first[i], b = second[i];
            (first[i], second[i]) = header.Assignment switch
            {
                8 => (a, a - b),
                9 => (a + b, b),
                _ => Middle(a, b),
            };
        }

        static (int, int) Middle(int mid, int side)
        {
            int twice = (mid << 1) | (side & 1);
            return ((twice + side) >> 1, (twice - side) >> 1);
        }
    }

    private static void DecorrelateWide(int assignment, Span<int> first, Span<int> second, ReadOnlySpan<long> side)
    {
        for (int i = 0; i < first.Length; i++)
        {
            long s = side[i], twice = ((long)first[i] << 1) | (s & 1);
            (first[i], second[i]) = assignment switch
            {
                8 => (first[i], (int)(first[i] - s)),
                9 => ((int)(second[i] + s), second[i]),
                _ => ((int)((twice + s) >> 1), (int)((twice - s) >> 1)),
            };
        }
    }
}

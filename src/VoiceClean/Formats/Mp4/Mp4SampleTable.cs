using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// The sample table of a track: how its frames are coded, how long they are and where they stand. Source: ISO/IEC
/// 14496-12 §8.5, §8.7; ISO/IEC 14496-1 §7.2.6 for the descriptors of esds.
/// </summary>
internal sealed class Mp4SampleTable(Mp4Boxes boxes)
{
    /// <summary>18 hours at 96 kHz in frames of 1024 samples are 6 millions.</summary>
    public const int MostSamples = 8_000_000;

    /// <summary>Reads the table of a track, its frames only if <paramref name="withSamples"/>.</summary>
    public void Read(Mp4Box table, Mp4Track track, bool withSamples)
    {
        Mp4Box? sizes = null, chunks = null, runs = null;
        foreach (Mp4Box box in boxes.Between(table.Start, table.End))
        {
            if (box.Type == Mp4Box.Name("stsd"u8))
            {
                ReadDescription(box, track);
            }
            else if (box.Type == Mp4Box.Name("stsz"u8))
            {
                sizes = box;
            }
            else if (box.Type == Mp4Box.Name("stco"u8) || box.Type == Mp4Box.Name("co64"u8))
            {
                chunks = box;
            }
            else if (box.Type == Mp4Box.Name("stsc"u8))
            {
                runs = box;
            }
        }

        if (withSamples && sizes is { } stsz && chunks is { } stco && runs is { } stsc)
        {
            ReadSamples(stsz, stco, stsc, track.Samples);
        }
    }

    private void ReadDescription(Mp4Box stsd, Mp4Track track)
    {
        foreach (Mp4Box entry in boxes.Between(stsd.Start + 8, stsd.End))
        {
            // Version 0 has 28 bytes; QuickTime's versions 1 and 2 have 16 and 36 more. Boxes follow.
            byte[] b = boxes.Content(entry, 10);
            int version = b.Length == 10 ? b[9] : 0;
            track.Coding = entry.Type;
            ReadConfig(entry with { Start = entry.Start + 28 + (version == 1 ? 16 : version == 2 ? 36 : 0) }, track);
            return;                        // one description is all that recordings have
        }
    }

    private void ReadConfig(Mp4Box parent, Mp4Track track)
    {
        foreach (Mp4Box box in boxes.Between(parent.Start, parent.End))
        {
            if (box.Type == Mp4Box.Name("wave"u8))
            {
                ReadConfig(box, track);
            }
            else if (box.Type == Mp4Box.Name("esds"u8))
            {
                ReadDescriptors(boxes.Content(box, 1024), track);
            }
            else if (box.Type == Mp4Box.Name("dOps"u8) || box.Type == Mp4Box.Name("dfLa"u8))
            {
                track.Config = boxes.Content(box, 1024);
            }
        }
    }

    private static void ReadDescriptors(ReadOnlySpan<byte> b, Mp4Track track)
    {
        int at = 4;                            // version and flags
        while (at < b.Length)
        {
            int tag = b[at++], length = 0;
            for (int i = 0; i < 4 && at < b.Length; i++)
            {
                int part = b[at++];
                length = (length << 7) | (part & 0x7F);
                if (part < 0x80)
                {
                    break;
                }
            }

            switch (tag)
            {
                case 3 when at + 3 <= b.Length:                    // ES: number, flags, what they announce
                    int flags = b[at + 2];
                    at += 3 + ((flags & 0x80) != 0 ? 2 : 0) + ((flags & 0x20) != 0 ? 2 : 0);
                    at += (flags & 0x40) != 0 && at < b.Length ? 1 + b[at] : 0;
                    break;
                case 4 when at < b.Length:                         // decoder: kind, rates; the next is inside
                    track.ObjectType = b[at];
                    at += 13;
                    break;
                case 5:
                    track.Config = b.Slice(at, Math.Clamp(length, 0, b.Length - at)).ToArray();
                    return;
                default:
                    at += length;
                    break;
            }
        }
    }

    private void ReadSamples(Mp4Box stsz, Mp4Box stco, Mp4Box stsc, Mp4Samples samples)
    {
        Span<byte> head = stackalloc byte[12];
        if (boxes.Read(stsz.Start, head) < 12)
        {
            return;
        }

        uint equal = BinaryPrimitives.ReadUInt32BigEndian(head[4..]),
            count = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        var sizes = new Numbers(boxes, stsz, 12, 4, Math.Min(count, MostSamples));
        bool isWide = stco.Type == Mp4Box.Name("co64"u8);
        var offsets = new Numbers(boxes, stco, 8, isWide ? 8 : 4, Count(stco));
        var runs = new Numbers(boxes, stsc, 8, 4, 3 * Math.Min(Count(stsc), MostSamples));
        long left = Math.Min(equal > 0 ? Math.Min(count, boxes.Length / equal) : count, MostSamples);
        long first = runs.Next() ?? 1, perChunk = runs.Next() ?? 0;
        _ = runs.Next();
        long? nextFirst = runs.Next();
        for (long chunk = first; left > 0 && offsets.Next() is { } offset; chunk++)
        {
            if (chunk >= nextFirst)
            {
                perChunk = runs.Next() ?? 0;
                _ = runs.Next();
                nextFirst = runs.Next();
            }

            offset += boxes.Origin;
            for (long i = 0; i < perChunk && left > 0; i++, left--)
            {
                long? size = equal > 0 ? equal : sizes.Next();
                if (size is not { } bytes || bytes > int.MaxValue)
                {
                    return;
                }

                samples.Add(offset, (int)bytes);
                offset += bytes;
            }
        }
    }

    private uint Count(Mp4Box box)
    {
        Span<byte> head = stackalloc byte[8];
        return boxes.Read(box.Start, head) == 8 ? BinaryPrimitives.ReadUInt32BigEndian(head[4..]) : 0;
    }

    /// <summary>Reads numbers of a table one after the other, through a block.</summary>
    private sealed class Numbers(Mp4Boxes boxes, Mp4Box box, int head, int width, long count)
    {
        private readonly byte[] _block = new byte[8192];
        private long _position = box.Start + head, _left = count;
        private int _at, _end;

        public long? Next()
        {
            if (_at + width > _end)
            {
                int wanted = (int)Math.Min(_block.Length, Math.Max(0, box.End - _position));
                (_at, _end) = (0, boxes.Read(_position, _block.AsSpan(0, wanted)));
                _position += _end / width * width;
            }

            if (--_left < 0 || _at + width > _end)
            {
                return null;
            }

            ReadOnlySpan<byte> number = _block.AsSpan(_at, width);
            _at += width;
            return width == 4
                ? BinaryPrimitives.ReadUInt32BigEndian(number)
                : (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(number), long.MaxValue / 4);
        }
    }
}

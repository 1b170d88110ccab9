using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// A fragment of a movie ("moof"), as recorders write that must survive a crash, and as streams are sent. Source:
/// ISO/IEC 14496-12 §8.8.
/// </summary>
internal sealed class Mp4Fragment(Mp4Boxes boxes, List<Mp4Track> tracks)
{
    private const uint BaseOffset = 1, Description = 2, DefaultDuration = 8, DefaultSize = 16, OwnOffset = 1,
        FirstFlags = 4, OwnDuration = 0x100, OwnSize = 0x200, OwnFlags = 0x400, OwnTime = 0x800;

    /// <summary>Adds the frames of a fragment to the tracks they belong to.</summary>
    public void Read(Mp4Box moof)
    {
        foreach (Mp4Box box in boxes.Between(moof.Start, moof.End))
        {
            if (box.Type == Mp4Box.Name("traf"u8))
            {
                ReadTrack(box, moof.Begin);
            }
        }
    }

    private void ReadTrack(Mp4Box traf, long origin)
    {
        Mp4Track? track = null;
        uint size = 0;
        long next = origin;
        foreach (Mp4Box box in boxes.Between(traf.Start, traf.End))
        {
            if (box.Type == Mp4Box.Name("tfhd"u8))
            {
                ReadOnlySpan<byte> b = boxes.Content(box, 32);
                if (b.Length < 8)
                {
                    return;
                }

                uint flags = BinaryPrimitives.ReadUInt32BigEndian(b) & 0xFFFFFF;
                uint id = BinaryPrimitives.ReadUInt32BigEndian(b[4..]);
                track = tracks.Find(t => t.Id == id);
                b = b[8..];
                if ((flags & BaseOffset) != 0 && b.Length >= 8)
                {
                    origin = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(b), (ulong)boxes.Length)
                        + boxes.Origin;
                    b = b[8..];
                }

                int before = ((flags & Description) != 0 ? 4 : 0) + ((flags & DefaultDuration) != 0 ? 4 : 0);
                b = b[Math.Min(b.Length, before)..];
                size = (flags & DefaultSize) != 0 && b.Length >= 4
                    ? BinaryPrimitives.ReadUInt32BigEndian(b)
                    : track?.DefaultSize ?? 0;
                next = origin;
            }
            else if (box.Type == Mp4Box.Name("trun"u8) && track is not null)
            {
                next = ReadRun(box, track.Samples, origin, next, size);
            }
        }
    }

    private long ReadRun(Mp4Box trun, Mp4Samples samples, long origin, long next, uint size)
    {
        ReadOnlySpan<byte> head = boxes.Content(trun, 16);
        if (head.Length < 8)
        {
            return next;
        }

        uint flags = BinaryPrimitives.ReadUInt32BigEndian(head) & 0xFFFFFF;
        uint count = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        int at = 8;
        if ((flags & OwnOffset) != 0 && head.Length >= 12)
        {
            next = origin + BinaryPrimitives.ReadInt32BigEndian(head[8..]);
            at += 4;
        }

        at += (flags & FirstFlags) != 0 ? 4 : 0;
        int before = (flags & OwnDuration) != 0 ? 4 : 0;
        int entry = before + ((flags & OwnSize) != 0 ? 4 : 0) + ((flags & OwnFlags) != 0 ? 4 : 0)
            + ((flags & OwnTime) != 0 ? 4 : 0);
        long most = entry > 0 ? (trun.Length - at) / entry : size > 0 ? boxes.Length / size : 0;
        most = Math.Min(Math.Min(count, most), Mp4SampleTable.MostSamples - samples.Count);
        byte[] bytes = new byte[Math.Max(4, entry)];
        for (long i = 0; i < most; i++)
        {
            uint length = size;
            if ((flags & OwnSize) != 0)
            {
                if (boxes.Read(trun.Start + at + i * entry, bytes.AsSpan(0, entry)) < entry)
                {
                    break;
                }

                length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(before));
            }

            if (length > int.MaxValue || next < 0)
            {
                break;
            }

            samples.Add(next, (int)length);
            next += length;
        }

        return next;
    }
}

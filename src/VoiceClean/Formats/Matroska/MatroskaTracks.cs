using System.Buffers.Binary;
using System.Text;

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// The audio tracks of a Matroska or WebM file, by its header alone. Bounded: what is damaged ends the list. Sources:
/// RFC 8794 (EBML) §4 to §6 for the numbers; RFC 9559 (Matroska) §5.1.4 for the tracks.
/// </summary>
internal static class MatroskaTracks
{
    private const uint Segment = 0x18538067, Cluster = 0x1F43B675, Tracks = 0x1654AE6B, Entry = 0xAE, Type = 0x83,
        Default = 0x88, Language = 0x22B59C, LanguageTag = 0x22B59D, Title = 0x536E, Codec = 0x86;

    private const int Audio = 2, MostElements = 10_000, MostTracks = 64, MostContent = 256;

    /// <summary>The audio tracks in their order; never throws for what a file holds.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    public static IReadOnlyList<AudioTrack> Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var tracks = new List<AudioTrack>();
        var elements = new Elements(stream);
        foreach (Element top in elements.Between(0, elements.Length))
        {
            if (top.Id != Segment)
            {
                continue;
            }

            foreach (Element element in elements.Between(top.Start, top.End))
            {
                // Recorders write the tracks before the sound; a cluster without a length cannot be passed over.
                if (element.Id == Tracks || (element.Id == Cluster && !element.HasLength))
                {
                    ReadTracks(elements, element, tracks);
                    return tracks;
                }
            }
        }

        return tracks;
    }

    private static void ReadTracks(Elements elements, Element parent, List<AudioTrack> tracks)
    {
        foreach (Element entry in elements.Between(parent.Start, parent.End))
        {
            if (
                entry.Id == Entry
                && tracks.Count < MostTracks
                && ReadTrack(elements, entry, tracks.Count + 1) is { } track)
            {
                tracks.Add(track);
            }
        }
    }

    /// <summary>Null if it is not audio.</summary>
    private static AudioTrack? ReadTrack(Elements elements, Element entry, int number)
    {
        // Both defaults are those of the specification.
        var track = new AudioTrack(number) { IsDefault = true, Language = "eng" };
        ulong type = 0;
        bool hasTag = false;
        foreach (Element element in elements.Between(entry.Start, entry.End))
        {
            switch (element.Id)
            {
                case Type:
                    type = elements.Number(element);
                    break;
                case Default:
                    track = track with { IsDefault = elements.Number(element) != 0 };
                    break;
                case Codec:
                    track = track with { Codec = elements.Text(element) };
                    break;
                case Title:
                    track = track with { Name = elements.Text(element) };
                    break;
                case LanguageTag:
                case Language when !hasTag:
                    hasTag = element.Id == LanguageTag;
                    track = track with { Language = elements.Text(element) };
                    break;
            }
        }

        return type == Audio ? track : null;
    }

    /// <summary>An element of EBML: what it is and where its content stands [byte].</summary>
    private readonly record struct Element(uint Id, long Start, long End, bool HasLength);

    /// <summary>Reads elements, at most so many in all that every walk ends.</summary>
    private sealed class Elements(Stream stream)
    {
        private int _count;

        public long Length { get; } = stream.Length;

        public IEnumerable<Element> Between(long position, long end)
        {
            byte[] header = new byte[12];
            while (position < end && ++_count < MostElements)
            {
                int length = Read(position, header.AsSpan(0, (int)Math.Min(header.Length, end - position)));
                if (!TryParse(header.AsSpan(0, length), out uint id, out long size, out int skip))
                {
                    yield break;
                }

                long start = position + skip;
                position = size < 0 || size > end - start ? end : start + size;
                yield return new Element(id, start, position, size >= 0);
            }
        }

        public ulong Number(Element element)
        {
            ulong value = 0;
            foreach (byte b in Content(element, 8))
            {
                value = (value << 8) | b;
            }

            return value;
        }

        public string Text(Element element) =>
            Encoding.UTF8.GetString(Content(element, MostContent)).TrimEnd('\0');

        private byte[] Content(Element element, int most)
        {
            byte[] content = new byte[Math.Min(most, element.End - element.Start)];
            int length = Read(element.Start, content);
            return content[..length];
        }

        private int Read(long position, Span<byte> buffer)
        {
            stream.Position = position;
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }

        // Both numbers say by their leading zeros how long they are; the mark belongs to the identity but not to the
        // size, and a size of ones only means "unknown".
        private static bool TryParse(ReadOnlySpan<byte> b, out uint id, out long size, out int skip)
        {
            (id, size, skip) = (0, -1, 0);
            int idLength = b.Length > 0 ? LeadingZeros(b[0]) + 1 : 5;
            if (idLength > 4 || b.Length <= idLength)
            {
                return false;
            }

            for (int i = 0; i < idLength; i++)
            {
                id = (id << 8) | b[i];
            }

            int sizeLength = LeadingZeros(b[idLength]) + 1;
            skip = idLength + sizeLength;
            if (sizeLength > 8 || b.Length < skip)
            {
                return false;
            }

            Span<byte> wide = stackalloc byte[8];
            b.Slice(idLength, sizeLength).CopyTo(wide[(8 - sizeLength)..]);
            wide[8 - sizeLength] ^= (byte)(0x80 >> (sizeLength - 1));
            ulong value = BinaryPrimitives.ReadUInt64BigEndian(wide);
            size = value == (1UL << (7 * sizeLength)) - 1 ? -1 : (long)value;
            return true;
        }

        private static int LeadingZeros(byte b) => b == 0 ? 8 : System.Numerics.BitOperations.LeadingZeroCount(b) - 24;
    }
}

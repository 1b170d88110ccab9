using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace VoiceClean.Formats.Ffmpeg;

/// <summary>
/// How long the audio of an MP4 or M4A file is by its own word, without the encoder's padding at the end. ffmpeg
/// removes the delay at the start but before version 7 leaves the padding, up to 1023 samples of an AAC frame. Source:
/// ISO/IEC 14496-12 §8 (mdhd 8.4.2, hdlr 8.4.3, elst 8.6.6, stts is not needed because mdhd carries its sum).
/// </summary>
internal static class Mp4Length
{
    private const int LargestTagBox = 1 << 20, MostBoxes = 10_000;

    /// <summary>A length of media: <paramref name="Ticks"/> of 1/<paramref name="Timescale"/> s.</summary>
    internal readonly record struct Declared(long Ticks, uint Timescale)
    {
        /// <summary>[sample per channel]</summary>
        public long Samples(int sampleRate) => (long)(((Int128)Ticks * sampleRate + Timescale / 2) / Timescale);
    }

    /// <summary>
    /// The length of the first audio track; null if the file does not declare one (fragments, several edits, damage).
    /// </summary>
    public static Declared? Of(Stream stream)
    {
        try
        {
            return new Walk(stream).Find();
        }
        catch (EndOfStreamException)
        {
            return null;
        }
    }

    private sealed class Walk(Stream stream)
    {
        private readonly byte[] _buffer = new byte[64];
        private int _boxes;
        private uint _movieTimescale;
        private long? _tagged;
        private Track? _audio;

        public Declared? Find()
        {
            Visit(0, stream.Length, null);
            if (_audio is not { Timescale: > 0, Duration: > 0 } track || track.Edits > 1)
            {
                return null;
            }

            // Where a tag counts the samples, it is exact. The media's own duration is, too, if the writer shortened
            // the last frame; the edit's is only as fine as the movie's clock, so it decides only where it is clearly
            // shorter.
            long media = track.Duration - track.EditStart;
            double edit =
                _movieTimescale > 0 && track.EditDuration > 0
                    ? (double)track.EditDuration * track.Timescale / _movieTimescale
                    : double.PositiveInfinity;
            double tick = _movieTimescale > 0 ? (double)track.Timescale / _movieTimescale : 0;
            long ticks =
                _tagged is { } samples && samples > 0 && samples <= media ? samples
                : edit + tick < media ? (long)Math.Round(edit)
                : media;
            return ticks > 0 ? new Declared(ticks, track.Timescale) : null;
        }

        private void Visit(long position, long end, Track? track)
        {
            while (end - position >= 8 && ++_boxes < MostBoxes)
            {
                ReadOnlySpan<byte> header = ReadAt(position, 16, end);
                long size = BinaryPrimitives.ReadUInt32BigEndian(header);
                string type = Encoding.Latin1.GetString(header.Slice(4, 4));
                int skip = 8;
                if (size == 1 && header.Length == 16)
                {
                    size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(header[8..]), long.MaxValue);
                    skip = 16;
                }
                else if (size == 0)
                {
                    size = end - position;
                }

                if (size < skip || size > end - position)
                {
                    return;
                }

                VisitBox(type, position + skip, position + size, track);
                position += size;
            }
        }

        private void VisitBox(string type, long start, long end, Track? track)
        {
            switch (type)
            {
                case "moov" or "mdia" or "edts":
                    Visit(start, end, track);
                    break;
                case "trak":
                    var inner = new Track();
                    Visit(start, end, inner);
                    if (inner.IsAudio)
                    {
                        _audio ??= inner;
                    }

                    break;
                case "mvhd":
                    (_movieTimescale, _) = Times(start, end);
                    break;
                case "mdhd" when track is not null:
                    (track.Timescale, track.Duration) = Times(start, end);
                    break;
                case "hdlr" when track is not null:
                    track.IsAudio =
                        ReadAt(start, 12, end) is { Length: 12 } handler && handler[8..].SequenceEqual("soun"u8);
                    break;
                case "elst" when track is not null:
                    ReadEdits(start, end, track);
                    break;
                case "udta":
                    ReadTag(start, end);
                    break;
            }
        }

        // mvhd and mdhd begin alike: version and flags, two dates, timescale, duration; version 1 has 64-bit dates and
        // duration.
        private (uint Timescale, long Duration) Times(long start, long end)
        {
            ReadOnlySpan<byte> b = ReadAt(start, 32, end);
            if (b.Length < 20)
            {
                return default;
            }

            return b[0] == 0
                    ? (BinaryPrimitives.ReadUInt32BigEndian(b[12..]), BinaryPrimitives.ReadUInt32BigEndian(b[16..]))
                : b.Length < 32 ? default
                : (
                    BinaryPrimitives.ReadUInt32BigEndian(b[20..]),
                    Math.Max(0, BinaryPrimitives.ReadInt64BigEndian(b[24..])));
        }

        private void ReadEdits(long start, long end, Track track)
        {
            ReadOnlySpan<byte> b = ReadAt(start, 48, end);
            if (b.Length < 8)
            {
                return;
            }

            bool wide = b[0] == 1;
            int entry = wide ? 20 : 12;
            uint count = BinaryPrimitives.ReadUInt32BigEndian(b[4..]);
            track.Edits = (int)Math.Min(count, int.MaxValue);
            if (count == 1 && b.Length >= 8 + entry)
            {
                ReadOnlySpan<byte> e = b[8..];
                track.EditDuration = wide
                    ? BinaryPrimitives.ReadInt64BigEndian(e)
                    : BinaryPrimitives.ReadUInt32BigEndian(e);
                track.EditStart = Math.Max(
                    0,
                    wide ? BinaryPrimitives.ReadInt64BigEndian(e[8..]) : BinaryPrimitives.ReadInt32BigEndian(e[4..]));
            }
        }

        // iTunes' tag: " 00000000 00000840 000001CA 00000000003F31F6 …": delay, padding, samples, all hexadecimal.
        private void ReadTag(long start, long end)
        {
            if (end - start > LargestTagBox)
            {
                return;
            }

            byte[] box = new byte[(int)(end - start)];
            stream.Position = start;
            stream.ReadExactly(box);
            int at = box.AsSpan().IndexOf("iTunSMPB"u8);
            int data = at < 0 ? -1 : box.AsSpan(at).IndexOf("data"u8);
            if (data < 0)
            {
                return;
            }

            ReadOnlySpan<byte> tail = box.AsSpan(at + data + 4);
            string[] words = Encoding
                .Latin1.GetString(tail[..Math.Min(tail.Length, 128)])
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int first = Array.FindIndex(words, w => w.Length == 8 && w.All(char.IsAsciiHexDigit));
            if (
                first >= 0
                && first + 3 < words.Length
                && long.TryParse(
                    words[first + 3],
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out long samples))
            {
                _tagged = samples;
            }
        }

        private ReadOnlySpan<byte> ReadAt(long position, int count, long end)
        {
            stream.Position = position;
            Span<byte> bytes = _buffer.AsSpan(0, (int)Math.Min(count, end - position));
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private sealed class Track
    {
        public bool IsAudio { get; set; }

        public uint Timescale { get; set; }

        public long Duration { get; set; }

        public int Edits { get; set; }

        public long EditDuration { get; set; }

        public long EditStart { get; set; }
    }
}

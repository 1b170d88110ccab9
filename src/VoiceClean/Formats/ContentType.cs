using System.Buffers.Binary;

namespace VoiceClean.Formats;

/// <summary>What a file is, told from its first bytes alone; its name is never asked.</summary>
/// <param name="Container">Lower case, as it stands in reports: "flac", "mp3", "m4a" …</param>
/// <param name="Demuxer">ffmpeg's name for the container, forced on it so that it guesses nothing.</param>
internal sealed record ContentType(string Container, string Demuxer)
{
    /// <summary>In place of <see cref="Demuxer"/>: ffmpeg finds out, within bounds.</summary>
    public const string Guess = "?";

    /// <summary>True if libsndfile (1.1 or later) reads it: codecs inside Ogg differ.</summary>
    public bool IsReadBySoundFile { get; init; }

    /// <summary>
    /// Recognises audio and the video containers that carry it; null for everything else, playlists and scripts above
    /// all.
    /// </summary>
    /// <param name="header">The first bytes, behind any ID3v2 tag.</param>
    /// <remarks>
    /// Signatures as in the containers' own specifications; each is matched where that specification puts it.
    /// </remarks>
    public static ContentType? Of(ReadOnlySpan<byte> header)
    {
        if (header.Length < 12)
        {
            return null;
        }

        ReadOnlySpan<byte> id = header[..4], form = header[8..12];
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(id);
        if (
            id.SequenceEqual("RIFF"u8)
            || id.SequenceEqual("RF64"u8)
            || id.SequenceEqual("BW64"u8)
            || id.SequenceEqual("RIFX"u8))
        {
            return form.SequenceEqual("WAVE"u8) ? new("wav", "wav") { IsReadBySoundFile = true }
                : form.SequenceEqual("AVI "u8) ? new("avi", "avi")
                : null;
        }

        if (id.SequenceEqual("FORM"u8))
        {
            return form.SequenceEqual("AIFF"u8) || form.SequenceEqual("AIFC"u8)
                ? new("aiff", "aiff") { IsReadBySoundFile = true }
                : null;
        }

        if (header[4..8].SequenceEqual("ftyp"u8))
        {
            return new(
                form.StartsWith("M4A"u8) || form.StartsWith("M4B"u8) ? "m4a"
                    : form.StartsWith("3g"u8) ? "3gp"
                    : form.SequenceEqual("qt  "u8) ? "mov"
                    : "mp4",
                "mov");
        }

        return magic switch
        {
            0x664C6143 => new("flac", "flac"),                                                  // fLaC
            0x4F676753 => Ogg(header),                                                            // OggS
            0x2E736E64 => new("au", "au") { IsReadBySoundFile = true },                           // .snd
            0x63616666 => new("caf", "caf") { IsReadBySoundFile = true },                         // caff
            0x1A45DFA3 => new(header.IndexOf("webm"u8) is > 0 and < 64 ? "webm" : "mkv", "matroska"),
            0x3026B275 => new("wma", "asf"),
            0x7776706B => new("wavpack", "wv"),                                                   // wvpk
            0x4D414320 => new("ape", "ape"),                                                      // MAC␠
            0x54544131 => new("tta", "tta"),                                                      // TTA1
            0x4D50434B => new("musepack", "mpc8"),                                                // MPCK
            0x44534420 => new("dsf", "dsf"),                                                      // DSD␠
            0x000001BA => new("mpeg", "mpeg"),
            0x2E524D46 => new("rm", "rm"),                                                        // .RMF
            0x7FFE8001 or 0xFE7F0180 or 0x1FFFE800 or 0xFF1F00E8 => new("dts", "dts"),
            _ when header.StartsWith("#!AMR"u8) => new("amr", "amr"),
            _ when header.StartsWith("Creative Voice File"u8) => new("voc", "voc"),
            _ when header.StartsWith("nut/multimedia container"u8) => new("nut", "nut"),
            _ when IsQuickTime(header) => new("mov", "mov"),
            _ when header.StartsWith("FLV\u0001"u8) => new("flv", "flv"),
            _ when IsWave64(header) => new("w64", "w64") { IsReadBySoundFile = true },
            _ when header[0] == 0x0B && header[1] == 0x77 => new("ac3", "ac3"),
            _ when header.Length > 376 && header[0] == 0x47 && header[188] == 0x47 && header[376] == 0x47 => new(
                "ts",
                "mpegts"),
            _ when MpegFrames.FindAdts(header) == 0 => new("aac", "aac"),
            _ when MpegFrames.Find(header, out MpegFrameHeader frame) >= 0 => frame.Layer == 3
                ? new("mp3", "mp3") { IsReadBySoundFile = true }
                : new("mp2", "mp3"),
            _ when MpegFrames.FindFreeLength(header) > 0 => new("mp3", "mp3") { IsReadBySoundFile = true },
            _ => null,
        };
    }

    /// <summary>
    /// What the first bytes are if they are not audio, for a sentence that helps; null if nothing is known of them.
    /// </summary>
    public static string? NameOfOther(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> text = header.StartsWith("\uFEFF"u8) ? header[3..] : header;
        text = text.TrimStart(" \t\r\n"u8);
        return header.IndexOf("#!SILK"u8) is 0 or 1
                ? "SILK audio as WeChat and QQ record it, which ffmpeg does not read either; "
                    + "turn it into WAV with a SILK decoder first"
            : text.StartsWith("version https://git-lfs"u8)
                ? "a pointer of Git LFS, not the recording it stands for; fetch that with 'git lfs pull'"
            : text.StartsWith("#EXTM3U"u8)
            || text.StartsWith("[playlist]"u8)
            || text.StartsWith("ffconcat"u8)
            || text.StartsWith("<asx"u8)
            || text.StartsWith("<ASX"u8)
                ? "a playlist, not a recording; give the recordings that it lists"
            : text.StartsWith("<!DOCTYPE"u8)
            || text.StartsWith("<!doctype"u8)
            || text.StartsWith("<html"u8)
            || text.StartsWith("<HTML"u8)
                ? "a web page, not a recording; download the file again"
            : text.StartsWith("<?xml"u8) || text.StartsWith("{"u8) || text.StartsWith("#!"u8)
                ? "a text file, not a recording"
            : text.StartsWith("%PDF"u8) ? "a PDF document"
            : ArchiveName(header) is { } archive ? $"a {archive} archive; unpack it first"
            : IsPicture(header) ? "a picture, not a recording"
            : header.Length >= 64 && !header.ContainsAnyExcept((byte)0)
                ? "nothing but zeros at its beginning, as of a download or copy that did not end; fetch it again"
            : text.StartsWith("MThd"u8) ? "a MIDI file, which holds notes and no sound"
            : null;
    }

    private static string? ArchiveName(ReadOnlySpan<byte> header) =>
        header.StartsWith("PK\u0003\u0004"u8) ? "ZIP"
        : header.StartsWith("7z"u8) && header.Length > 3 && header[2] == 0xBC && header[3] == 0xAF ? "7-Zip"
        : header.StartsWith("Rar!\u001A\u0007"u8) ? "RAR"
        : header.Length > 2 && header[0] == 0x1F && header[1] == 0x8B && header[2] == 8 ? "gzip"
        : null;

    private static bool IsPicture(ReadOnlySpan<byte> header) =>
        (header.Length > 3 && header[0] == 0x89 && header[1..].StartsWith("PNG"u8))
        || (header.Length > 2 && header[0] == 0xFF && header[1] == 0xD8 && header[2] == 0xFF)
        || header.StartsWith("GIF8"u8);

    // Files of old cameras and recorders have no "ftyp"; their first box is one of these.
    private static bool IsQuickTime(ReadOnlySpan<byte> header) =>
        (header[4..8].SequenceEqual("moov"u8)
            || header[4..8].SequenceEqual("mdat"u8)
            || header[4..8].SequenceEqual("wide"u8))
        && (BinaryPrimitives.ReadUInt32BigEndian(header) is 0 or 1 or >= 8);

    private static ContentType Ogg(ReadOnlySpan<byte> header)
    {
        // RFC 3533: 27 bytes, the segment table, then the first packet, which names the codec.
        int packet = 27 + (header.Length > 26 ? header[26] : 0);
        ReadOnlySpan<byte> start = header.Length > packet + 8 ? header[packet..] : default;
        return OggStart.CountAudio(header) > 1 ? new("ogg", "ogg")
            : start.StartsWith("\u0001vorbis"u8) ? new("ogg", "ogg") { IsReadBySoundFile = true }
            : start.StartsWith("OpusHead"u8) ? new("opus", "ogg") { IsReadBySoundFile = true }
            : new("ogg", "ogg");
    }

    private static bool IsWave64(ReadOnlySpan<byte> header) =>
        header.StartsWith("riff\u002E"u8) && header.Length >= 40 && header[24..28].SequenceEqual("wave"u8);
}

using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>
/// Recordings that stand behind the end of another one, as copying files together leaves them. Where the second cannot
/// follow the first, nothing of it is heard, and that has to be said.
/// </summary>
internal static class JoinedFile
{
    /// <summary>True if what stands there begins as a recording does. Tags and other bytes do not.</summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    /// <param name="place">Behind the last of what was read [byte].</param>
    public static bool IsAt(Stream stream, long place) =>
        place > 0
        && place < stream.Length
        && Header.Read(stream, place) is var header
        && (header.AsSpan().StartsWith("ID3"u8) || IsSure(header));

    /// <summary>The same, but what ffmpeg's demuxer of that name reads is no other kind.</summary>
    public static bool IsOtherAt(Stream stream, long place, string demuxer) =>
        IsAt(stream, place) && ContentType.Of(Header.Read(stream, place)) is { } type && type.Demuxer != demuxer;

    // Rests of damaged frames have the few bits by which these begin.
    private static bool IsSure(byte[] header) =>
        ContentType.Of(header)?.Demuxer switch
        {
            null or "ac3" or "mpegts" or "dts" => false,
            "aac" => MpegFrames.CountAdts(header) > 2,
            _ => true,
        };

    /// <summary>What is said of one behind a container that a library or a program read.</summary>
    /// <param name="place">Where it begins [byte].</param>
    public static Warning NotReached(long place) => new(
        WarningCodes.Truncated,
        $"Another file was joined on at byte {place}; it is not read. Take the files apart, or join them with ffmpeg.");

    /// <summary>What is said of it.</summary>
    /// <param name="place">Where it begins [byte].</param>
    public static Warning NotRead(long place) => new(
        WarningCodes.Truncated,
        $"Another file of another kind was joined on at byte {place}; it is not read. Take the files apart, or join "
            + "them with ffmpeg.");
}

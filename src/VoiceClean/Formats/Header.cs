namespace VoiceClean.Formats;

/// <summary>The first bytes of a file, by which decoders recognise it.</summary>
internal static class Header
{
    /// <summary>How many bytes of a file a decoder is shown to recognise it by.</summary>
    public const int Length = 4096;

    /// <summary>
    /// Reads up to <see cref="Length"/> bytes from <paramref name="start"/>; the position is left undefined.
    /// </summary>
    public static byte[] Read(Stream stream, long start)
    {
        byte[] header = new byte[Length];
        stream.Position = start;
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return header[..length];
    }
}

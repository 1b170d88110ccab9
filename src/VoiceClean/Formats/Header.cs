namespace VoiceClean.Formats;

/// <summary>The first bytes of a file, by which decoders recognise it.</summary>
internal static class Header
{
    /// <summary>Reads up to <see cref="AudioDecoders.HeaderLength"/> bytes from <paramref name="start"/>; the position is left undefined.</summary>
    public static byte[] Read(Stream stream, long start)
    {
        byte[] header = new byte[AudioDecoders.HeaderLength];
        stream.Position = start;
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        return header[..length];
    }
}

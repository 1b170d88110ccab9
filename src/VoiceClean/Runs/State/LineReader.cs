namespace VoiceClean.Runs.State;

/// <summary>
/// Lines of a file as bytes with their place, so that they can be read again later without keeping them.
/// </summary>
internal static class LineReader
{
    /// <summary>
    /// A longer line is none of ours; the rest of it is skipped, so a file without line ends cannot fill the memory.
    /// </summary>
    private const int LongestLine = 16 << 20;

    /// <summary>Each non-empty line without its end. The memory is valid until the next one.</summary>
    public static IEnumerable<(long Position, ReadOnlyMemory<byte> Line)> Read(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        int start = 0, filled = 0;       // buffer[start..filled] is not yet handed out
        long position = 0;               // of buffer[0] in the file
        while (true)
        {
            int end = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                if (end > 0)
                {
                    yield return (position + start, buffer.AsMemory(start, end));
                }

                start += end + 1;
                continue;
            }

            int rest = filled - start;
            buffer.AsSpan(start, rest).CopyTo(buffer);
            position += start;
            start = 0;
            filled = rest;
            if (filled == buffer.Length)
            {
                if (filled >= LongestLine)
                {
                    position += filled;
                    filled = 0;
                }
                else
                {
                    Array.Resize(ref buffer, 2 * buffer.Length);
                }
            }

            int read = stream.Read(buffer, filled, buffer.Length - filled);
            if (read == 0)
            {
                if (filled > 0)
                {
                    yield return (position, buffer.AsMemory(0, filled));
                }

                yield break;
            }

            filled += read;
        }
    }
}

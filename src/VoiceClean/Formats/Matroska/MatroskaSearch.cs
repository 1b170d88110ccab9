namespace VoiceClean.Formats.Matroska;

/// <summary>Finds where a damaged file goes on.</summary>
internal static class MatroskaSearch
{
    private const int Stride = 64 * 1024;

    /// <summary>
    /// Moves to the next cluster, file or block, at least one byte on; false if none follows. A block has a name of one
    /// byte, so that something known must stand behind it, or the end.
    /// </summary>
    /// <param name="window">Where to look from.</param>
    /// <param name="end">Of the stream [byte].</param>
    public static bool Next(ByteWindow window, long end)
    {
        window.Skip(1);
        while (true)
        {
            ReadOnlySpan<byte> bytes = window.Peek(Stride);
            for (int i = 0; i < bytes.Length - 1; i++)
            {
                bool mayBe = bytes[i] is 0x1F or 0x1A or (byte)MatroskaIds.SimpleBlock or (byte)MatroskaIds.Group;
                if (mayBe && IsStart(bytes[i..], end - window.Position - i))
                {
                    window.Skip(i);
                    return true;
                }
            }

            if (bytes.Length < Stride)
            {
                return false;
            }

            window.Skip(bytes.Length - EbmlElements.HeadBytes);
        }
    }

    private static bool IsStart(ReadOnlySpan<byte> bytes, long left)
    {
        if (!EbmlElements.TryParse(bytes, out uint id, out long size, out int skip))
        {
            return false;
        }

        if (id is MatroskaIds.Cluster or MatroskaIds.Ebml)
        {
            return true;
        }

        long next = skip + size;
        if (id is not (MatroskaIds.SimpleBlock or MatroskaIds.Group) || size < 4 || next > left)
        {
            return false;
        }

        return next == left
            || (next < bytes.Length
                && EbmlElements.TryParse(bytes[(int)next..], out uint following, out _, out _)
                && MatroskaIds.IsKnown(following));
    }
}

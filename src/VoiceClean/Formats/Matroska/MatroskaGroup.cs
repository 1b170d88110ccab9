namespace VoiceClean.Formats.Matroska;

/// <summary>What stands in a group beside its block. Source: RFC 9559 §5.1.3.5.</summary>
internal static class MatroskaGroup
{
    /// <summary>Reads it; false if it is damaged.</summary>
    /// <param name="window">Is moved.</param>
    /// <param name="position">Where the group's content begins [byte].</param>
    /// <param name="end">Where it ends [byte].</param>
    /// <param name="block">Where the block stands; null if none was found.</param>
    /// <param name="discard">What of the block's end is no sound [ns].</param>
    public static bool Read(
        ByteWindow window,
        long position,
        long end,
        out (long Start, long Size)? block,
        out long discard)
    {
        (block, discard) = (null, 0);
        while (position < end)
        {
            window.MoveTo(position);
            if (
                !EbmlElements.TryParse(window.Peek(EbmlElements.HeadBytes), out uint id, out long size, out int skip)
                || size < 0
                || size > end - position - skip)
            {
                return false;
            }

            if (id == MatroskaIds.Block)
            {
                block = (position + skip, size);
            }
            else if (id == MatroskaIds.Discard)
            {
                window.Skip(skip);
                discard = Math.Max(0, EbmlElements.Number(window.Peek((int)Math.Min(size, 8))));
            }

            position += skip + size;
        }

        return true;
    }
}

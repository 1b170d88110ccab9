namespace VoiceClean.Formats.Matroska;

/// <summary>Where the frames stand that share a block. Source: RFC 9559 §10.3.</summary>
internal static class MatroskaLaces
{
    private const int LengthOnes = 255;

    /// <summary>Finds them.</summary>
    /// <param name="block">Behind its flags.</param>
    /// <param name="flags">Of the block.</param>
    /// <param name="frames">Receives start and length [byte].</param>
    /// <returns>False if the block contradicts itself; what could be told of it stands there.</returns>
    public static bool Split(ReadOnlySpan<byte> block, int flags, List<(int Start, int Length)> frames)
    {
        frames.Clear();
        int lacing = (flags >> 1) & 3;
        if (lacing == 0)
        {
            frames.Add((0, block.Length));
            return true;
        }

        if (block.IsEmpty)
        {
            return false;
        }

        int count = block[0] + 1, at = 1;
        Span<int> lengths = stackalloc int[256];
        lengths = lengths[..count];
        bool isGood = lacing switch
        {
            1 => ReadXiph(block, ref at, lengths),
            2 => Divide(block.Length - at, lengths),
            _ => ReadEbml(block, ref at, lengths),
        };
        if (!isGood)
        {
            return false;
        }

        foreach (int length in lengths)
        {
            if (length < 0 || length > block.Length - at)
            {
                return false;
            }

            frames.Add((at, length));
            at += length;
        }

        return at == block.Length;
    }

    private static bool Divide(int bytes, Span<int> lengths)
    {
        lengths.Fill(bytes / lengths.Length);
        return bytes % lengths.Length == 0;
    }

    private static bool ReadXiph(ReadOnlySpan<byte> block, ref int at, Span<int> lengths)
    {
        int sum = 0;
        for (int i = 0; i < lengths.Length - 1; i++)
        {
            int part;
            do
            {
                if (at == block.Length)
                {
                    return false;
                }

                part = block[at++];
                lengths[i] += part;
            }
            while (part == LengthOnes);
            sum += lengths[i];
        }

        lengths[^1] = block.Length - at - sum;
        return true;
    }

    /// <summary>The first length, then the difference of each to the one before, zero in the middle.</summary>
    private static bool ReadEbml(ReadOnlySpan<byte> block, ref int at, Span<int> lengths)
    {
        long sum = 0, length = 0;
        for (int i = 0; i < lengths.Length - 1; i++)
        {
            int bytes = EbmlElements.TryParseNumber(block[at..], out long number);
            if (bytes == 0 || number < 0)
            {
                return false;
            }

            at += bytes;
            length = i == 0 ? number : length + number - ((1L << (7 * bytes - 1)) - 1);
            if (length < 0 || length > block.Length)
            {
                return false;
            }

            lengths[i] = (int)length;
            sum += length;
        }

        lengths[^1] = (int)Math.Max(-1, block.Length - at - sum);
        return true;
    }
}

using VoiceClean.Errors;

namespace VoiceClean.Formats.Vorbis;

/// <summary>The three packets before the sound. Source: Vorbis I specification §4.2.</summary>
internal static class VorbisHeaders
{
    /// <summary>Reads them; null if they are damaged or the file ends before.</summary>
    /// <param name="packets">Before them.</param>
    /// <param name="first">The first one, if it has been read; otherwise null.</param>
    public static byte[][]? Read(IPackets packets, byte[]? first)
    {
        byte[][] headers = new byte[3][];
        for (int i = 0; i < 3; i++)
        {
            if (i > 0 || first is null)
            {
                if (!packets.Next())
                {
                    return null;
                }

                first = packets.Packet.ToArray();
            }

            headers[i] = first!;
            if (first!.Length < 7 || first[0] != 2 * i + 1 || !first.AsSpan(1).StartsWith("vorbis"u8))
            {
                return null;
            }
        }

        // A damaged comment header claims millions of comments, and NVorbis would look for each of them.
        headers[1] = [.. "\u0003vorbis"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        return VorbisCodebooks.AreBounded(headers[2]) ? headers : null;
    }

    /// <summary>The refusal that lets the next decoder be asked.</summary>
    public static InputException Damaged() =>
        new(ReasonCodes.UnsupportedFormat, "The Vorbis headers are damaged.");
}

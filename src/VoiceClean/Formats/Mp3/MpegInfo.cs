using System.Buffers.Binary;

namespace VoiceClean.Formats.Mp3;

/// <summary>
/// What an encoder writes about its stream into a first frame without sound: "Xing" or "Info", LAME's extension of it,
/// or "VBRI". Sources: G. Bouvigne, "MP3 info tag specification" rev. 1; Fraunhofer's VBRI header as LAME documents it.
/// </summary>
/// <param name="Frames">Declared number of frames behind it; 0 = not said.</param>
/// <param name="Delay">Samples that the encoder put before the first one, without the decoder's own 529; null = not
/// said.</param>
/// <param name="Padding">Samples that it put behind the last one, including the decoder's 529.</param>
internal sealed record MpegInfo(long Frames, int? Delay, int Padding)
{
    /// <summary>Delay of every decoder of layer III [sample]: 528 of the filter bank and 1.</summary>
    public const int DecoderDelay = 529;

    private const int VbriAt = 36, DelayAt = 21;

    /// <summary>What <paramref name="frame"/> tells; null if it is an ordinary frame.</summary>
    /// <param name="frame">A whole frame.</param>
    /// <param name="header">Its header.</param>
    public static MpegInfo? Of(ReadOnlySpan<byte> frame, MpegFrameHeader header)
    {
        int at = MpegFrameHeader.Bytes + header.SideBytes;
        if (frame.Length >= VbriAt + 18 && frame[VbriAt..].StartsWith("VBRI"u8))
        {
            return new MpegInfo(BinaryPrimitives.ReadUInt32BigEndian(frame[(VbriAt + 14)..]), null, 0);
        }

        if (frame.Length < at + 8 || !(frame[at..].StartsWith("Xing"u8) || frame[at..].StartsWith("Info"u8)))
        {
            return null;
        }

        ReadOnlySpan<byte> rest = frame[(at + 8)..];
        byte flags = frame[at + 7];
        long frames = 0;
        if ((flags & 1) != 0 && rest.Length >= 4)
        {
            frames = BinaryPrimitives.ReadUInt32BigEndian(rest);
        }

        int skip = ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0)
            + ((flags & 8) != 0 ? 4 : 0);
        if (rest.Length < skip + DelayAt + 3 || rest[skip] == 0)
        {
            return new MpegInfo(frames, null, 0);
        }

        int packed = (rest[skip + DelayAt] << 16) | (rest[skip + DelayAt + 1] << 8) | rest[skip + DelayAt + 2];
        return new MpegInfo(frames, packed >> 12, packed & 0xFFF);
    }

    /// <summary>
    /// Frames without sound to put before a stream, which tell a decoder how long it is: one of information and, where
    /// no delay is declared, an empty one that the decoder takes away together with its own delay. Then nothing of the
    /// stream is taken.
    /// </summary>
    /// <param name="first">The first bytes of a frame of that stream; version, rate and channels are taken from
    /// it.</param>
    /// <param name="frames">How many frames follow.</param>
    /// <param name="delay">As <see cref="Delay"/>.</param>
    /// <param name="padding">As <see cref="Padding"/>; what is no more than the decoder's delay takes nothing.</param>
    public static byte[] Make(ReadOnlySpan<byte> first, long frames, int? delay, int padding)
    {
        byte[] start = [first[0], (byte)(first[1] | 1), 0, first[3]];
        MpegFrameHeader header = default;
        for (int bitrate = 1; bitrate < 15 && header.Length < 160; bitrate++)
        {
            start[2] = (byte)((bitrate << 4) | (first[2] & 0x0C));
            _ = MpegFrameHeader.TryParse(start, out header);
        }

        byte[] made = new byte[delay is null ? 2 * header.Length : header.Length];
        start.CopyTo(made, 0);
        if (delay is null)
        {
            start.CopyTo(made, header.Length);
        }

        Span<byte> at = made.AsSpan(MpegFrameHeader.Bytes + header.SideBytes);
        "Xing"u8.CopyTo(at);
        at[7] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(at[8..], (uint)Math.Min(frames + (delay is null ? 1 : 0), uint.MaxValue));
        at = at[12..];
        "LAME3.100"u8.CopyTo(at);
        int packed = ((delay ?? header.Samples - DecoderDelay) << 12) | Math.Max(padding, DecoderDelay);
        (at[DelayAt], at[DelayAt + 1], at[DelayAt + 2]) = ((byte)(packed >> 16), (byte)(packed >> 8), (byte)packed);
        return made;
    }
}

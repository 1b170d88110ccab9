using NLayer;

namespace VoiceClean.Formats.Mp3;

/// <summary>A layer III frame as the package NLayer wants to see it.</summary>
internal sealed class LayerFrame : IMpegFrame
{
    private readonly byte[] _bytes = new byte[4096];
    private int _bit;

    /// <inheritdoc/>
    public int SampleRate { get; private set; }

    /// <inheritdoc/>
    public int SampleRateIndex => (_bytes[2] >> 2) & 3;

    /// <inheritdoc/>
    public int FrameLength { get; private set; }

    /// <inheritdoc/>
    public int BitRate => 0;               // only statistics

    /// <inheritdoc/>
    public MpegVersion Version { get; private set; }

    /// <inheritdoc/>
    public MpegLayer Layer => MpegLayer.LayerIII;

    /// <inheritdoc/>
    public MpegChannelMode ChannelMode => (MpegChannelMode)(_bytes[3] >> 6);

    /// <inheritdoc/>
    public int ChannelModeExtension => (_bytes[3] >> 4) & 3;

    /// <inheritdoc/>
    public int SampleCount { get; private set; }

    /// <inheritdoc/>
    public int BitRateIndex => _bytes[2] >> 4;

    /// <inheritdoc/>
    public bool IsCopyrighted => (_bytes[3] & 8) != 0;

    /// <inheritdoc/>
    public bool HasCrc { get; private set; }

    /// <inheritdoc/>
    public bool IsCorrupted => false;

    /// <summary>Takes a frame; none is longer than 2,881 bytes.</summary>
    public void Set(ReadOnlySpan<byte> frame, MpegFrameHeader header)
    {
        frame.CopyTo(_bytes);
        (SampleRate, FrameLength, SampleCount) = (header.SampleRate, header.Length, header.Samples);
        (Version, HasCrc) = ((MpegVersion)header.Version, header.HasChecksum);
        Reset();
    }

    /// <inheritdoc/>
    public void Reset() => _bit = 8 * (MpegFrameHeader.Bytes + (HasCrc ? 2 : 0));

    /// <inheritdoc/>
    public int ReadBits(int bitCount)
    {
        int value = 0;
        for (; bitCount > 0; bitCount--, _bit++)
        {
            int bit = _bit < 8 * FrameLength ? (_bytes[_bit >> 3] >> (7 - (_bit & 7))) & 1 : 0;
            value = (value << 1) | bit;
        }

        return value;
    }
}

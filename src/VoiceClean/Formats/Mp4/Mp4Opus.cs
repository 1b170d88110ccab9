using VoiceClean.Formats.Opus;

namespace VoiceClean.Formats.Mp4;

/// <summary>
/// The packets of an Opus track, as browsers record it. Source: "Encapsulation of Opus in ISO Base Media File Format"
/// §4.3.
/// </summary>
/// <param name="frames">Of the track.</param>
internal sealed class Mp4Opus(Mp4Frames frames) : IPackets
{
    /// <summary>Four times the longest packet of one stream.</summary>
    public const int LargestPacket = 8 * 61_440;

    private const int FixedBytes = 11;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Packet => frames.Frame;

    /// <inheritdoc/>
    public long Granule { get; private set; }

    /// <inheritdoc/>
    public bool IsFirst => false;

    /// <inheritdoc/>
    public bool IsLast => false;

    /// <inheritdoc/>
    public bool IsBehindGap => false;

    /// <inheritdoc/>
    public bool EndsOpen => false;         // Mp4Reader says so

    /// <inheritdoc/>
    public bool Next()
    {
        if (!frames.Next())
        {
            return false;
        }

        Granule += OpusPacket.Samples(frames.Frame);
        return true;
    }

    /// <summary>The head as it stands in Ogg.</summary>
    /// <param name="box">Content of dOps.</param>
    /// <param name="skip">What an edit leaves out at the start [sample at 48 kHz]; null = none does, so that the head
    /// decides.</param>
    /// <exception cref="Errors.InputException">It cannot be, or is of a kind that is not read here
    /// (<c>unsupported_format</c>).</exception>
    public static OpusHead HeadOf(ReadOnlySpan<byte> box, long? skip)
    {
        byte[] head = [.. "OpusHead"u8, 1, .. box.Length >= FixedBytes ? box[1..] : default];
        if (box.Length >= FixedBytes)
        {
            head.AsSpan(10, 2).Reverse();
            head.AsSpan(12, 4).Reverse();
            head.AsSpan(16, 2).Reverse();
        }

        var parsed = OpusHead.Parse(head);
        return skip is { } samples ? parsed with { PreSkip = (int)Math.Clamp(samples, 0, int.MaxValue) } : parsed;
    }
}

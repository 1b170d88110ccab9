namespace VoiceClean.Formats.Opus;

/// <summary>What the first bytes of an Opus packet say. Source: RFC 6716 §3.1, §3.2.</summary>
internal static class OpusPacket
{
    /// <summary>The longest packet, 120 ms [sample at 48 kHz].</summary>
    public const int MostSamples = 5760;

    /// <summary>How long the packet is [sample at 48 kHz]; 0 if it cannot be.</summary>
    public static int Samples(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty)
        {
            return 0;
        }

        int config = packet[0] >> 3;
        int frame = config switch
        {
            < 12 => (config & 3) switch { 0 => 480, 1 => 960, 2 => 1920, _ => 2880 },
            < 16 => (config & 1) == 0 ? 480 : 960,
            _ => 120 << (config & 3),
        };
        int frames = (packet[0] & 3) switch { 0 => 1, 1 or 2 => 2, _ => packet.Length > 1 ? packet[1] & 63 : 0 };
        return frame * frames <= MostSamples ? frame * frames : 0;
    }
}

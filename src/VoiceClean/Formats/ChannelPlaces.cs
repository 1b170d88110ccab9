using System.Numerics;
using VoiceClean.Audio;

namespace VoiceClean.Formats;

/// <summary>
/// Which loudspeaker each channel of a file belongs to, and how to bring the channels into the order of WAVE files.
/// </summary>
internal static class ChannelPlaces
{
    private const uint L = 0x1, R = 0x2, C = 0x4, Lfe = 0x8, Bl = 0x10, Br = 0x20, Bc = 0x100, Sl = 0x200, Sr = 0x400;

    /// <summary>The speaker bit of each channel as stored; null if unknown.</summary>
    /// <param name="container">"flac", "ogg", "opus" have orders of their own, which libsndfile keeps.</param>
    /// <param name="map">libsndfile's SF_CHANNEL_MAP_* values, one per channel; empty if it gave none.</param>
    /// <param name="channels">Number of channels.</param>
    public static uint[]? Of(string container, ReadOnlySpan<int> map, int channels) => container switch
    {
        "flac" => Flac(channels),
        "ogg" or "opus" => Vorbis(channels),
        _ => FromMap(map),
    };

    /// <summary>
    /// The mask of <see cref="AudioFormat.SpeakerMask"/> for a container that fixes the order; 0 = unknown.
    /// </summary>
    public static uint MaskOf(string container, int channels) =>
        Of(container, [], channels)?.Aggregate(0u, (mask, place) => mask | place) ?? 0;

    /// <summary>
    /// The position of each channel once they stand in the order of their speaker bits; null if they do already.
    /// </summary>
    public static int[]? Reorder(uint[] places)
    {
        int[] order = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            order[i] = places.Count(p => p < places[i]);
        }

        return order.Select((target, i) => target == i).All(same => same) ? null : order;
    }

    /// <summary>Brings interleaved frames into the order that <see cref="Reorder"/> gave.</summary>
    public static void Apply(int[] order, Span<float> interleaved)
    {
        Span<float> frame = stackalloc float[64];
        frame = frame[..order.Length];
        for (int at = 0; at + frame.Length <= interleaved.Length; at += frame.Length)
        {
            interleaved.Slice(at, frame.Length).CopyTo(frame);
            for (int c = 0; c < frame.Length; c++)
            {
                interleaved[at + order[c]] = frame[c];
            }
        }
    }

    // RFC 9639 §9.1.3.
    private static uint[]? Flac(int channels) => channels switch
    {
        1 => [C],
        2 => [L, R],
        3 => [L, R, C],
        4 => [L, R, Bl, Br],
        5 => [L, R, C, Bl, Br],
        6 => [L, R, C, Lfe, Bl, Br],
        7 => [L, R, C, Lfe, Bc, Sl, Sr],
        8 => [L, R, C, Lfe, Bl, Br, Sl, Sr],
        _ => null,
    };

    // Vorbis I specification §4.3.9; RFC 7845 §5.1.1.2 uses the same for Opus.
    private static uint[]? Vorbis(int channels) => channels switch
    {
        1 => [C],
        2 => [L, R],
        3 => [L, C, R],
        4 => [L, R, Bl, Br],
        5 => [L, C, R, Bl, Br],
        6 => [L, C, R, Bl, Br, Lfe],
        7 => [L, C, R, Sl, Sr, Bc, Lfe],
        8 => [L, C, R, Sl, Sr, Bl, Br, Lfe],
        _ => null,
    };

    private static uint[]? FromMap(ReadOnlySpan<int> map)
    {
        uint[] places = new uint[map.Length];
        uint all = 0;
        for (int i = 0; i < map.Length; i++)
        {
            places[i] = map[i] switch
            {
                1 or 4 or 7 => C,          // mono, centre, front centre
                2 or 5 => L,
                3 or 6 => R,
                8 => Bc,
                9 => Bl,
                10 => Br,
                11 => Lfe,
                12 => 0x40,
                13 => 0x80,
                14 => Sl,
                15 => Sr,
                _ => 0,                    // some formats return garbage here
            };
            all |= places[i];
        }

        return map.Length > 0 && BitOperations.PopCount(all) == map.Length ? places : null;
    }
}

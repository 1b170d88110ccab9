namespace VoiceClean.Formats.Matroska;

/// <summary>An audio track of a Matroska or WebM file.</summary>
/// <param name="About">What people are told of it.</param>
internal sealed record MatroskaTrack(AudioTrack About)
{
    /// <summary>The name of Opus among codecs.</summary>
    public const string Opus = "A_OPUS";

    /// <summary>How its blocks are marked; 0 = not said.</summary>
    public long Mark { get; init; }

    /// <summary>What its codec needs before the sound; empty if the file does not say.</summary>
    public byte[] Private { get; init; } = [];

    /// <summary>[Hz]; what the specification says where the file does not.</summary>
    public int SampleRate { get; init; } = 8000;

    /// <summary>How many channels; likewise.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Of plain samples [bit]; 0 = not said.</summary>
    public int BitDepth { get; init; }

    /// <summary>What the encoder put before the first sample [ns].</summary>
    public long Delay { get; init; }

    /// <summary>Bytes that were taken from the beginning of every frame to save room.</summary>
    public byte[] Stripped { get; init; } = [];

    /// <summary>True if its frames are packed or encrypted in a way that is not undone here.</summary>
    public bool IsEncoded { get; init; }

    /// <summary>
    /// True if the other can follow; of Opus every stream can, because all are decoded at one rate.
    /// </summary>
    public bool IsLike(MatroskaTrack other) =>
        About.Codec == other.About.Codec
        && (!About.Codec.StartsWith("A_PCM/", StringComparison.Ordinal)
            || (SampleRate, Channels, BitDepth) == (other.SampleRate, other.Channels, other.BitDepth))
        && (About.Codec == Opus || Private.AsSpan().SequenceEqual(other.Private))
        && IsEncoded == other.IsEncoded;
}

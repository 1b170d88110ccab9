namespace VoiceClean.Formats.Aac;

/// <summary>Where AAC frames come from.</summary>
internal interface IAacFrames
{
    /// <summary>The frame read last; empty if it is missing.</summary>
    ReadOnlySpan<byte> Frame { get; }

    /// <summary>True if bytes before it belong to no frame.</summary>
    bool IsBehindDamage { get; }

    /// <summary>Reads the next frame; false at the end.</summary>
    bool Next();
}

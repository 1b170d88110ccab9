namespace VoiceClean.Formats.Aac;

/// <summary>Where AAC frames come from.</summary>
internal interface IAacFrames
{
    /// <summary>The frame read last; empty if it is missing.</summary>
    ReadOnlySpan<byte> Frame { get; }

    /// <summary>
    /// How many frames are missing before it, by the bytes there that belong to none; null if there are no such bytes.
    /// </summary>
    int? LostBefore { get; }

    /// <summary>Reads the next frame; false at the end.</summary>
    bool Next();

    /// <summary>Goes back to the beginning.</summary>
    void Restart();
}

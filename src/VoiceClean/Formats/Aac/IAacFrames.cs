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

    /// <summary>
    /// Where a file was joined on whose sound cannot follow [byte]; null = none was. Complete at the end.
    /// </summary>
    long? ForeignAt => null;

    /// <summary>True if the last frame is cut, which is not one of those that are read. Complete at the end.</summary>
    bool IsCut => false;

    /// <summary>Reads the next frame; false at the end.</summary>
    bool Next();

    /// <summary>Goes back to the beginning.</summary>
    void Restart();
}

namespace VoiceClean.Formats;

/// <summary>
/// The packets of a coded sound, one after the other, and what their container says of their places. Streams that are
/// joined follow each other, each with its headers.
/// </summary>
internal interface IPackets
{
    /// <summary>The packet read last.</summary>
    ReadOnlySpan<byte> Packet { get; }

    /// <summary>
    /// Where the packet ends in its stream [sample per channel, as its codec counts]; −1 if that is not said.
    /// </summary>
    long Granule { get; }

    /// <summary>True for the first packet of a stream, which says what it is.</summary>
    bool IsFirst { get; }

    /// <summary>True if <see cref="Granule"/> also tells where the sound ends within the packet.</summary>
    bool IsLast { get; }

    /// <summary>True if packets before this one are missing.</summary>
    bool IsBehindGap { get; }

    /// <summary>Where the packet stands in the file, or its page [byte]; 0 if that is not known.</summary>
    long Place => 0;

    /// <summary>True if the file lacks an end that it should have.</summary>
    bool EndsOpen { get; }

    /// <summary>Reads the next packet; false at the end of the file.</summary>
    bool Next();
}

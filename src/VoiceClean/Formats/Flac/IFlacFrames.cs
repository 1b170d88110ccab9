namespace VoiceClean.Formats.Flac;

/// <summary>Where FLAC frames come from: a file of their own, or packets of an Ogg file.</summary>
internal interface IFlacFrames
{
    /// <summary>True if bytes before the frame read last belong to no frame.</summary>
    bool IsBehindDamage { get; }

    /// <summary>
    /// Where a file was joined on whose sound cannot follow [byte]; null = none was. Complete at the end.
    /// </summary>
    long? ForeignAt => null;

    /// <summary>Decodes the next whole frame, wherever it begins; false at the end.</summary>
    bool Next(FlacFrameDecoder decoder);
}

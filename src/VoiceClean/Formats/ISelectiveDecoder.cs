namespace VoiceClean.Formats;

/// <summary>A decoder that reads only some of what the first bytes of a file promise.</summary>
internal interface ISelectiveDecoder : IAudioDecoder
{
    /// <summary>
    /// True if <see cref="IAudioDecoder.Open"/> takes a file by what its header says; never throws for what it holds.
    /// </summary>
    /// <param name="stream">Its position is left undefined.</param>
    bool Takes(Stream stream);
}

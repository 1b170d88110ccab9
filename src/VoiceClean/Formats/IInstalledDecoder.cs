namespace VoiceClean.Formats;

/// <summary>A decoder that needs a library or program of the machine, and is not needed for everything.</summary>
internal interface IInstalledDecoder : IAudioDecoder
{
    /// <summary>What it is good for beside the built-in decoders, in a few words.</summary>
    string Purpose { get; }
}

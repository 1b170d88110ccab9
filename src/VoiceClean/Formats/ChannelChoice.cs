namespace VoiceClean.Formats;

/// <summary>How several channels become one.</summary>
public enum ChannelChoice
{
    /// <summary>The mean, guarded against empty, inverted and delayed channels (the default).</summary>
    Mix,

    /// <summary>The first channel.</summary>
    Left,

    /// <summary>The second channel; of a mono file the only one.</summary>
    Right,

    /// <summary>The channel with the highest level.</summary>
    Loudest,
}

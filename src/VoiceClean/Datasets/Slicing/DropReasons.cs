using VoiceClean.Errors;

namespace VoiceClean.Datasets.Slicing;

/// <summary>Why speech is in no clip. Stable codes.</summary>
internal static class DropReasons
{
    /// <summary>
    /// Alone it is shorter than the minimum, and no neighbour can take it in without becoming too long.
    /// </summary>
    public const string TooShort = ReasonCodes.TooShort;

    /// <summary>It is no voice, or far too quiet for the speaker's: noise, typing, music.</summary>
    public const string NoVoice = "no_voice";
}

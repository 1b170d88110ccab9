using VoiceClean.Audio;
using VoiceClean.Errors;

namespace VoiceClean.Stages;

/// <summary>What every denoiser says where more is asked of it than speech can bear.</summary>
internal static class HighStrength
{
    /// <summary>Above this consonants begin to go.</summary>
    public const double Above = 0.75;

    /// <summary>Warns of a strength above the limit.</summary>
    public static void Warn(AudioClip clip, double strength)
    {
        if (strength > Above)
        {
            clip.Warn(
                WarningCodes.StrengthHigh,
                FormattableString.Invariant(
                    $"At strength {strength:0.##} consonants begin to go with the noise; up to {Above} they stay."));
        }
    }
}

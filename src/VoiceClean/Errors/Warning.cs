namespace VoiceClean.Errors;

/// <summary>Something a user should know about a clip that was processed all the same.</summary>
/// <param name="Code">A stable snake_case code, usually one of <see cref="WarningCodes"/>.</param>
/// <param name="Message">One sentence.</param>
public sealed record Warning(string Code, string Message);

/// <summary>The stable codes of warnings, as they stand in reports.</summary>
public static class WarningCodes
{
#pragma warning disable CS1591 // The name is the code; the message that travels with it explains.
    public const string WrongExtension = "wrong_extension";
    public const string Truncated = "truncated";
    public const string PolarityInverted = "polarity_inverted";
    public const string SeveralTracks = "several_tracks";
    public const string ScaledAsIntegers = "scaled_as_integers";
    public const string WildSamples = "wild_samples";
    public const string UnclippedChannel = "unclipped_channel";
    public const string ClearerChannel = "clearer_channel";
    public const string LowCorrelation = "low_correlation";
    public const string UnknownLayout = "unknown_layout";
    public const string NoRightChannel = "no_right_channel";
    public const string LoudnessNotReached = "loudness_not_reached";
    public const string Music = "music";
    public const string TransientInSpeech = "transient_in_speech";
    public const string LoudnessUndefined = "loudness_undefined";
    public const string NoiseHeadRejected = "noise_head_rejected";
    public const string StrengthHigh = "strength_high";
    public const string NarrowBand = "narrow_band";
    public const string LowSnr = "low_snr";
    public const string NonfiniteSamples = "nonfinite_samples";
    public const string MalformedHeader = "malformed_header";
    public const string DamagedData = "damaged_data";
    public const string ShortResult = "short_result";
    public const string ResultClipped = "result_clipped";
    public const string LowResolution = "low_resolution";
    public const string BackedOff = "backed_off";
    public const string DenoisedLess = "denoised_less";
    public const string NoiseNotFound = "noise_not_found";
    public const string GateOverridden = "gate_overridden";
#pragma warning restore CS1591
}

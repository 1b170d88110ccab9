namespace VoiceClean.Formats;

/// <summary>A library or program that a decoder needs and this machine has not.</summary>
/// <param name="Library">Its name as people know it: "ffmpeg".</param>
/// <param name="HowToInstall">One sentence that names the packages of the usual systems.</param>
public sealed record DecoderRequirement(string Library, string HowToInstall);

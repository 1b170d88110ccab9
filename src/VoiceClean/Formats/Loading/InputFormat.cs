using VoiceClean.Audio;

namespace VoiceClean.Formats.Loading;

/// <summary>What the file was that a clip came from; stands under "input" in the report.</summary>
/// <param name="Format">Container, decoder, sampling rate, channels and bit depth of the source.</param>
/// <param name="Duration">Length as decoded.</param>
/// <param name="Downmix">How its channels became one: "mono", "mean", "left" …</param>
/// <param name="NonfiniteSamples">How many samples, of all channels, were no numbers and were set to zero.</param>
internal sealed record InputFormat(AudioFormat Format, TimeSpan Duration, string Downmix, long NonfiniteSamples = 0);

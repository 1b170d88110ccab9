using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Formats.Wav;
using Xunit;

namespace VoiceClean.Tests.Formats.Wav;

/// <summary>A tone, how it must come out, and the WAV reader alone.</summary>
internal static class NastyWav
{
    public static readonly short[] Tone = WavBuilder.Tone();

    public static readonly byte[] Data = WavBuilder.Bytes16(Tone);

    public static readonly float[] Expected = [.. Tone.Select(s => s / 32768f)];

    public static readonly AudioDecoders WavOnly = MakeWavOnly();

    public static AudioDecoders MakeWavOnly()
    {
        var decoders = new AudioDecoders();
        decoders.Add(new WavDecoder());
        return decoders;
    }

    public static Decoded Decode(byte[] file) => Decoded.From(file, decoders: WavOnly);

    public static InputException Refuse(byte[] file) => Assert.Throws<InputException>(() => Decode(file));

    public static void AssertWhole(Decoded decoded, params string[] warnings)
    {
        Assert.Equal(Expected, decoded.Samples);
        Assert.Equal(warnings, decoded.Codes);
    }
}

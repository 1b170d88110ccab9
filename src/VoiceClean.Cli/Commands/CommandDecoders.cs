using VoiceClean.Formats.Loading;
using VoiceClean.NAudio;

namespace VoiceClean.Cli.Commands;

/// <summary>The decoders of the command: those of the library, and NAudio's before ffmpeg is asked.</summary>
internal static class CommandDecoders
{
    /// <summary>Makes the list.</summary>
    public static AudioDecoders Create()
    {
        AudioDecoders decoders = AudioDecoders.CreateDefault();
        decoders.AddBefore("ffmpeg", new NAudioDecoder());
        return decoders;
    }
}

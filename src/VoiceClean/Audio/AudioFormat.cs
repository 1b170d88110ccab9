namespace VoiceClean.Audio;

/// <summary>What a source of audio delivers, and what is known of the file behind it.</summary>
/// <param name="SampleRate">[Hz], 1 to 768,000.</param>
/// <param name="Channels">1 to 64.</param>
public sealed record AudioFormat(int SampleRate, int Channels)
{
    /// <summary>
    /// Which loudspeaker each channel belongs to, as in WAVE_FORMAT_EXTENSIBLE's dwChannelMask; 0 = unknown.
    /// </summary>
    public uint SpeakerMask { get; init; }

    /// <summary>The container, lower case: "wav", "flac", "mp3", "m4a" …; empty for raw samples.</summary>
    public string Container { get; init; } = "";

    /// <summary>The name of the decoder that reads it: "wav", "sndfile", "ffmpeg"; empty if none was needed.</summary>
    public string Decoder { get; init; } = "";

    /// <summary>Valid bits of a sample as stored; 0 = not applicable (lossy codecs).</summary>
    public int BitDepth { get; init; }
}

namespace VoiceClean.Formats;

/// <summary>Opens one family of formats. Immutable and thread-safe: one instance serves a whole batch.</summary>
public interface IAudioDecoder
{
    /// <summary>Lower-case name for reports: "wav", "sndfile", "ffmpeg".</summary>
    string Name { get; }

    /// <summary>True if the first bytes of a file (up to <see cref="AudioDecoders.HeaderLength"/>, fewer if the file is shorter) look like one of its formats.</summary>
    bool Recognizes(ReadOnlySpan<byte> header);

    /// <summary>Starts decoding.</summary>
    /// <param name="stream">Readable and seekable, at position 0; the reader owns and disposes of it.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <exception cref="Errors.InputException">The content is corrupt, unsupported, or needs a codec that is not installed.</exception>
    IAudioReader Open(Stream stream, DecodeLimits limits);
}

using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>Opens one family of formats. Immutable and thread-safe: one instance serves a whole batch.</summary>
public interface IAudioDecoder
{
    /// <summary>Lower-case name for reports: "wav", "sndfile", "ffmpeg".</summary>
    string Name { get; }

    /// <summary>
    /// True if the first bytes of a file (behind any ID3v2 tag; up to 4,096 bytes, fewer if the file is shorter) look
    /// like one of its formats.
    /// </summary>
    bool Recognizes(ReadOnlySpan<byte> header);

    /// <summary>
    /// The containers it reads where nothing is missing, and their extensions: which files in a folder are recordings,
    /// whose name belies their content, and what people are told who ask what is installed.
    /// </summary>
    IReadOnlyList<FileFormat> Formats { get; }

    /// <summary>
    /// What the library or program behind it says of itself; null if it is built in or missing. May start a program.
    /// </summary>
    string? Version => null;

    /// <summary>
    /// The library or program that is not installed here and without which <see cref="Open"/> must fail; null if
    /// nothing is missing.
    /// </summary>
    DecoderRequirement? Missing => null;

    /// <summary>Starts decoding.</summary>
    /// <param name="stream">Readable and seekable, at position 0; the reader owns and disposes of it, but not if this
    /// throws.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <exception cref="InputException">The content is corrupt, unsupported, or needs a codec that is not installed.
    /// With the code
    /// <c>unsupported_format</c> the next decoder that recognises the content is asked.</exception>
    IAudioReader Open(Stream stream, DecodeLimits limits);
}

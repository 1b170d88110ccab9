using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>A decoder that may know what no rule here knows; asked when all others have declined.</summary>
internal interface IGuessingDecoder : IAudioDecoder
{
    /// <summary>Starts decoding content of an unknown kind; null if it is not known there either.</summary>
    /// <param name="stream">Readable and seekable; the reader owns and disposes of it, but not if there is
    /// none.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="track">Which audio track, 1 for the first.</param>
    /// <exception cref="InputException">It is known, but exceeds the limits.</exception>
    IAudioReader? OpenUnknown(Stream stream, DecodeLimits limits, int track);
}

using VoiceClean.Errors;

namespace VoiceClean.Formats;

/// <summary>A decoder of containers that may hold several audio tracks.</summary>
internal interface ITrackDecoder : IAudioDecoder
{
    /// <summary>
    /// The audio tracks of a file, in its order; empty where the container cannot hold several, or they cannot be told.
    /// </summary>
    /// <param name="stream">Readable and seekable; its position is left undefined.</param>
    IReadOnlyList<AudioTrack> TracksOf(Stream stream);

    /// <summary>Starts decoding one of them.</summary>
    /// <param name="stream">As for <see cref="IAudioDecoder.Open"/>.</param>
    /// <param name="limits">What may at most be decoded.</param>
    /// <param name="track">The <see cref="AudioTrack.Number"/>.</param>
    /// <exception cref="InputException">As for <see cref="IAudioDecoder.Open"/>.</exception>
    IAudioReader Open(Stream stream, DecodeLimits limits, int track);
}

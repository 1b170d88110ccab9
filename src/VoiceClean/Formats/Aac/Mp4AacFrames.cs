using VoiceClean.Formats.Mp4;

namespace VoiceClean.Formats.Aac;

/// <summary>The frames of an AAC track of an MP4 file.</summary>
/// <param name="stream">Readable and seekable; not owned.</param>
/// <param name="samples">Where they stand.</param>
internal sealed class Mp4AacFrames(Stream stream, Mp4Samples samples) : IAacFrames
{
    // 6144 bits a channel are allowed; what is longer is no frame.
    private const int LargestFrame = 8192;

    private readonly Mp4Frames _frames = new(stream, samples, LargestFrame);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Frame => _frames.Frame;

    /// <inheritdoc/>
    public int? LostBefore => null;

    /// <inheritdoc/>
    public bool Next() => _frames.Next();

    /// <inheritdoc/>
    public void Restart() => _frames.Restart();
}

using VoiceClean.Formats.Flac;

namespace VoiceClean.Formats.Mp4;

/// <summary>The frames of a FLAC track; they say themselves where they belong.</summary>
/// <param name="frames">Of the track.</param>
internal sealed class Mp4Flac(Mp4Frames frames) : IFlacFrames
{
    /// <summary>Eight channels of the largest block.</summary>
    public const int LargestFrame = 4 << 20;

    /// <inheritdoc/>
    public bool IsBehindDamage { get; private set; }

    /// <inheritdoc/>
    public bool Next(FlacFrameDecoder decoder)
    {
        IsBehindDamage = false;
        while (frames.Next())
        {
            if (decoder.Decode(frames.Frame) == FlacFrameResult.Good)
            {
                return true;
            }

            IsBehindDamage = true;
        }

        return false;
    }
}

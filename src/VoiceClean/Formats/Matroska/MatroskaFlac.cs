using VoiceClean.Formats.Flac;

namespace VoiceClean.Formats.Matroska;

/// <summary>The frames of a FLAC track; they say themselves where they belong.</summary>
/// <param name="blocks">Of the track.</param>
internal sealed class MatroskaFlac(MatroskaBlocks blocks) : IFlacFrames
{
    /// <inheritdoc/>
    public bool IsBehindDamage { get; private set; }

    /// <inheritdoc/>
    public bool Next(FlacFrameDecoder decoder)
    {
        IsBehindDamage = false;
        while (blocks.Next())
        {
            IsBehindDamage |= blocks.IsBehindDamage;
            if (decoder.Decode(blocks.Frame) == FlacFrameResult.Good)
            {
                return true;
            }

            IsBehindDamage = true;
        }

        return false;
    }
}

using VoiceClean.Formats.Aac;

namespace VoiceClean.Formats.Matroska;

/// <summary>The frames of an AAC track.</summary>
/// <param name="blocks">Of the track.</param>
/// <param name="sampleRate">[Hz]</param>
internal sealed class MatroskaAac(MatroskaBlocks blocks, int sampleRate) : IAacFrames
{
    private MatroskaClock _clock = new(sampleRate);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Frame => blocks.Frame;

    /// <inheritdoc/>
    public int? LostBefore { get; private set; }

    /// <inheritdoc/>
    public bool Next()
    {
        if (!blocks.Next())
        {
            return false;
        }

        long missing = _clock.MissingBefore(blocks, AacFilterBank.Frame);
        int lost = (int)((missing + AacFilterBank.Frame / 2) / AacFilterBank.Frame);
        LostBefore = lost > 0 || blocks.IsBehindDamage ? lost : null;
        return true;
    }

    /// <inheritdoc/>
    public void Restart()
    {
        blocks.Restart();
        _clock = new MatroskaClock(sampleRate);
    }
}

namespace VoiceClean.Formats.Matroska;

/// <summary>
/// Tells by the times of the blocks how much sound is missing before a frame. Times are rounded, often to a
/// millisecond, and clocks of recorders drift; so blocks are compared with the one before, not with the beginning, and
/// where nothing is damaged only what is as long as several frames counts: recorders leave out silence so.
/// </summary>
/// <param name="sampleRate">[Hz]</param>
internal sealed class MatroskaClock(int sampleRate)
{
    private const double NanosecondsInSecond = 1e9, LeastSeconds = 0.06, LeastBehindDamage = 0.004, MostSeconds = 600;

    private long? _last;
    private long _since;

    /// <summary>How much is missing before a frame [sample per channel].</summary>
    /// <param name="blocks">Which has just read it.</param>
    /// <param name="length">Of the frame [sample per channel].</param>
    public long MissingBefore(MatroskaBlocks blocks, int length)
    {
        long missing = 0;
        if (blocks.Time is { } time)
        {
            if (_last is { } last && !blocks.IsJoined)
            {
                double gap = (time - last) / NanosecondsInSecond - (double)_since / sampleRate;
                bool isGap = gap >= (blocks.IsBehindDamage ? LeastBehindDamage : LeastSeconds) && gap <= MostSeconds;
                missing = isGap ? (long)Math.Round(gap * sampleRate) : 0;
            }

            (_last, _since) = (time, 0);
        }

        _since += length;
        return missing;
    }
}

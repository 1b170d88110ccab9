namespace VoiceClean.Inspection;

/// <summary>
/// What has a pitch but none of a voice: squealing brakes and hinges correlate at several lags alike, so their pitch
/// seems to jump from frame to frame, while that of a voice glides, but for an octave now and then.
/// </summary>
/// <remarks>
/// Stretches of 160 ms and longer of which more than 0.35 of the steps are jumps of more than 0.26 octaves, or more
/// than 0.25 of those of 0.4 s and longer: in 272 mixtures at 5 dB two thirds of the voice at most, of a metro's squeal
/// and of the chime of its doors nine tenths.
/// </remarks>
internal static class PitchJumps
{
    private const int LeastFrames = 8, LongFrames = 20;
    private const double MostShare = 0.35, MostLongShare = 0.25, JumpRatio = 1.2;       // 0.26 octaves

    /// <summary>The voiced frames that do not jump, in an array of its own.</summary>
    /// <param name="isVoiced">Per frame of the voicing detector.</param>
    /// <param name="lags">Its lags, at least as many.</param>
    public static bool[] Without(ReadOnlySpan<bool> isVoiced, ReadOnlySpan<byte> lags)
    {
        bool[] left = isVoiced.ToArray();
        for (int t = 0; t < isVoiced.Length; t++)
        {
            int first = t, jumps = 0;
            while (t < isVoiced.Length && isVoiced[t])
            {
                jumps += t > first && IsJump(lags[t - 1], lags[t]) ? 1 : 0;
                t++;
            }

            int length = t - first;
            double most = length >= LongFrames ? MostLongShare : MostShare;
            if (length >= LeastFrames && jumps > most * (length - 1))
            {
                left.AsSpan(first, length).Clear();
            }
        }

        return left;
    }

    private static bool IsJump(int a, int b) => Math.Max(a, b) > JumpRatio * Math.Min(a, b);
}

namespace VoiceClean.Inspection;

/// <summary>
/// What has a pitch but none of a voice: squealing brakes and hinges correlate at several lags alike, so their pitch
/// seems to jump from frame to frame, while that of a voice glides, but for an octave now and then.
/// </summary>
/// <remarks>
/// Stretches of 160 ms and longer of which more than 0.35 of the steps are jumps of more than 0.26 octaves: of 32 clean
/// recordings 1.7 % of the voice (16 % at most), at 5 dB 3 % (23 %), of the squeal of a metro 81 to 87 %.
/// </remarks>
internal static class PitchJumps
{
    private const int LeastFrames = 8;
    private const double MostShare = 0.35, JumpRatio = 1.2;       // 0.26 octaves

    /// <summary>How many voiced frames jump.</summary>
    /// <param name="isVoiced">Per frame of the voicing detector.</param>
    /// <param name="lags">Its lags, at least as many.</param>
    public static int CountFrames(ReadOnlySpan<bool> isVoiced, ReadOnlySpan<byte> lags)
    {
        int count = 0;
        for (int t = 0; t < isVoiced.Length; t++)
        {
            int first = t, jumps = 0;
            while (t < isVoiced.Length && isVoiced[t])
            {
                jumps += t > first && IsJump(lags[t - 1], lags[t]) ? 1 : 0;
                t++;
            }

            int length = t - first;
            count += length >= LeastFrames && jumps > MostShare * (length - 1) ? length : 0;
        }

        return count;
    }

    private static bool IsJump(int a, int b) => Math.Max(a, b) > JumpRatio * Math.Min(a, b);
}

using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Whether a noise holds still: what proved to be noise and rises no further is followed slowly, as what seems to rise
/// then is speech, a hiss of consonants most of all.
/// </summary>
internal static class SteadyNoise
{
    /// <summary>From 0 (it moves, or nothing proved it) to 1 (it holds still).</summary>
    /// <param name="profile">What is known of the noise. That of another recording proves nothing.</param>
    /// <param name="lift">Its rise per cell, a power factor from 1.</param>
    /// <param name="isSilent">Cells that say nothing.</param>
    public static float Steadiness(NoiseProfile profile, ReadOnlySpan<float> lift, ReadOnlySpan<bool> isSilent)
    {
        double sum = 0;
        int count = 0;
        for (int cell = 0; cell < lift.Length; cell++)
        {
            if (!isSilent[cell])
            {
                sum += Decibels.FromPower(lift[cell]);
                count++;
            }
        }

        double share = (GateConstants.MovingLiftDb - (sum / Math.Max(1, count)))
            / (GateConstants.MovingLiftDb - GateConstants.StillLiftDb);
        return profile.IsVerified && profile.Source != NoiseSource.File ? (float)Math.Clamp(share, 0, 1) : 0;
    }

    /// <summary>
    /// Depth of the gain in strong frames, 0 (√W) over 1 (W) to 2 (W²): the more noise there is, and the better it is
    /// known, the more of it may go.
    /// </summary>
    /// <param name="steadiness">How still the noise holds, 0 to 1.</param>
    /// <param name="snrDb">Speech over noise in the whole clip [dB].</param>
    public static float StrongFrameDepth(float steadiness, double snrDb)
    {
        double noisy = (GateConstants.LittleNoiseSnrDb - snrDb)
            / (GateConstants.LittleNoiseSnrDb - GateConstants.MuchNoiseSnrDb);
        double known = GateConstants.MovingNoiseShare + (steadiness * (1 - GateConstants.MovingNoiseShare));
        return (float)(GateConstants.StrongFrameDepth + (GateConstants.NoisyDepth * known * Math.Clamp(noisy, 0, 1)));
    }
}

using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Raises the noise below the lowest voices, where wind, rain and traffic are strongest and nothing is to be kept: the
/// neighbourhood that decides on presence reaches from there to the fundamental, so while somebody speaks rumble
/// passes. Where a fundamental leaks into these bins stronger than the noise, they stay as they are.
/// </summary>
internal static class RumbleBias
{
    /// <summary>Multiplies the factors of the lowest bins.</summary>
    /// <param name="framing">The bins.</param>
    /// <param name="noise">λ0, the cells' level and lift; its factors are updated.</param>
    /// <param name="power">Power of the cells [cells x Stride].</param>
    public static void Raise(SpeechFraming framing, NoiseTrack noise, RowStore power)
    {
        using RowStore.Cursor rows = power.Open();
        int active = 0;
        double stands = GateConstants.Stands * noise.Active.ProfileLevel;
        double[] sum = new double[
            Math.Min(framing.Stft.BinCount, (int)(GateConstants.RumbleBelowHz / framing.BinWidthHz) + 1)
        ];
        for (int cell = 0; cell < noise.CellCount; cell++)
        {
            if (!noise.IsSilent[cell] && noise.Levels[cell] > stands * noise.Lift[cell])
            {
                ReadOnlySpan<float> row = rows.Row(cell)[..sum.Length];
                for (int k = 0; k < sum.Length; k++)
                {
                    sum[k] += row[k] / noise.Lift[cell];
                }

                active++;
            }
        }

        for (int k = 0; active >= GateConstants.RumbleLeastCells && k < sum.Length; k++)
        {
            double snr = Decibels.FromPower(Math.Max((sum[k] / active / noise.Profile[k]) - 1, 1e-3));
            double share = Math.Clamp(
                (GateConstants.LeakingSnrDb - snr) / (GateConstants.LeakingSnrDb - GateConstants.RumbleSnrDb),
                0,
                1);
            noise.Raised[k] *= (float)Decibels.ToPower(share * GateConstants.RumbleBiasDb);
        }
    }
}

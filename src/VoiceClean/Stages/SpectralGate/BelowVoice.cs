using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Raises the noise below the lowest voices, where wind, rain and traffic are strongest and nothing is to be kept: the
/// neighbourhood that decides on presence reaches from there to the fundamental, so while somebody speaks rumble
/// passes. Where a fundamental leaks into these bins stronger than the noise, they stay as they are.
/// </summary>
internal static class BelowVoice
{
    private const int FewestActive = 5;

    /// <summary>Multiplies the factors of the lowest bins.</summary>
    /// <param name="framing">The bins.</param>
    /// <param name="noise">λ0 and the level of the cells.</param>
    /// <param name="power">Power of the cells [cells x Stride].</param>
    /// <param name="lift">Lift of the noise per cell.</param>
    /// <param name="raised">Factor on the noise power per bin [Stride]; updated.</param>
    public static void Raise(
        SpeechFraming framing,
        NoiseTrack noise,
        ReadOnlySpan<float> power,
        ReadOnlySpan<float> lift,
        Span<float> raised)
    {
        int active = 0;
        double stands = NoiseTrack.Stands * noise.ProfileLevel();
        double[] sum = new double[
            Math.Min(framing.Stft.BinCount, (int)(GateSettings.UnvoicedBelowHz / framing.BinWidthHz) + 1)
        ];
        for (int cell = 0; cell < noise.CellCount; cell++)
        {
            if (noise.Levels[cell] > stands * lift[cell])
            {
                ReadOnlySpan<float> row = power.Slice(cell * framing.Stride, sum.Length);
                for (int k = 0; k < sum.Length; k++)
                {
                    sum[k] += row[k] / lift[cell];
                }

                active++;
            }
        }

        for (int k = 0; active >= FewestActive && k < sum.Length; k++)
        {
            double snr = Decibels.FromPower(Math.Max((sum[k] / active / noise.Profile[k]) - 1, 1e-3));
            double share = Math.Clamp(
                (GateSettings.LeakingSnrDb - snr) / (GateSettings.LeakingSnrDb - GateSettings.UnvoicedSnrDb),
                0,
                1);
            raised[k] *= (float)Decibels.ToPower(share * GateSettings.UnvoicedBiasDb);
        }
    }
}

using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The cells of a clip that stand out of its noise by 6 dB: how loud they are, and how far above it.</summary>
/// <param name="framing">The bins.</param>
/// <param name="profile">λ0 [Stride].</param>
/// <param name="levels">Mean square per cell, 125 Hz to 12.5 kHz, steps of the noise divided out.</param>
/// <param name="isSilent">Cells that say nothing.</param>
internal sealed class ActiveCells(SpeechFraming framing, float[] profile, float[] levels, bool[] isSilent)
{
    /// <summary>Mean square of λ0, 125 Hz to 12.5 kHz, as in the levels of the cells.</summary>
    public double ProfileLevel { get; } = MeanSquare(framing, profile, framing.Bin(125), framing.Bin(12_500));

    /// <summary>Their mean; 0 if there are none.</summary>
    public double Level() => Mean(null).Active;

    /// <summary>Their mean over the noise [dB]; 0 if there are none.</summary>
    /// <param name="steps">Where the noise is not at its profile: it counts as loud as it is in the mean.</param>
    public double OverNoiseDb(NoiseSteps? steps)
    {
        (double active, double noise) = Mean(steps);
        return active == 0 ? 0 : Decibels.FromPower(active / (noise * ProfileLevel));
    }

    /// <summary>The same over what of the profile lies below the lowest voices [dB].</summary>
    public double OverRumbleDb()
    {
        double active = Level(), rumble = MeanSquare(
            framing,
            profile,
            framing.Bin(GateConstants.RumbleLowHz),
            framing.Bin(GateConstants.RumbleHighHz) + 1);
        return active == 0 ? 0 : Decibels.FromPower(active / rumble);
    }

    // Active cells as they are in the clip, and the noise over its profile; what falls below it does not count.
    private (double Active, double Noise) Mean(NoiseSteps? steps)
    {
        double sum = 0, noise = 0;
        int active = 0, sounding = 0;
        for (int cell = 0; cell < levels.Length; cell++)
        {
            if (isSilent[cell])
            {
                continue;
            }

            double step = steps?.LevelOf(cell) ?? 1;
            noise += Math.Max(1, step);
            sounding++;
            if (levels[cell] > GateConstants.Stands * ProfileLevel)
            {
                sum += levels[cell] * step;
                active++;
            }
        }

        return (active == 0 ? 0 : sum / active, sounding == 0 ? 1 : noise / sounding);
    }

    private static double MeanSquare(SpeechFraming framing, float[] profile, int low, int high)
    {
        double noise = 0;
        for (int k = low; k < high; k++)
        {
            noise += profile[k];
        }

        return noise * 4 / ((double)framing.Stft.FrameLength * framing.Stft.FrameLength);
    }
}

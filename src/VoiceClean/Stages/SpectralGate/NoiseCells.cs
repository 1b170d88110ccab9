using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What <see cref="NoiseTrack"/> begins with: a profile with a floor, the silence of cells.</summary>
internal static class NoiseCells
{
    /// <summary>
    /// A profile whose bins without noise of their own (above the bandwidth of the source) do not divide by nothing: 80
    /// dB below the mean is nothing.
    /// </summary>
    public static float[] Floored(ReadOnlySpan<float> power, int stride)
    {
        double sum = 0;
        foreach (float p in power)
        {
            sum += p;
        }

        float floor = (float)Math.Max(1e-8 * sum / power.Length, 1e-18);
        float[] floored = new float[stride];
        Array.Fill(floored, floor);
        for (int k = 0; k < Math.Min(stride, power.Length); k++)
        {
            floored[k] = Math.Max(power[k], floor);
        }

        return floored;
    }

    /// <summary>Which cells touch silence or reach beyond the clip.</summary>
    public static bool[] Silent(SpeechFraming framing, DigitalSilence silence, int cells)
    {
        bool[] silent = new bool[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            long start = framing.Stft.FrameStart(cell * NoiseTrack.Step);
            silent[cell] = silence.Touches(
                start,
                start + (2 * framing.Stft.HopLength) + framing.Stft.FrameLength);
        }

        return silent;
    }
}

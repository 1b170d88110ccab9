using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>Mean power of some frames, and how their levels scatter.</summary>
/// <param name="Power">Mean |X|² per bin [Stride].</param>
/// <param name="ScatterDb">Standard deviation over the frames of the level in bands of 375 Hz, averaged over the bands
/// that carry noise [dB].</param>
internal sealed record NoiseSpectrum(float[] Power, double ScatterDb)
{
    private const double LowHz = 125, HighHz = 12_500, BandHz = 375;

    // A band this far below the strongest one lies beyond the bandwidth of the source.
    private const double Carries = 1e-6;

    /// <summary>Sums up frames.</summary>
    public sealed class Accumulator(SpeechFraming framing)
    {
        private readonly SpeechFraming _framing = framing;
        private readonly double[] _sum = new double[framing.Stride];
        private readonly double[] _level = new double[Bands(framing).Count], _square = new double[Bands(framing).Count];
        private int _count;

        /// <summary>Adds the power of one frame [Stride].</summary>
        public void Add(ReadOnlySpan<float> power)
        {
            PowerSpectrum.Accumulate(power[.._sum.Length], _sum);
            (int first, int width, int count) = Bands(_framing);
            for (int b = 0; b < count; b++)
            {
                double level = Level(power, first + (b * width), width);
                _level[b] += level;
                _square[b] += level * level;
            }

            _count++;
        }

        /// <summary>The mean; null without frames.</summary>
        public NoiseSpectrum? Finish()
        {
            if (_count == 0)
            {
                return null;
            }

            float[] power = new float[_sum.Length];
            for (int k = 0; k < power.Length; k++)
            {
                power[k] = (float)(_sum[k] / _count);
            }

            double scatter = 0;
            bool[] carrying = Carrying(_framing, power);
            for (int b = 0; b < carrying.Length; b++)
            {
                if (carrying[b])
                {
                    double mean = _level[b] / _count;
                    scatter += Math.Sqrt(Math.Max(0, (_square[b] / _count) - (mean * mean)));
                }
            }

            return new NoiseSpectrum(power, scatter / Math.Max(1, carrying.Count(c => c)));
        }
    }

    /// <summary>
    /// Mean, 90th percentile and maximum, over the bands that carry noise, of this level over that of <paramref
    /// name="reference"/> [dB].
    /// </summary>
    public (double Mean, double High, double Most) ExcessDb(SpeechFraming framing, NoiseSpectrum reference)
    {
        (int first, int width, int count) = Bands(framing);
        bool[] carrying = Carrying(framing, Power);
        var excess = new List<double>();
        for (int b = 0; b < count; b++)
        {
            if (carrying[b])
            {
                int at = first + (b * width);
                excess.Add(Level(Power, at, width) - Level(reference.Power, at, width));
            }
        }

        excess.Sort();
        return excess.Count == 0
            ? (0, 0, 0)
            : (excess.Average(), OrderStatistics.Quantile<double>([.. excess], 0.9), excess[^1]);
    }

    private static bool[] Carrying(SpeechFraming framing, float[] power)
    {
        (int first, int width, int count) = Bands(framing);
        double[] levels = new double[count];
        for (int b = 0; b < count; b++)
        {
            levels[b] = Level(power, first + (b * width), width);
        }

        double least = (count == 0 ? 0 : levels.Max()) + Decibels.FromPower(Carries);
        return [.. levels.Select(l => l > least)];
    }

    private static (int First, int Width, int Count) Bands(SpeechFraming framing)
    {
        int first = framing.Bin(LowHz), width = Math.Max(1, framing.Bin(BandHz));
        return (first, width, Math.Max(0, (framing.Bin(HighHz) - first) / width));
    }

    private static double Level(ReadOnlySpan<float> power, int first, int width)
    {
        double sum = 1e-20;
        for (int k = first; k < first + width; k++)
        {
            sum += power[k];
        }

        return Decibels.FromPower(sum);
    }
}

using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Resampling;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;

namespace VoiceClean.Dsp.Tests.Resampling;

/// <summary>The figures of merit of a resampler, each measured on its settled part unless said otherwise.</summary>
internal static class ResamplerMeasurements
{
    public const int OutputRate = 32_000;

    public static float[] Resample(
        ReadOnlySpan<float> input,
        int inputRate,
        int outputRate = OutputRate,
        int block = int.MaxValue)
    {
        var resampler = new PolyphaseResampler(inputRate, outputRate);
        float[] output = new float[PolyphaseResampler.OutputLength(input.Length, inputRate, outputRate)];
        int done = 0;
        for (int at = 0; at < input.Length; at += Math.Min(block, input.Length - at))
        {
            resampler.Write(input.Slice(at, Math.Min(block, input.Length - at)));
            for (int count; (count = resampler.Read(output.AsSpan(done, Math.Min(block, output.Length - done)))) > 0;)
            {
                done += count;
            }
        }

        resampler.Finish();
        for (int count; (count = resampler.Read(output.AsSpan(done, Math.Min(block, output.Length - done)))) > 0;)
        {
            done += count;
        }

        return done == output.Length && resampler.Read(new float[1]) == 0
            ? output
            : throw new InvalidOperationException($"{done} samples came where {output.Length} were promised.");
    }

    /// <summary>Half of the lower rate [Hz].</summary>
    public static double Edge(int inputRate) => Math.Min(inputRate, OutputRate) / 2.0;

    /// <summary>Gain [dB] and delay [s] of each tone of a comb.</summary>
    public static (double GainDb, double Delay)[] Response(int inputRate, params double[] frequencies)
    {
        float[] input = new float[(int)(0.8 * inputRate)];
        for (int k = 0; k < frequencies.Length; k++)
        {
            float[] tone = Waves.Sine(input.Length, inputRate, frequencies[k], 0.9 / frequencies.Length, k * k);
            for (int i = 0; i < input.Length; i++)
            {
                input[i] += tone[i];
            }
        }

        float[] output = Resample(input, inputRate);
        (double[] before, double[] phaseBefore, _) = Tones.Fit(
            input,
            inputRate / 5,
            (int)(0.4 * inputRate),
            inputRate,
            frequencies);
        (double[] after, double[] phaseAfter, _) = Tones.Fit(
            output,
            OutputRate / 5,
            (int)(0.4 * OutputRate),
            OutputRate,
            frequencies);
        return
        [
            .. frequencies.Select(
                (f, k) =>
                    (
                        Decibels.FromAmplitude(after[k] / before[k]),
                        Math.IEEERemainder(phaseBefore[k] - phaseAfter[k], 2 * Math.PI) / (2 * Math.PI * f))),
        ];
    }

    /// <summary>What a tone of −1 dBFS leaves beside itself [dB re the tone].</summary>
    public static double Residue(int inputRate, double frequency)
    {
        double amplitude = Decibels.ToAmplitude(-1);
        float[] output = Resample(Waves.Sine((int)(1.6 * inputRate), inputRate, frequency, amplitude), inputRate);
        double residual = Tones.Fit(output, OutputRate / 5, (int)(1.2 * OutputRate), OutputRate, frequency).Residual;
        return Decibels.FromAmplitude(residual / (amplitude / Math.Sqrt(2)));
    }

    /// <summary>
    /// What two tones of −7 dBFS at 0.60 and 0.62 of the edge leave beside themselves [dB re one of them].
    /// </summary>
    public static double TwoTone(int inputRate)
    {
        double f1 = 0.60 * Edge(inputRate),
            f2 = 0.62 * Edge(inputRate),
            amplitude = Decibels.ToAmplitude(-7);
        float[] input = Waves.Sum(
            Waves.Sine(inputRate, inputRate, f1, amplitude),
            Waves.Sine(inputRate, inputRate, f2, amplitude));
        double residual = Tones
            .Fit(Resample(input, inputRate), OutputRate / 5, OutputRate / 2, OutputRate, f1, f2)
            .Residual;
        return Decibels.FromAmplitude(residual * Math.Sqrt(2) / amplitude);
    }

    /// <summary>What remains of a tone of −1 dBFS beyond half of the output rate [dB re the tone].</summary>
    public static double Alias(int inputRate, double frequency)
    {
        double amplitude = Decibels.ToAmplitude(-1), power = 0;
        float[] output = Resample(Waves.Sine((int)(0.8 * inputRate), inputRate, frequency, amplitude, 1), inputRate);
        ReadOnlySpan<float> settled = output.AsSpan(OutputRate / 5, (int)(0.4 * OutputRate));
        foreach (float s in settled)
        {
            power += (double)s * s;
        }

        return Decibels.FromAmplitude(Math.Sqrt(power / settled.Length) / (amplitude / Math.Sqrt(2)));
    }

    /// <summary>
    /// A logarithmic sweep from 20 Hz to 0.499 of the input rate, 4 s long: the strongest component far from its
    /// present frequency [dB re the sweep], in frames of 2048 output samples under a Kaiser window (β 18, side lobes
    /// below −130 dB). Also counts what comes out while the sweep lies above the output band.
    /// </summary>
    public static double SweepOffRidge(int inputRate)
    {
        const int frame = 2048;
        const double seconds = 4, lowest = 20;
        double octaves = Math.Log(0.499 * inputRate / lowest);
        float[] input = new float[(int)(seconds * inputRate)];
        for (int i = 0; i < input.Length; i++)
        {
            double t = (double)i / inputRate;
            input[i] = (float)(
                0.9 * Math.Sin(2 * Math.PI * lowest * seconds / octaves * (Math.Exp(t / seconds * octaves) - 1)));
        }

        float[] output = Resample(input, inputRate);
        double[] window = new double[frame];
        new KaiserWindow(18).Fill(window);
        double scale = 0.9 * window.Sum() / 2, worst = 0, ridge = 0;
        var spectrum = new System.Numerics.Complex[frame];
        for (int start = OutputRate / 10; start + frame < output.Length - OutputRate / 10; start += frame)
        {
            for (int i = 0; i < frame; i++)
            {
                spectrum[i] = window[i] * output[start + i];
            }

            MathNet.Numerics.IntegralTransforms.Fourier.Forward(
                spectrum,
                MathNet.Numerics.IntegralTransforms.FourierOptions.NoScaling);
            double from = lowest * Math.Exp((double)start / OutputRate / seconds * octaves),
                to = lowest * Math.Exp((double)(start + frame) / OutputRate / seconds * octaves);
            for (int bin = 0; bin <= frame / 2; bin++)
            {
                double f = (double)bin * OutputRate / frame;
                if (f < 0.97 * from - 400 || f > 1.03 * to + 400)
                {
                    worst = Math.Max(worst, spectrum[bin].Magnitude / scale);
                }

                ridge = Math.Max(ridge, spectrum[bin].Magnitude / scale);
            }
        }

        // Were the scale wrong, the slow beginning of the sweep would not read as what it is.
        return ridge is > 0.9 and < 1.1
            ? Decibels.FromAmplitude(worst)
            : throw new InvalidOperationException($"The ridge reads {ridge} where it is 1.");
    }
}

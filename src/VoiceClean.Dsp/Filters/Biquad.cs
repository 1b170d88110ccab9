using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Filters;

/// <summary>
/// The coefficients of a second-order section, H(z) = (B0 + B1·z⁻¹ + B2·z⁻²) / (1 + A1·z⁻¹ + A2·z⁻²).
/// </summary>
/// <param name="B0">Numerator, z⁰.</param>
/// <param name="B1">Numerator, z⁻¹.</param>
/// <param name="B2">Numerator, z⁻².</param>
/// <param name="A1">Denominator, z⁻¹.</param>
/// <param name="A2">Denominator, z⁻².</param>
public readonly record struct BiquadCoefficients(double B0, double B1, double B2, double A1, double A2)
{
    /// <summary>
    /// A second-order high-pass by the bilinear transform with prewarping. Its numerator is scaled to a gain of 1 at
    /// half the sampling rate.
    /// </summary>
    /// <param name="cutoffHz">Corner [Hz], above 0 and below half the sampling rate.</param>
    /// <param name="quality">Q; 1/√2 is a Butterworth filter with −3 dB at the corner.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <exception cref="ArgumentOutOfRangeException">The corner or the quality lies outside its range.</exception>
    public static BiquadCoefficients HighPass(double cutoffHz, double quality, int sampleRate)
    {
        Check(cutoffHz, quality, sampleRate);
        double k = Math.Tan(Math.PI * cutoffHz / sampleRate);
        double d = 1 + k / quality + k * k;
        return new BiquadCoefficients(1 / d, -2 / d, 1 / d, 2 * (k * k - 1) / d, (1 - k / quality + k * k) / d);
    }

    /// <summary>
    /// A second-order low-pass by the bilinear transform with prewarping, with a gain of 1 at DC.
    /// </summary>
    /// <param name="cutoffHz">Corner [Hz], above 0 and below half the sampling rate.</param>
    /// <param name="quality">Q; 1/√2 is a Butterworth filter with −3 dB at the corner.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <exception cref="ArgumentOutOfRangeException">The corner or the quality lies outside its range.</exception>
    public static BiquadCoefficients LowPass(double cutoffHz, double quality, int sampleRate)
    {
        Check(cutoffHz, quality, sampleRate);
        double k = Math.Tan(Math.PI * (cutoffHz / sampleRate)), d = 1 + (k / quality) + (k * k), g = k * k / d;
        return new BiquadCoefficients(g, 2 * g, g, 2 * ((k * k) - 1) / d, (1 - (k / quality) + (k * k)) / d);
    }

    /// <summary>|H| at a frequency [dB].</summary>
    /// <param name="frequencyHz">[Hz], 0 to half the sampling rate.</param>
    /// <param name="sampleRate">[Hz]</param>
    public double GainDb(double frequencyHz, int sampleRate)
    {
        double w = 2 * Math.PI * frequencyHz / sampleRate;
        return Decibels.FromPower(SquaredMagnitude(B0, B1, B2, w) / SquaredMagnitude(1, A1, A2, w));
    }

    private static void Check(double cutoffHz, double quality, int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cutoffHz);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(cutoffHz, sampleRate / 2.0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quality);
    }

    private static double SquaredMagnitude(double c0, double c1, double c2, double w)
    {
        double re = c0 + c1 * Math.Cos(w) + c2 * Math.Cos(2 * w);
        double im = c1 * Math.Sin(w) + c2 * Math.Sin(2 * w);
        return re * re + im * im;
    }
}

/// <summary>
/// A second-order section with its state (transposed direct form II, double precision), zero at the start.
/// Two numbers of state per section make it robust for corners far below the sampling rate. Not thread-safe.
/// </summary>
/// <param name="coefficients">Of a stable filter.</param>
public sealed class Biquad(BiquadCoefficients coefficients)
{
    private double _s1, _s2;

    /// <summary>Filters a block; consecutive calls continue the same signal.</summary>
    /// <param name="input">Samples.</param>
    /// <param name="output">As long as <paramref name="input"/>; may be the same memory.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public void Process(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != output.Length)
        {
            throw new ArgumentException(
                $"The output has {output.Length} samples, the input {input.Length}.",
                nameof(output));
        }

        (double b0, double b1, double b2, double a1, double a2) = coefficients;
        double s1 = _s1, s2 = _s2;
        for (int i = 0; i < input.Length; i++)
        {
            double x = input[i];
            double y = b0 * x + s1;
            s1 = b1 * x - a1 * y + s2;
            s2 = b2 * x - a2 * y;
            output[i] = (float)y;
        }

        (_s1, _s2) = (Denormals.Flush(s1), Denormals.Flush(s2));
    }

    /// <summary>Filters one sample.</summary>
    public double Process(double x)
    {
        double y = coefficients.B0 * x + _s1;
        _s1 = coefficients.B1 * x - coefficients.A1 * y + _s2;
        _s2 = coefficients.B2 * x - coefficients.A2 * y;
        return y;
    }

    /// <summary>Forgets the past.</summary>
    public void Reset() => _s1 = _s2 = 0;
}

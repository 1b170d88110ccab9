using MathNet.Numerics.LinearAlgebra;

namespace VoiceClean.Dsp.Tests;

/// <summary>The least-squares analysis of sine tones, in double precision.</summary>
internal static class Tones
{
    /// <summary>
    /// Fits a sum of tones jointly: amplitude and phase of each (of the sine at sample <paramref name="start"/> = time
    /// start/rate), and the RMS of what remains.
    /// </summary>
    public static (double[] Amplitudes, double[] Phases, double Residual) Fit(
        ReadOnlySpan<float> samples,
        int start,
        int length,
        int sampleRate,
        params double[] frequencies)
    {
        int n = 2 * frequencies.Length;
        double[] basis = new double[n], sums = new double[n * n], right = new double[n];
        for (int i = start; i < start + length; i++)
        {
            FillBasis(basis, frequencies, (double)i / sampleRate);
            for (int a = 0; a < n; a++)
            {
                right[a] += basis[a] * samples[i];
                Span<double> row = sums.AsSpan(a * n, a + 1);
                for (int b = 0; b < row.Length; b++)
                {
                    row[b] += basis[a] * basis[b];
                }
            }
        }

        var normal = Matrix<double>.Build.Dense(n, n, (a, b) => sums[(Math.Max(a, b) * n) + Math.Min(a, b)]);
        Vector<double> x = normal.Cholesky().Solve(Vector<double>.Build.Dense(right));
        double residual = 0;
        for (int i = start; i < start + length; i++)
        {
            FillBasis(basis, frequencies, (double)i / sampleRate);
            double error = samples[i];
            for (int a = 0; a < n; a++)
            {
                error -= x[a] * basis[a];
            }

            residual += error * error;
        }

        double[] amplitudes =
        [
            .. frequencies.Select((_, k) => Math.Sqrt(x[2 * k] * x[2 * k] + x[2 * k + 1] * x[2 * k + 1])),
        ];
        double[] phases = [.. frequencies.Select((_, k) => Math.Atan2(x[2 * k + 1], x[2 * k]))];
        return (amplitudes, phases, Math.Sqrt(residual / length));
    }

    private static void FillBasis(double[] basis, double[] frequencies, double t)
    {
        for (int k = 0; k < frequencies.Length; k++)
        {
            (basis[2 * k], basis[2 * k + 1]) = Math.SinCos(2 * Math.PI * frequencies[k] * t);
        }
    }
}

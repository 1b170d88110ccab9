using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Where the noise lies far above or below its profile for seconds, as <see cref="StepFinder"/> finds it. It is
/// divided out before anything else looks at the clip, and multiplied in again at the end.
/// </summary>
internal sealed class NoiseSteps
{
    // Further below nothing is heard of it.
    private const float Least = 1e-6f;

    private readonly int[] _edges;          // bins of the bands
    private readonly float[] _factors;      // power of the noise over its profile [blocks x bands]
    private readonly float[] _level;        // the same of the whole band, 125 Hz to 12.5 kHz [blocks]

    /// <summary>Keeps them.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="edges">First bins of the bands, and one past the last.</param>
    /// <param name="factors">Power of the noise over its profile [blocks x bands].</param>
    /// <param name="profile">λ0 [Stride].</param>
    public NoiseSteps(SpeechFraming framing, int[] edges, float[] factors, ReadOnlySpan<float> profile)
    {
        (_edges, _factors) = (edges, factors);
        int bands = edges.Length - 1;
        _level = new float[factors.Length / bands];
        double[] power = new double[bands];
        double whole = 0;
        for (int b = 0; b < bands; b++)
        {
            for (int k = edges[b]; k < edges[b + 1]; k++)
            {
                power[b] += profile[k];
            }

            whole += power[b];
        }

        int elsewhere = 0;
        for (int j = 0; j < _level.Length; j++)
        {
            double sum = 0;
            for (int b = 0; b < bands; b++)
            {
                sum += power[b] * Math.Max(factors[(j * bands) + b], Least);
            }

            _level[j] = (float)(sum / whole);
            elsewhere += _level[j] != 1 ? 1 : 0;
        }

        Seconds = elsewhere * GateConstants.StepBlockCells * NoiseTrack.Step * framing.HopSeconds;
    }

    /// <summary>How long the noise is elsewhere than its profile [s].</summary>
    public double Seconds { get; }

    /// <summary>The noise as a whole in a cell over its profile, a power factor.</summary>
    public float LevelOf(int cell) => _level[cell / GateConstants.StepBlockCells];

    /// <summary>Brings the power of a cell to the level of the profile [Stride].</summary>
    public void Divide(int cell, Span<float> power) => Scale(cell, power, isInverse: true);

    /// <summary>Brings noise at the level of the profile to that of a cell [Stride].</summary>
    public void Multiply(int cell, Span<float> noise) => Scale(cell, noise, isInverse: false);

    private void Scale(int cell, Span<float> row, bool isInverse)
    {
        int block = cell / GateConstants.StepBlockCells, bands = _edges.Length - 1;
        if (_level[block] == 1)
        {
            return;
        }

        for (int b = 0; b < bands; b++)
        {
            float factor = Math.Max(_factors[(block * bands) + b], Least);
            factor = isInverse ? 1 / factor : factor;
            // the outer bands reach to the ends of the spectrum
            int from = b == 0 ? 0 : _edges[b], to = b == bands - 1 ? row.Length : _edges[b + 1];
            foreach (ref float power in row[from..to])
            {
                power *= factor;
            }
        }
    }
}

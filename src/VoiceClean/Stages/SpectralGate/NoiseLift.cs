using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// How far the noise as a whole has risen above its profile. Speech hardly ever covers every band at once for longer
/// than a syllable, while a wave, a passing train or a gust does: so the level that a tenth of the bands stays below,
/// opened over 0.3 s, belongs to the noise.
/// </summary>
internal sealed class NoiseLift
{
    private readonly int[] _edges;
    private readonly float[] _inverse; // 1/λ0 per bin
    private readonly float[] _previous = new float[GateConstants.LiftBands],
        _current = new float[GateConstants.LiftBands],
        _next = new float[GateConstants.LiftBands];
    private readonly float[] _sorted = new float[GateConstants.LiftBands];
    private int _count;

    /// <param name="framing">The bins.</param>
    /// <param name="profile">λ0 per bin, floored.</param>
    public NoiseLift(SpeechFraming framing, ReadOnlySpan<float> profile)
    {
        int low = framing.Bin(125), high = framing.Bin(12_500);
        float most = 0;
        for (int k = low; k < high; k++)
        {
            most = Math.Max(most, profile[k]);
        }

        while (high > low + 1 && profile[high - 1] < 1e-6f * most)
        {
            high--;                         // above the bandwidth of the source there is nothing to read
        }

        // Equal steps on the mel scale
        var edges = new List<int>();
        double from = Mel(low * framing.BinWidthHz), to = Mel(high * framing.BinWidthHz);
        for (int b = 0; b <= GateConstants.LiftBands; b++)
        {
            double mel = from + ((to - from) * b / GateConstants.LiftBands);
            int edge = (int)Math.Round(700 * (Math.Exp(mel) - 1) / framing.BinWidthHz);
            if (edges.Count == 0 || edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        _edges = [.. edges];
        _inverse = new float[profile.Length];
        for (int k = 0; k < profile.Length; k++)
        {
            _inverse[k] = 1 / profile[k];
        }
    }

    /// <summary>Number of bands.</summary>
    public int BandCount => _edges.Length - 1;

    /// <summary>First bins of the bands, and one past the last [BandCount + 1].</summary>
    public int[] Edges => _edges;

    /// <summary>Power over λ0 in the bands of the cell that was taken last [BandCount].</summary>
    public ReadOnlySpan<float> Latest => _next.AsSpan(0, BandCount);

    /// <summary>
    /// Takes the power of the next cell; returns the reading of the one before it (so the first call returns nothing of
    /// use).
    /// </summary>
    public float Measure(ReadOnlySpan<float> power)
    {
        for (int b = 0; b + 1 < _edges.Length; b++)
        {
            int from = _edges[b], count = _edges[b + 1] - from;
            _next[b] = Sum(power.Slice(from, count), _inverse.AsSpan(from, count)) / count;
        }

        if (_count++ == 0)
        {
            _next.CopyTo(_current, 0);
            _next.CopyTo(_previous, 0);
            return 0;
        }

        float reading = Read();
        _current.CopyTo(_previous, 0);
        _next.CopyTo(_current, 0);
        return reading;
    }

    /// <summary>Turns the readings, one cell late, into the lift per cell (a power factor from 1).</summary>
    /// <param name="lift">In: what <see cref="Measure"/> returned; out: the lift.</param>
    /// <param name="isSilent">Cells that say nothing: as if they were cut out.</param>
    /// <param name="cellSeconds">Distance of cells [s].</param>
    /// <param name="isNoise">Whether the profile is noise beyond doubt; above one that is not, whole sentences stand
    /// out like bursts.</param>
    public void Finish(float[] lift, ReadOnlySpan<bool> isSilent, double cellSeconds, bool isNoise)
    {
        if (lift.Length == 0)
        {
            return;
        }

        float last = Read();
        Array.Copy(lift, 1, lift, 0, lift.Length - 1);
        lift[^1] = last;
        var sounding = new List<int>(lift.Length);
        for (int i = 0; i < lift.Length; i++)
        {
            // a reading is a mean of three cells
            if (!isSilent[i] && !isSilent[Math.Max(0, i - 1)] && !isSilent[Math.Min(lift.Length - 1, i + 1)])
            {
                sounding.Add(i);
            }
        }

        float[] risen = Opened([.. sounding.Select(i => lift[i])], cellSeconds, isNoise);
        for (int i = 0, next = 0; i < lift.Length; i++)
        {
            next += next + 1 < sounding.Count && sounding[next + 1] <= i ? 1 : 0;
            lift[i] = risen.Length == 0 ? 1 : risen[next];
        }
    }

    // What lasts of the readings, as a power factor.
    private static float[] Opened(float[] readings, double cellSeconds, bool isNoise)
    {
        for (int i = 0; i < readings.Length; i++)
        {
            float ratio = readings[i] / (float)GateConstants.LiftOnStationaryNoise;
            // In double, for the C library's log10f changed its last bit with glibc 2.41.
            readings[i] = 10 * (float)Math.Log10(Math.Max(ratio, 1e-3f));
        }

        int half = Math.Max(1, (int)Math.Round(GateConstants.LiftSeconds / cellSeconds / 2));
        int last = readings.Length - 1;
        float[] opened = Extreme(Extreme(readings, half, Math.Min), half, Math.Max);
        float most = (float)GateConstants.MaximumLiftDb;
        float[]? burst = isNoise && Array.Exists(opened, o => o > most) ? Burst(readings, cellSeconds) : null;
        for (int i = 0; i <= last; i++)
        {
            opened[i] = Math.Clamp(
                opened[i] - (float)GateConstants.LiftMarginDb,
                0,
                Math.Max(most, burst?[i] ?? 0));
        }

        for (int i = 0; i <= last; i++)
        {
            float around = opened[Math.Max(0, i - 1)] + opened[Math.Min(last, i + 1)];
            readings[i] = MathF.Pow(10, ((0.5f * opened[i]) + (0.25f * around)) / 10);
        }

        return readings;
    }

    // How far they may be believed where they hold still for longer, as a burst of noise does and loud speech does not;
    // 0 elsewhere [dB].
    private static float[] Burst(float[] readings, double cellSeconds)
    {
        int half = Math.Max(1, (int)Math.Round(GateConstants.BurstSeconds / cellSeconds / 2));
        float[] still = Extreme(readings, half, Math.Min);
        float[] window = new float[(2 * half) + 1];
        for (int i = 0; i < still.Length; i++)
        {
            int from = Math.Max(0, i - half), count = Math.Min(still.Length, i + half + 1) - from;
            readings.AsSpan(from, count).CopyTo(window);
            still[i] = still[i] > GateConstants.MaximumLiftDb
                && OrderStatistics.Median(window.AsSpan(0, count)) - still[i] <= GateConstants.BurstSpreadDb
                ? Math.Min(still[i] + (float)GateConstants.BurstSpreadDb, (float)GateConstants.MaximumBurstDb)
                : 0;
        }

        return Extreme(still, half, Math.Max);
    }

    // Σ a·b: whole groups of eight in the lanes of a vector, the rest one by one.
    private static float Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector256<float> lanes = default;
        int k = 0;
        for (; k <= a.Length - 8; k += 8)
        {
            lanes += Vector256.Create(a.Slice(k, 8)) * Vector256.Create(b.Slice(k, 8));
        }

        float sum = Vector256.Sum(lanes);
        for (; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    private static double Mel(double hertz) => Math.Log(1 + (hertz / 700));

    private float Read()
    {
        int bands = _edges.Length - 1;
        Span<float> sorted = _sorted.AsSpan(0, bands);
        for (int b = 0; b < bands; b++)
        {
            sorted[b] = (0.25f * _previous[b]) + (0.5f * _current[b]) + (0.25f * _next[b]);
        }

        return (float)OrderStatistics.InterpolatedQuantile(sorted, GateConstants.LiftQuantile);
    }

    private static float[] Extreme(float[] values, int half, Func<float, float, float> choose)
    {
        float[] result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            float extreme = values[i];
            for (int j = Math.Max(0, i - half); j <= Math.Min(values.Length - 1, i + half); j++)
            {
                extreme = choose(extreme, values[j]);
            }

            result[i] = extreme;
        }

        return result;
    }
}

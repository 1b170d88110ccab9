using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Datasets.Slicing;

/// <summary>
/// The level of a recording over time, in hops of 5 ms of the 100 Hz–10 kHz band, smoothed so that a dip is as long as
/// a stop closure and not a glottal period: what the slicer looks for pauses and quiet points in. Four floats a hop: 12
/// MB an hour.
/// </summary>
internal sealed class LevelCurve
{
    // 60 ms: longer than a period of any voice, as long as the closure of a stop. One window lies centred on each hop.
    private const int HalfWindow = 6;

    // 105 ms: over so long the level of noise scatters by well below 1 dB.
    private const int SlowHalfWindow = 10;

    // 15 ms: finds edges.
    private const int FineHalfWindow = 1;
    private const double FloorShare = 0.02;
    private const double LowestDb = -120;

    private readonly float[] _raw;
    private readonly float[] _smooth;
    private readonly float[] _slow;
    private readonly float[] _fine;

    private LevelCurve(float[] raw, int sampleRate)
    {
        _raw = raw;
        SampleRate = sampleRate;
        _smooth = MovingMean.Compute(raw, HalfWindow);
        _slow = MovingMean.Compute(raw, SlowHalfWindow);
        _fine = MovingMean.Compute(raw, FineHalfWindow);
        float[] levels = [.. _slow];
        FloorDb =
            levels.Length == 0
                ? LowestDb
                : Math.Max(
                    LowestDb,
                    Decibels.FromPower(OrderStatistics.Select(levels.AsSpan(), (int)(FloorShare * levels.Length))));
    }

    /// <summary>[Hz]</summary>
    public int SampleRate { get; }

    /// <summary>Number of hops.</summary>
    public int Count => _raw.Length;

    /// <summary>Mean square of each hop.</summary>
    public ReadOnlySpan<float> Raw => _raw;

    /// <summary>Mean square over 60 ms centred on each hop.</summary>
    public ReadOnlySpan<float> Smoothed => _smooth;

    /// <summary>Mean square over 15 ms centred on each hop.</summary>
    public ReadOnlySpan<float> Fine => _fine;

    /// <summary>Mean square over 105 ms centred on each hop.</summary>
    public ReadOnlySpan<float> Slow => _slow;

    /// <summary>
    /// The background [dBFS]: what <see cref="Slow"/> falls below in 2 % of the time: even fluent speech has so many
    /// pauses. At least -120, which is digital silence.
    /// </summary>
    public double FloorDb { get; }

    /// <summary>Measures a recording.</summary>
    public static LevelCurve Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int hops = SpeechBand.CountHops(samples.Length, sampleRate);
        float[] raw = new float[hops];
        SpeechBand.Measure(samples, sampleRate, raw, new ushort[hops], cancellation);
        return new LevelCurve(raw, sampleRate);
    }

    /// <summary>The hop that holds a sample.</summary>
    public int HopOf(int sample) =>
        Math.Clamp((int)((long)sample * SpeechBand.HopsPerSecond / SampleRate), 0, Math.Max(0, Count - 1));

    /// <summary>The first sample of a hop.</summary>
    public int SampleOf(int hop) => (int)SpeechBand.HopStart(hop, SampleRate);

    /// <summary>
    /// Mean level of the loud half of the hops in a stretch: the level of its voice, whatever its pauses are [mean
    /// square].
    /// </summary>
    public double VoicePower(SampleRange range)
    {
        ReadOnlySpan<float> hops = _smooth.AsSpan(
            HopOf(range.Start)..(HopOf(Math.Max(range.Start, range.End - 1)) + 1));
        double mean = Mean(hops, 0);
        return Mean(hops, (float)mean);
    }

    /// <summary>
    /// The hop with the least smoothed level in [<paramref name="first"/>, <paramref name="end"/>), refined to the
    /// quietest hop within its window.
    /// </summary>
    public int Quietest(int first, int end)
    {
        int best = Minimum(_smooth, first, end);
        return Minimum(_raw, Math.Max(first, best - HalfWindow), Math.Min(end, best + HalfWindow + 1));
    }

    private static int Minimum(ReadOnlySpan<float> values, int first, int end)
    {
        int best = first;
        for (int k = first + 1; k < end; k++)
        {
            if (values[k] < values[best])
            {
                best = k;
            }
        }

        return best;
    }

    private static double Mean(ReadOnlySpan<float> values, float least)
    {
        double sum = 0;
        int count = 0;
        foreach (float v in values)
        {
            if (v >= least)
            {
                sum += v;
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}

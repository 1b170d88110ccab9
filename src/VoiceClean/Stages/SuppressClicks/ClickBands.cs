using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>
/// The framing in which clicks are sought (about 8 ms long, a quarter as far apart) and its 18 bands. A row is the
/// level of the bands in one frame, padded to <see cref="Lanes"/>. Immutable.
/// </summary>
internal sealed class ClickBands
{
    /// <summary>Floats per row: 18 bands and room for whole vectors.</summary>
    public const int Lanes = 24;

    /// <summary>Below this band nothing is judged or changed: clicks have little there, voices much.</summary>
    public const int First = 1;

    // Lower edges [Hz]; the bands are narrow where keyboards and formants meet.
    private static readonly double[] s_edgesHz =
    [
        0,
        500,
        750,
        1000,
        1250,
        1500,
        1750,
        2000,
        2500,
        3000,
        3500,
        4000,
        5000,
        6000,
        7000,
        8000,
        10_000,
        12_000,
        16_001,
    ];

    // Bands 1 kHz … 10 kHz, in which the level of an event is compared with that of the speech.
    private const int LevelFrom = 3, LevelTo = 16;
    private const int MaximumOnStack = 1025;      // bins up to 190 kHz
    private readonly int[] _firstBin;
    private readonly float[] _isLevel = new float[Lanes];      // 1 for the bands that make the level

    public ClickBands(int sampleRate)
    {
        int length = 32;
        while (length < sampleRate * 0.008 / Math.Sqrt(2)) // the power of two nearest to 8 ms on a logarithmic scale
        {
            length *= 2;
        }

        Framing = ShortTimeFourier.SqrtHann(length, length / 4);
        HopSeconds = length / 4.0 / sampleRate;
        _firstBin = Array.ConvertAll(
            s_edgesHz,
            e => Math.Min(Framing.BinCount, (int)Math.Ceiling(e * length / sampleRate)));
        Count = Array.FindLastIndex(_firstBin, b => b < Framing.BinCount) + 1;
        Count = Math.Min(Count, s_edgesHz.Length - 1);
        _isLevel.AsSpan(Math.Min(LevelFrom, Count - 1)..Math.Min(LevelTo, Count)).Fill(1);
    }

    public ShortTimeFourier Framing { get; }

    /// <summary>Step from frame to frame [s].</summary>
    public double HopSeconds { get; }

    /// <summary>Bands below half the sampling rate.</summary>
    public int Count { get; }

    /// <summary>Frames in a duration, at least 1.</summary>
    public int Frames(double seconds) => Math.Max(1, (int)Math.Round(seconds / HopSeconds));

    /// <summary>
    /// Levels of the bands [dB, arbitrary zero] of one spectrum; lanes beyond the last band get the floor.
    /// </summary>
    [SkipLocalsInit]
    public void Measure(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> row)
    {
        Span<float> power = stackalloc float[Lanes],
            bins = Framing.BinCount <= MaximumOnStack ? stackalloc float[MaximumOnStack] : new float[Framing.BinCount];
        bins = bins[..Framing.BinCount];
        PowerSpectrum.Compute(re, im, bins);
        power.Clear();
        for (int b = 0; b < Count; b++)
        {
            power[b] = Sum(bins[_firstBin[b].._firstBin[b + 1]]);
        }

        for (int b = 0; b < Lanes; b += 8)
        {
            (
                VectorMath.Log2(Vector256.Create(power.Slice(b, 8)) + Vector256.Create(1e-10f))
                * Vector256.Create(3.0103f)).CopyTo(row.Slice(b, 8));
        }
    }

    // Whole groups of eight in the lanes of a vector, the rest one by one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(ReadOnlySpan<float> bins)
    {
        float sum = 0;
        int k = 0;
        if (bins.Length >= 8)
        {
            Vector256<float> lanes = default;
            for (; k <= bins.Length - 8; k += 8)
            {
                lanes += Vector256.Create(bins.Slice(k, 8));
            }

            sum = Vector256.Sum(lanes);
        }

        for (; k < bins.Length; k++)
        {
            sum += bins[k];
        }

        return sum;
    }

    /// <summary>Level between 1 and 10 kHz [dB] of a row.</summary>
    public float Level(ReadOnlySpan<float> row)
    {
        const float octavesPerDb = 0.33219281f;       // log2(10)/10
        Vector256<float> sum = Vector256<float>.Zero;
        for (int b = 0; b < Lanes; b += 8)
        {
            sum +=
                Vector256.Create(_isLevel, b)
                * VectorMath.Exp2(Vector256.Create(row.Slice(b, 8)) * Vector256.Create(octavesPerDb));
        }

        return (float)Decibels.FromPower(Vector256.Sum(sum));
    }

    /// <summary>Multiplies a spectrum by a gain per band.</summary>
    public void Apply(ReadOnlySpan<float> gain, Span<float> re, Span<float> im)
    {
        for (int b = 0; b < Count; b++)
        {
            for (int k = _firstBin[b]; k < _firstBin[b + 1]; k++)
            {
                re[k] *= gain[b];
                im[k] *= gain[b];
            }
        }

        // Nothing lies above the last band unless the sampling rate exceeds 32 kHz; that part follows the last band.
        for (int k = _firstBin[Count]; k < re.Length; k++)
        {
            re[k] *= gain[Count - 1];
            im[k] *= gain[Count - 1];
        }
    }
}

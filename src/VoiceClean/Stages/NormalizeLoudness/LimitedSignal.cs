using System.Buffers;
using VoiceClean.Audio;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.NormalizeLoudness;

/// <summary>
/// A clip as it would be at some gain under the limiter, read in stretches: a second clip would be as large as the
/// first, and where the limiter rests there is nothing to see.
/// </summary>
internal sealed class LimitedSignal : IDisposable
{
    // Detecting somewhat more than needed spares doing it again when more gain is asked for.
    private const double DetectionMarginDb = 1;

    // Samples at a time, and samples around them that a true peak hears.
    private const int Piece = 1 << 16, Around = 256;

    private readonly AudioClip _clip;
    private readonly TruePeakLimiter _limiter;
    private readonly SampleStore _peaks, _reductions;
    private readonly CancellationToken _cancellation;
    private double _detectedFromDb = double.PositiveInfinity;

    /// <param name="clip">Read only, until <see cref="Apply"/>.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    public LimitedSignal(AudioClip clip, CancellationToken cancellation)
    {
        (_clip, _cancellation) = (clip, cancellation);
        _limiter = new TruePeakLimiter(clip.SampleRate);
        int cells = _limiter.Cells.Count(Length);
        _peaks = SampleStore.OfLength(cells);
        _reductions = SampleStore.OfLength(cells);
    }

    /// <summary>[sample]</summary>
    public int Length => _clip.ReadOnlySamples.Length;

    /// <summary>The gain, a factor.</summary>
    public float Gain { get; private set; } = 1;

    /// <summary>How far the limiter turns down at most, 0 to 1.</summary>
    public float Reduction { get; private set; }

    /// <summary>Sets the gain and what the limiter does at it.</summary>
    /// <param name="gainDb">[dB]</param>
    /// <param name="ceilingDb">True peak that is wanted at most [dBTP].</param>
    public void Limit(double gainDb, double ceilingDb)
    {
        double fromDb = ceilingDb - gainDb;
        if (fromDb < _detectedFromDb)
        {
            _detectedFromDb = fromDb - DetectionMarginDb;
            _limiter.DetectPeaks(
                _clip.ReadOnlySamples,
                Decibels.ToAmplitude(_detectedFromDb),
                _peaks.Span,
                _cancellation);
        }

        double gain = Decibels.ToAmplitude(gainDb);
        Gain = (float)gain;
        Reduction = _limiter.ComputeReductions(
            _peaks.Span,
            gain,
            Decibels.ToAmplitude(ceilingDb),
            _reductions.Span,
            _cancellation);
    }

    /// <summary>The first sample from here on that the limiter turns down; -1 if there is none.</summary>
    /// <param name="from">[sample]</param>
    public int NextLimited(int from)
    {
        // the gain of a cell hears its neighbours
        int length = _limiter.Cells.Length, first = Math.Max(0, (from / length) - 1);
        int rest = NonZero.First(_reductions.Span[first..]);
        return rest < 0 ? -1 : Math.Max(from, (first + rest - 1) * length);
    }

    /// <summary>Reads a stretch.</summary>
    /// <param name="start">Its first sample; may lie before the clip.</param>
    /// <param name="stretch">Receives the samples, zeros beyond the ends of the clip.</param>
    public void Read(int start, Span<float> stretch)
    {
        int from = Math.Clamp(-start, 0, stretch.Length), to = Math.Clamp(Length - start, from, stretch.Length);
        stretch[..from].Clear();
        stretch[to..].Clear();
        if (to > from)
        {
            _limiter.Cells.Apply(_clip.ReadOnlySamples, Gain, _reductions.Span, start + from, stretch[from..to]);
        }
    }

    /// <summary>The true peak, an amplitude.</summary>
    public float MeasurePeak()
    {
        float[] rented = ArrayPool<float>.Shared.Rent(Piece + (2 * Around));
        Span<float> stretch = rented.AsSpan(0, Piece + (2 * Around));
        float peak = 0;
        for (int start = 0; start < Length; start += Piece)
        {
            _cancellation.ThrowIfCancellationRequested();
            Read(start - Around, stretch);
            // before the beginning and behind the end it rings
            bool isLast = start >= Length - Piece;
            peak = TruePeak.MeasureWithin(
                stretch,
                start == 0 ? 0 : Around,
                isLast ? stretch.Length : Around + Piece,
                peak);
            if (isLast)
            {
                break;      // the next start may be none
            }
        }

        ArrayPool<float>.Shared.Return(rented);
        return peak;
    }

    /// <summary>Makes the clip so.</summary>
    public void Apply() => _limiter.Cells.Apply(_clip.ReadOnlySamples, Gain, _reductions.Span, _clip.Samples);

    /// <summary>Another gain on top of it, on the clip.</summary>
    public void Scale(float gain) => GainCells.Scale(_clip.ReadOnlySamples, gain, _clip.Samples);

    /// <inheritdoc/>
    public void Dispose()
    {
        _peaks.Dispose();
        _reductions.Dispose();
    }
}

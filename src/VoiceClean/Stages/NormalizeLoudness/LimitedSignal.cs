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
    private readonly SampleStore? _peaks;
    private readonly SampleSpool? _spool;           // of the peaks of a recording of hours
    private readonly SampleStore _reductions;
    private readonly CancellationToken _cancellation;
    private double _detectedFromDb = double.PositiveInfinity;

    /// <param name="clip">Read only, until <see cref="Apply"/>.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    /// <param name="most">Peaks that are kept where they can all be seen [cell].</param>
    public LimitedSignal(AudioClip clip, CancellationToken cancellation, int most = SampleStore.MemoryLimit)
    {
        (_clip, _cancellation) = (clip, cancellation);
        _limiter = new TruePeakLimiter(clip.SampleRate);
        int cells = _limiter.Cells.Count(Length);
        _peaks = cells <= most ? SampleStore.OfLength(cells) : null;
        _spool = cells <= most ? null : new SampleSpool(cells);
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
            DetectPeaks(Decibels.ToAmplitude(_detectedFromDb));
        }

        double gain = Decibels.ToAmplitude(gainDb);
        Gain = (float)gain;
        double ceiling = Decibels.ToAmplitude(ceilingDb);
        Reduction = _peaks is { } peaks
            ? _limiter.ComputeReductions(peaks.Span, gain, ceiling, _reductions.Span, _cancellation)
            : ComputeReductions(_spool!, gain, ceiling);
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
    public void Apply()
    {
        if (!_clip.IsInFile)
        {
            _limiter.Cells.Apply(_clip.ReadOnlySamples, Gain, _reductions.Span, _clip.Samples);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(Piece);
        for (int start = 0; start < Length; start += Math.Min(Piece, Length - start))
        {
            _cancellation.ThrowIfCancellationRequested();
            Span<float> stretch = rented.AsSpan(0, Math.Min(Piece, Length - start));
            Read(start, stretch);
            _clip.Write(start, stretch);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>Another gain on top of it, on the clip.</summary>
    public void Scale(float gain) => GainCells.Scale(_clip.ReadOnlySamples, gain, _clip.Samples);

    /// <inheritdoc/>
    public void Dispose()
    {
        _peaks?.Dispose();
        _spool?.Dispose();
        _reductions.Dispose();
    }

    private void DetectPeaks(double threshold)
    {
        if (_peaks is { } peaks)
        {
            _limiter.DetectPeaks(_clip.ReadOnlySamples, threshold, peaks.Span, _cancellation);
            return;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(TruePeakLimiter.PieceCells);
        for (int first = 0; first < _spool!.Length; first += TruePeakLimiter.PieceCells)
        {
            Span<float> piece = rented.AsSpan(0, Math.Min(TruePeakLimiter.PieceCells, _spool.Length - first));
            _limiter.DetectPeaks(_clip.ReadOnlySamples, threshold, first, piece, _cancellation);
            _spool.Write(first, piece);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private float ComputeReductions(SampleSpool peaks, double gain, double ceiling)
    {
        const int around = TruePeakLimiter.PeaksAround, most = TruePeakLimiter.PieceCells;
        float[] rented = ArrayPool<float>.Shared.Rent(most + (2 * around));
        var course = new TruePeakLimiter.Course();
        float largest = 0;
        for (int first = 0; first < peaks.Length; first += most)
        {
            int count = Math.Min(most, peaks.Length - first), from = Math.Max(0, first - around);
            Span<float> near = rented.AsSpan(0, Math.Min(peaks.Length, first + count + around) - from);
            peaks.Read(from, near);
            Span<float> piece = _reductions.Span.Slice(first, count);
            largest = Math.Max(
                largest,
                _limiter.ComputeReductions(near, from, gain, ceiling, first, piece, course, _cancellation));
        }

        ArrayPool<float>.Shared.Return(rented);
        return largest;
    }
}

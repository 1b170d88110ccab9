using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// A look-ahead limiter of the true peak that knows the whole recording: the gain has come down smoothly before a peak
/// arrives and recovers after it. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Per cell of a quarter of a millisecond: the highest 8-fold oversampled magnitude (<see cref="TruePeak"/>), the
/// reduction it needs, the maximum of that over ±2 ms, a release with a time constant of 50 ms, and a Hann-shaped
/// average over ±1.75 ms.
/// <see cref="GainCells"/> carries the result from cells to samples. Averages of values that are all at least as deep
/// as needed are at least as deep, so the gain is where it must be when the peak comes. What remains over the ceiling
/// (the product of signal and gain has peaks of its own between the samples) is some hundredths of a decibel: the
/// caller measures the result and lowers the ceiling by it. Structure: look-ahead limiter with minimum filter and FIR
/// smoothing (P. Hämäläinen, "Smoothing of the Control Signal Without Clipped Output in Digital Peak Limiters", DAFx
/// 2002), the filters on a decimated grid.
/// </remarks>
internal sealed class TruePeakLimiter
{
    private const int HoldCells = 8, SmoothCells = 7, TileLength = 512;
    private const double ReleaseSeconds = 0.05;

    // Samples that a peak hears at most, and whole stretches of TruePeakScan.
    private const int Around = 256;

    /// <summary>Cells of a piece of a long recording.</summary>
    public const int PieceCells = 1 << 16;

    /// <summary>Cells before and behind a piece whose peaks are heard in it, and some more.</summary>
    public const int PeaksAround = 64;

    // A reduction below this (−80 dB of the signal) ends the release; the smoothing makes the step inaudible.
    private const float Negligible = 1e-4f;

    private readonly float _release;
    private readonly float[] _smoothing = new float[2 * SmoothCells + 1];

    /// <summary>Prepares the limiter for a sampling rate.</summary>
    /// <param name="sampleRate">[Hz], at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is below 1.</exception>
    public TruePeakLimiter(int sampleRate)
    {
        Cells = new GainCells(sampleRate);
        _release = (float)Math.Exp(-Cells.Length / (ReleaseSeconds * sampleRate));
        for (int i = 0; i < _smoothing.Length; i++)
        {
            // Hann window without its zero ends; it sums to SmoothCells + 1.
            _smoothing[i] = (float)(
                (0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 1) / (_smoothing.Length + 1))) / (SmoothCells + 1));
        }
    }

    /// <summary>The grid it works on.</summary>
    public GainCells Cells { get; }

    /// <summary>Finds the peaks the limiter may have to act on.</summary>
    /// <param name="samples">The recording before gain.</param>
    /// <param name="threshold">Peaks up to this amplitude do not matter and may be left out.</param>
    /// <param name="peaks">Receives the highest true peak of each cell and the sample before it; 0 where none exceeds
    /// the threshold. <see cref="GainCells.Count"/> long.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    public void DetectPeaks(
        ReadOnlySpan<float> samples,
        double threshold,
        Span<float> peaks,
        CancellationToken cancellation = default)
    {
        Cells.Check(samples.Length, peaks.Length);
        DetectPeaks(samples, threshold, 0, peaks, cancellation);
    }

    /// <summary>The same for some of the cells, with the bits of the whole.</summary>
    /// <param name="samples">The recording.</param>
    /// <param name="threshold">As above.</param>
    /// <param name="first">The first of the cells; a multiple of <see cref="PieceCells"/>.</param>
    /// <param name="peaks">Receives those of the cells.</param>
    /// <param name="cancellation">As above.</param>
    public void DetectPeaks(
        ReadOnlySpan<float> samples,
        double threshold,
        int first,
        Span<float> peaks,
        CancellationToken cancellation)
    {
        int from = Math.Max(0, (first * Cells.Length) - Around),
            to = (int)Math.Min(samples.Length, ((long)(first + peaks.Length) * Cells.Length) + Around);
        peaks.Clear();
        var sink = new CellPeaks(
            (float)threshold,
            peaks,
            Cells.Length,
            from,
            first,
            Cells.Count(samples.Length));
        TruePeak.Scan(samples[from..to], ref sink, cancellation);
    }

    /// <summary>Computes how far the gain is turned down in each cell.</summary>
    /// <param name="peaks">From <c>DetectPeaks</c> with a threshold of at most
    /// <paramref name="ceiling"/>/<paramref name="gain"/>.</param>
    /// <param name="gain">Factor that is applied to the recording in any case.</param>
    /// <param name="ceiling">Highest amplitude wanted.</param>
    /// <param name="reductions">Receives 1 − (gain of the limiter), 0 … 1; as long as <paramref name="peaks"/>.</param>
    /// <param name="cancellation">Checked about once per minute of audio.</param>
    /// <returns>The largest reduction. <see cref="GainCells"/> puts the reductions into effect.</returns>
    public float ComputeReductions(
        ReadOnlySpan<float> peaks,
        double gain,
        double ceiling,
        Span<float> reductions,
        CancellationToken cancellation = default)
    {
        if (peaks.Length != reductions.Length)
        {
            throw new ArgumentException(
                $"There are {peaks.Length} cells, but room for {reductions.Length}.",
                nameof(reductions));
        }

        return ComputeReductions(peaks, 0, gain, ceiling, 0, reductions, new Course(), cancellation);
    }

    /// <summary>The same piece by piece, with the bits of the whole.</summary>
    /// <param name="peaks">Those of the piece and of at least <see cref="PeaksAround"/> cells on either side, as far as
    /// there are any.</param>
    /// <param name="firstPeak">The cell of the first of them.</param>
    /// <param name="gain">As above.</param>
    /// <param name="ceiling">As above.</param>
    /// <param name="first">The first cell of the piece; all but the last are <see cref="PieceCells"/> long.</param>
    /// <param name="reductions">Receives those of the piece.</param>
    /// <param name="course">What the pieces before have left; a new one at the beginning.</param>
    /// <param name="cancellation">As above.</param>
    public float ComputeReductions(
        ReadOnlySpan<float> peaks,
        int firstPeak,
        double gain,
        double ceiling,
        int first,
        Span<float> reductions,
        Course course,
        CancellationToken cancellation)
    {
        // needed[i]: cell tile + i − 1;  held[i]: cell tile + i − SmoothCells.
        Span<float> needed = stackalloc float[TileLength + 2 * HoldCells + 8], held = course.Held;
        float ratio = (float)(ceiling / gain), largest = 0;
        float state = first == 0 ? Begin(peaks, ratio, held) : course.State;
        for (int tile = 0; tile < reductions.Length; tile += TileLength)
        {
            if (tile % (TileLength * 512) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int count = Math.Min(TileLength, reductions.Length - tile);
            Span<float> result = reductions.Slice(tile, count);
            bool any = PeakNeeds.Need(peaks, first - firstPeak + tile + SmoothCells - HoldCells, ratio, needed);
            if (!any && state == 0 && NonZero.First(held[..(2 * SmoothCells)]) < 0)
            {
                result.Clear();
                continue;
            }

            PeakNeeds.HoldMaximum(needed, HoldCells);
            state = Release(needed, held[(2 * SmoothCells)..], state);
            Smooth(held, result);
            largest = Math.Max(largest, TruePeak.SamplePeak(result));
            held.Slice(TileLength, 2 * SmoothCells).CopyTo(held);
        }

        course.State = state;
        return largest;
    }

    /// <summary>What the limiter remembers from one piece to the next.</summary>
    public sealed class Course
    {
        internal float[] Held { get; } = new float[TileLength + (2 * SmoothCells) + 8];

        internal float State { get; set; }
    }

    // What the first tile needs of its past: a clip that begins with a peak begins turned down, so cells before it
    // count too.
    private float Begin(ReadOnlySpan<float> peaks, float ratio, Span<float> held)
    {
        float state = 0;
        for (int cell = -SmoothCells; cell < SmoothCells; cell++)
        {
            float need = 0;
            foreach (float p in peaks[..Math.Clamp(cell + HoldCells + 1, 0, peaks.Length)])
            {
                need = Math.Max(need, 1 - ratio / p);
            }

            state = Math.Max(need, state * _release + need * (1 - _release));
            held[SmoothCells + cell] = state;
        }

        return state;
    }

    /// <summary>
    /// Falls at once, recovers towards what is needed at the time constant. (Recovering towards no reduction and only
    /// then taking the maximum would be quicker, and distort a tone of 80 Hz seven times as much.)
    /// </summary>
    private float Release(ReadOnlySpan<float> needed, Span<float> held, float state)
    {
        for (int i = 0; i < TileLength; i++)
        {
            state = Math.Max(needed[i], state * _release + needed[i] * (1 - _release));
            state = state < Negligible ? 0 : state;
            held[i] = state;
        }

        return state;
    }

    private void Smooth(ReadOnlySpan<float> held, Span<float> result)
    {
        int i = 0;
        for (; i <= result.Length - 8; i += 8)
        {
            Vector256<float> sum = default;
            for (int k = 0; k < _smoothing.Length; k++)
            {
                sum += Vector256.Create(held.Slice(i + k, 8)) * _smoothing[k];
            }

            sum.CopyTo(result.Slice(i, 8));
        }

        for (; i < result.Length; i++)
        {
            float sum = 0;
            for (int k = 0; k < _smoothing.Length; k++)
            {
                sum += held[i + k] * _smoothing[k];
            }

            result[i] = sum;
        }
    }
}

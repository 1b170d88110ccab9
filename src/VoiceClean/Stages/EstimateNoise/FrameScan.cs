using System.Runtime.Intrinsics;
using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// Every second frame of a clip (16 ms apart: neighbours overlap by half and lose little), looked at once for all who
/// ask: the levels by which <see cref="QuietFrames"/> chooses, and the mean power of cells of four frames, on which the
/// spectral gate follows the noise. A finding, so that the gate need not transform the same frames again.
/// </summary>
internal sealed unsafe class FrameScan : IHeldFinding
{
    /// <summary>From one frame that is looked at to the next.</summary>
    public const int Step = 2;

    /// <summary>Frames per cell; the first and the third are looked at.</summary>
    public const int CellFrames = 4;

    // Work is divided into pieces of so many cells (8 s).
    private const int PieceCells = 256;
    private const double LowHz = 125, HighHz = 12_500;

    private readonly SpeechFraming _framing;
    private readonly object _revision;
    private readonly int _low, _high;
    private readonly RowStore? _cells;
    private readonly double _scale;

    private FrameScan(SpeechFraming framing, int length, object revision, bool withCells)
    {
        (_framing, _revision) = (framing, revision);
        (_low, _high) = (framing.Bin(LowHz), framing.Bin(HighHz));
        _scale = 4 / ((double)framing.Stft.FrameLength * framing.Stft.FrameLength);
        int frames = framing.Stft.FrameCount(length), cells = (frames + CellFrames - 1) / CellFrames;
        Levels = new float[frames / Step];
        CellLevels = new float[cells];
        _cells = withCells ? new RowStore(cells, framing.Stride) : null;
    }

    /// <summary>
    /// Level of each frame that is looked at, 125 Hz to 12.5 kHz [dBFS]; not-a-number where it touches silence or
    /// reaches beyond the clip [frames / <see cref="Step"/>].
    /// </summary>
    public float[] Levels { get; }

    /// <summary>Mean square of the cells in the same band; 0 without cells [cells].</summary>
    public float[] CellLevels { get; }

    /// <summary>Mean power of the cells [cells x Stride].</summary>
    /// <exception cref="InvalidOperationException">They were not asked for.</exception>
    public RowStore Cells => _cells ?? throw new InvalidOperationException("The cells were not asked for.");

    /// <summary>Looks at a clip.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="clip">Its samples stay as they are.</param>
    /// <param name="forGate">Whether the cells are measured too and left with the clip for the gate.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public static FrameScan Of(
        SpeechFraming framing,
        AudioClip clip,
        bool forGate,
        CancellationToken cancellation)
    {
        FrameScan scan = Measure(framing, clip, forGate, clip.Threads, cancellation);
        if (forGate)
        {
            clip.Findings.Set(scan);
        }

        return scan;
    }

    /// <summary>
    /// A look at the clip with the power of its cells: what an earlier stage has left, if the samples are still the
    /// same, else a new one. The caller disposes of it.
    /// </summary>
    /// <param name="framing">The frames.</param>
    /// <param name="clip">Its samples stay as they are.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public static FrameScan Take(
        SpeechFraming framing,
        AudioClip clip,
        int threads,
        CancellationToken cancellation)
    {
        FrameScan? known = clip.Findings.Take<FrameScan>();
        if (known?._cells is not null && ReferenceEquals(known._revision, clip.Revision))
        {
            return known;
        }

        known?.Dispose();
        return Measure(framing, clip, withCells: true, threads, cancellation);
    }

    /// <summary>mean = (a+b)/2; rows of whole groups of eight.</summary>
    public static void Average(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> mean)
    {
        for (int k = 0; k < mean.Length; k += 8)
        {
            (Vector256.Create(0.5f) * (Vector256.Create(a.Slice(k, 8)) + Vector256.Create(b.Slice(k, 8)))).CopyTo(
                mean.Slice(k, 8));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cells?.Dispose();

    private static FrameScan Measure(
        SpeechFraming framing,
        AudioClip clip,
        bool withCells,
        int threads,
        CancellationToken cancellation)
    {
        var silence = DigitalSilence.Of(clip);
        int length = clip.ReadOnlySamples.Length;
        var scan = new FrameScan(framing, length, clip.Revision, withCells);
        fixed (float* pinned = clip.ReadOnlySamples)
        {
            float* start = pinned;
            ForkJoin.For(
                threads,
                (scan.CellLevels.Length + PieceCells - 1) / PieceCells,
                piece => scan.Read(new ReadOnlySpan<float>(start, length), silence, piece * PieceCells),
                cancellation);
        }

        return scan;
    }

    private void Read(ReadOnlySpan<float> samples, DigitalSilence silence, int from)
    {
        int stride = _framing.Stride, frames = _framing.Stft.FrameCount(samples.Length);
        float[] re = new float[stride], im = new float[stride], first = new float[stride], third = new float[stride];
        using RowStore.Cursor? cells = _cells?.OpenToWrite();
        for (int cell = from; cell < Math.Min(CellLevels.Length, from + PieceCells); cell++)
        {
            int frame = cell * CellFrames;
            bool isWhole = frame + Step < frames;
            Read(samples, silence, frame, re, im, first);
            if (isWhole)
            {
                Read(samples, silence, frame + Step, re, im, third);
            }

            if (cells is not null)
            {
                Span<float> row = cells.Row(cell);
                Average(first, isWhole ? third : first, row);
                CellLevels[cell] = (float)(PowerSpectrum.Sum(row[_low.._high]) * _scale);
            }
        }
    }

    private void Read(
        ReadOnlySpan<float> samples,
        DigitalSilence silence,
        int frame,
        float[] re,
        float[] im,
        float[] power)
    {
        long start = _framing.Stft.FrameStart(frame);
        bool touches = silence.Touches(start, start + _framing.Stft.FrameLength);
        if (!touches || _cells is not null)
        {
            _framing.Analyze(samples, frame, re, im);
            _framing.Power(re, im, power);
        }

        // a last frame without a successor has no level
        if (frame / Step < Levels.Length)
        {
            Levels[frame / Step] = touches
                ? float.NaN
                : (float)Decibels.FromPower((PowerSpectrum.Sum(power.AsSpan(_low.._high)) * _scale) + 1e-20);
        }
    }
}

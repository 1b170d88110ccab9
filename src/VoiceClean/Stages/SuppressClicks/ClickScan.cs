using System.Runtime.Intrinsics;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>
/// How far each band of each frame stands out of its surroundings in time, block by block. The surroundings are the
/// levels after a morphological closing (fills the gaps between the pulses of a low voice, 14 ms) and an opening (takes
/// away what is shorter than 46 ms) along time; Serra 1982. What remains above them is short and has silence or
/// steadier sound on both sides: a click, or a plosive.
/// </summary>
internal sealed class ClickScan
{
    /// <summary>Frames per block.</summary>
    public const int Block = 512;

    private const int Lanes = ClickBands.Lanes;
    private readonly ClickBands _bands;
    private readonly int _closing, _opening, _context, _rows, _frameCount;
    private readonly float[] _level, _background, _spare, _re, _im;
    private int _start = int.MinValue;

    /// <summary>Plans the scan of one clip.</summary>
    /// <param name="bands">Framing and bands.</param>
    /// <param name="sampleCount">Length of the clip [sample].</param>
    /// <param name="margin">Frames before and after a block for which <see cref="Excess"/> is wanted too.</param>
    public ClickScan(ClickBands bands, int sampleCount, int margin)
    {
        _bands = bands;
        _closing = bands.Frames(0.014) | 1;
        _opening = bands.Frames(0.045) | 1;
        _context = margin + _closing - 1 + _opening - 1;
        _rows = Block + (2 * _context);
        _frameCount = bands.Framing.FrameCount(sampleCount);
        _level = new float[_rows * Lanes];
        _background = new float[_rows * Lanes];
        _spare = new float[_rows * Lanes];
        _re = new float[bands.Framing.BinCount];
        _im = new float[bands.Framing.BinCount];
    }

    /// <summary>Levels of the bands of frame <paramref name="t"/> [dB].</summary>
    public ReadOnlySpan<float> Level(int t) => _level.AsSpan((t - _start + _context) * Lanes, Lanes);

    /// <summary>How far a band of frame <paramref name="t"/> stands above its surroundings [dB], 0 or more.</summary>
    public float Excess(int t, int band)
    {
        int i = ((t - _start + _context) * Lanes) + band;
        return _level[i] - _background[i];
    }

    /// <summary>
    /// Mean excess over the bands above 500 Hz, each counting up to 25 dB: how broad and how sharp the frame stands
    /// out.
    /// </summary>
    public float Score(int t)
    {
        float sum = 0;
        for (int b = ClickBands.First; b < _bands.Count; b++)
        {
            sum += Math.Min(Excess(t, b), 25f);
        }

        return sum / Math.Max(1, _bands.Count - ClickBands.First);
    }

    /// <summary>
    /// Moves to the block that begins with frame <paramref name="start"/>. Levels already measured are kept when blocks
    /// follow each other, so that samples changed in the meantime do not count.
    /// </summary>
    public void MoveTo(int start, ReadOnlySpan<float> samples)
    {
        int first = start - _context, known = first;
        if (start == _start + Block)
        {
            known = first + (_rows - Block);
            _level.AsSpan(Block * Lanes).CopyTo(_level);
        }

        _start = start;
        for (int t = known; t < first + _rows; t++)
        {
            Span<float> row = _level.AsSpan((t - first) * Lanes, Lanes);
            if (t >= 0 && t < _frameCount)
            {
                _bands.Framing.Analyze(samples, t, _re, _im);
                _bands.Measure(_re, _im, row);
            }
        }

        // Rows outside the clip do not take part: for a maximum they repeat the first or the last frame.
        int begin = Math.Clamp(-first, 0, _rows - 1), end = Math.Clamp(_frameCount - first, begin + 1, _rows);
        Extend(begin, end);
        Filter(_level, _background, _closing, largest: true);
        // erosion of the closing and of the opening in one
        Filter(_background, _background, _closing + _opening - 1, largest: false);
        Filter(_background, _background, _opening, largest: true);
    }

    private void Extend(int begin, int end)
    {
        for (int r = 0; r < begin; r++)
        {
            _level.AsSpan(begin * Lanes, Lanes).CopyTo(_level.AsSpan(r * Lanes));
        }

        for (int r = end; r < _rows; r++)
        {
            _level.AsSpan((end - 1) * Lanes, Lanes).CopyTo(_level.AsSpan(r * Lanes));
        }
    }

    // Running maximum or minimum over `width` (odd) rows around each row, by doubling; rows at the ends of the buffer
    // see what is there.
    private void Filter(float[] from, float[] to, int width, bool largest)
    {
        from.CopyTo(_spare, 0);
        int covered = 1;
        while (covered < width)
        {
            int step = Math.Min(covered, width - covered);
            Combine(_spare, step, largest);
            covered += step;
        }

        // _spare[r] now covers rows r … r + width - 1; centre it.
        int half = width / 2;
        _spare.AsSpan(0, (_rows - half) * Lanes).CopyTo(to.AsSpan(half * Lanes));
        for (int r = 0; r < half; r++)
        {
            _spare.AsSpan(0, Lanes).CopyTo(to.AsSpan(r * Lanes));
        }
    }

    private void Combine(float[] rows, int step, bool largest)
    {
        int count = (_rows - step) * Lanes, shift = step * Lanes;
        for (int i = 0; i < count; i += 8)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref rows[i]), b = Vector256.LoadUnsafe(ref rows[i + shift]);
            (largest ? Vector256.MaxNative(a, b) : Vector256.MinNative(a, b)).StoreUnsafe(ref rows[i]);
        }
    }
}

using VoiceClean.Dsp.Fourier;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// The frames that a run has before it, one row of bins each: the spectrum, its power (which <see cref="RunNoise"/>
/// turns into power over the noise), and what is known of the frame as a whole. The window moves along the clip; frames
/// keep their numbers, and one that comes takes the row of one that went.
/// </summary>
internal sealed class GateWindow
{
    private readonly SpeechFraming _framing;
    private readonly GateCells _cells;              // spectra, then powers [3 x rows x Stride]
    private readonly FrameLevel[] _levels;          // [rows]
    private readonly int _rows, _part, _at;         // where in the cells
    private int _end;                               // one past the last analysed

    /// <param name="framing">The frames.</param>
    /// <param name="frames">Frames of the clip.</param>
    /// <param name="first">The first frame.</param>
    /// <param name="rows">Most frames at a time.</param>
    /// <param name="cells">Where the rows lie.</param>
    public GateWindow(SpeechFraming framing, int frames, int first, int rows, GateCells cells)
    {
        (_framing, _cells) = (framing, cells);
        (Frames, _end, _rows) = (frames, first, rows);
        _part = checked(rows * framing.Stride);
        _at = cells.Ask(checked(3 * _part));
        _levels = new FrameLevel[rows];
    }

    /// <summary>Frames of the clip.</summary>
    public int Frames { get; }

    /// <summary>Bins per row.</summary>
    public int Stride => _framing.Stride;

    /// <summary>Real parts of a frame [Stride].</summary>
    public Span<float> Re(int frame) => Row(0, frame);

    /// <summary>Imaginary parts of a frame [Stride].</summary>
    public Span<float> Im(int frame) => Row(_part, frame);

    /// <summary>|X|² of a frame, from <see cref="RunNoise.Scale"/> on γ = |X|²/λ [Stride].</summary>
    public Span<float> Power(int frame) => Row(2 * _part, frame);

    /// <summary>The frame as a whole.</summary>
    public ref FrameLevel Level(int frame) => ref _levels[frame % _rows];

    /// <summary>All power rows, and where in them a frame lies [cell].</summary>
    public ReadOnlySpan<float> Powers => _cells.All.AsSpan(_at + (2 * _part), _part);

    /// <inheritdoc cref="Powers"/>
    public nint PowerAt(int frame) => (nint)(frame % _rows) * Stride;

    /// <summary>Analyses up to <paramref name="end"/>.</summary>
    public void Analyse(ReadOnlySpan<float> samples, int end)
    {
        int bins = _framing.Stft.BinCount;
        for (; _end < end; _end++)
        {
            Span<float> re = Re(_end), im = Im(_end);
            // rented rows hold anything; every other cell is written before it is read
            re[bins..].Clear();
            im[bins..].Clear();
            _framing.Analyze(samples, _end, re, im);
            _framing.Power(re, im, Power(_end));
        }
    }

    /// <summary>How fricative the surroundings of a frame are: a triangle, the ends of the clip repeated.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="half">Half width of the triangle [frame].</param>
    public float NearFricative(int frame, int half)
    {
        float sum = 0;
        for (int j = -half; j <= half; j++)
        {
            sum += (half + 1 - Math.Abs(j)) * Level(Math.Clamp(frame + j, 0, Frames - 1)).Fricative;
        }

        return sum / ((half + 1) * (half + 1));
    }

    /// <summary>Adds the spectrum of a frame to the output, a stretch that begins with a sample of the clip.</summary>
    public void AddTo(OverlapAdder adder, int frame, Span<float> output, long origin)
    {
        int bins = _framing.Stft.BinCount;
        adder.Add(Re(frame)[..bins], Im(frame)[..bins], output, origin);
    }

    private Span<float> Row(int part, int frame) =>
        _cells.All.AsSpan(_at + part + (frame % _rows * Stride), Stride);
}

using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>The noise of one run: divides the frames of its window by it, each once and in their order.</summary>
internal sealed unsafe class RunNoise : IDisposable
{
    private readonly ForwardNoise _forward;
    private readonly NoiseSteps? _steps;
    private readonly FrameBands _bands;
    private readonly float[] _now, _next, _power;   // noise of the cells before and behind the frame; of a cell
    private readonly int _cellCount, _frames;
    private int _frame;                             // the next frame
    private int _cell;                              // cell of _now

    /// <param name="framing">The frames.</param>
    /// <param name="track">The noise of the clip.</param>
    /// <param name="first">The first frame of the window.</param>
    /// <param name="frames">Frames of the clip.</param>
    public RunNoise(SpeechFraming framing, NoiseTrack track, int first, int frames)
    {
        _forward = track.From(first / NoiseTrack.Step);
        _steps = track.Steps;
        _bands = new FrameBands(framing);
        _now = new float[framing.Stride];
        _next = new float[framing.Stride];
        _power = new float[framing.Stride];
        (_cellCount, _frames) = (track.CellCount, frames);
        _cell = _forward.FirstCell - 1;
        _frame = first == 0 ? 0 : first + 1;        // the frame before the first whole cell is not needed
    }

    /// <summary>
    /// γ = min(|X|²/λ, 30 dB) up to <paramref name="end"/>, with λ linear in time between the centres of cells, which
    /// lie on their second frame; and the levels of the frames.
    /// </summary>
    public void Scale(GateWindow window, int end)
    {
        for (; _frame < end; _frame++)
        {
            int cell = (_frame - 1) >> 2, phase = (_frame - 1) & 3;
            while (_cell < Math.Max(_forward.FirstCell, cell))
            {
                MoveOn(window);
            }

            float next = cell < 0 ? 0 : phase * (1f / NoiseTrack.Step);
            fixed (float* power = window.Power(_frame), a = _now, b = _next)
            {
                window.Level(_frame) = _bands.Scale(power, a, b, next);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _forward.Dispose();

    private void MoveOn(GateWindow window)
    {
        _cell++;
        if (_cell == _forward.FirstCell)
        {
            Read(window, _cell, _now);
        }
        else
        {
            _next.CopyTo(_now, 0);
        }

        if (_cell + 1 < _cellCount)
        {
            Read(window, _cell + 1, _next);
        }
        else
        {
            _now.CopyTo(_next, 0);
        }
    }

    private void Read(GateWindow window, int cell, Span<float> noise)
    {
        int frame = cell * NoiseTrack.Step;
        FrameScan.Average(window.Power(frame), window.Power(frame + 2 < _frames ? frame + 2 : frame), _power);
        _steps?.Divide(cell, _power);
        _forward.Next(cell, _power, noise);
    }
}

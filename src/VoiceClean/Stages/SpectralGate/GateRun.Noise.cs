namespace VoiceClean.Stages.SpectralGate;

// How the rows of a run get from power to power over the noise.
internal sealed unsafe partial class GateRun
{
    // γ = min(|X|²/λ, 30 dB), with λ linear in time between the centres of cells, which lie on their second frame
    private void ScaleByNoise(int end)
    {
        for (; _scaled < end; _scaled++)
        {
            int cell = (_scaled - 1) >> 2, phase = (_scaled - 1) & 3;
            while (_noiseCell < Math.Max(_noise.FirstCell, cell))
            {
                _noiseCell++;
                if (_noiseCell == _noise.FirstCell)
                {
                    ReadCell(_noiseCell, _noiseNow);
                }
                else
                {
                    _noiseNext.CopyTo(_noiseNow, 0);
                }

                if (_noiseCell + 1 < _cellCount)
                {
                    ReadCell(_noiseCell + 1, _noiseNext);
                }
                else
                {
                    _noiseNow.CopyTo(_noiseNext, 0);
                }
            }

            float next = cell < 0 ? 0 : phase * 0.25f;
            fixed (float* g = Row(_gamma, _scaled), a = _noiseNow, b = _noiseNext)
            {
                (_strength[_scaled - _origin], _fricative[_scaled - _origin]) = _bands.Scale(g, a, b, next);
            }
        }
    }

    private void ReadCell(int cell, Span<float> noise)
    {
        int frame = cell * NoiseTrack.Step;
        NoiseTrack.Average(
            Row(_gamma, frame),
            Row(_gamma, Math.Min(frame + 2, frame + 2 < _frames ? frame + 2 : frame)),
            _cell);
        _noise.Next(cell, _cell, noise);
    }
}

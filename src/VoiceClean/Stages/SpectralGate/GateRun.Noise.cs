using System.Runtime.Intrinsics;
using VoiceClean.Dsp;

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
            fixed (float* g = Row(_gamma, _scaled), a = _noiseNow, b = _noiseNext, audible = _audible)
            {
                Vector256<float> w = Vector256.Create(next), most = Vector256.Create(LogSpectralAmplitude.MaxPosterior), frame = Vector256<float>.Zero, noise = frame;
                for (nint k = 0; k < _stride; k += 8)
                {
                    Vector256<float> now = Vector256.Load(a + k);
                    Vector256<float> lambda = now + (w * (Vector256.Load(b + k) - now));
                    Vector256<float> power = Vector256.Load(g + k), counts = Vector256.Load(audible + k);
                    frame += counts * power;
                    noise += counts * lambda;
                    Vector256.MinNative(power / lambda, most).Store(g + k);
                }

                _overNoise[_scaled - _origin] = (float)Decibels.FromPower(Math.Max(Vector256.Sum(frame), 1e-20f) / Math.Max(Vector256.Sum(noise), 1e-20f));
            }
        }
    }

    private void ReadCell(int cell, Span<float> noise)
    {
        int frame = cell * NoiseTrack.Step;
        NoiseTrack.Average(Row(_gamma, frame), Row(_gamma, Math.Min(frame + 2, frame + 2 < _frames ? frame + 2 : frame)), _cell);
        _noise.Next(cell, _cell, noise);
    }
}

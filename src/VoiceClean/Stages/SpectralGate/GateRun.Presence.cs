using VoiceClean.Dsp.Filters;

namespace VoiceClean.Stages.SpectralGate;

// How a run looks for speech in the rows around each frame.
internal sealed unsafe partial class GateRun
{
    private void MeasurePresence(int start, int end, int seen)
    {
        int half = _presence.BoxHalf, box = (2 * half) + 1, last = Math.Min(seen - 1, end + _reach - 1);
        Span<nint> rows = stackalloc nint[box];
        fixed (
            float* gamma = _gamma,
                sum = _sum,
                prob = _prob,
                mean = _mean,
                evidence = _evidence,
                spare = _cell,
                spareMean = _noiseSpare)
        {
            for (int t = Math.Max(0, start - half); t <= Math.Min(seen - 1, last + half); t++)
            {
                Around(gamma, t, half, seen, rows);
                TriangleSmoother.AddRows(rows, sum + ((nint)(t - _origin) * _stride), _stride);
            }

            // Evidence of frames before the block stays from the block before.
            int kept = start == _begin ? 0 : _reach * SpeechPresence.RegionCount;
            if (kept > 0)
            {
                _evidence.AsSpan(_blockFrames * SpeechPresence.RegionCount, kept).CopyTo(_evidence);
            }

            _evidence.AsSpan(_reach * SpeechPresence.RegionCount).Clear();
            for (int t = start; t <= last; t++)
            {
                Around(sum, t, half, Math.Min(seen, last + half + 1), rows);
                float* p = t < end ? prob + ((nint)(t - start) * _stride) : spare;
                float* m = t < end ? mean + ((nint)(t - start) * _stride) : spareMean;
                _presence.Measure(
                    _strength[t - _origin],
                    rows,
                    m,
                    p,
                    evidence + ((nint)(t - start + _reach) * SpeechPresence.RegionCount));
            }
        }
    }


    // The rows t-half … t+half, the ends of the clip repeated.
    private void Around(float* rows, int t, int half, int seen, Span<nint> around)
    {
        for (int j = -half; j <= half; j++)
        {
            around[j + half] = (nint)(rows + ((nint)(Math.Clamp(t + j, 0, seen - 1) - _origin) * _stride));
        }
    }
}

using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Whether a frame belongs to speech at all, from the presence of its best region, averaged, held and ramped over time.
/// Without it, single cells of the noise that stick out pass in the pauses: musical noise.
/// </summary>
internal sealed class FrameActivity
{
    private readonly int _average, _hold, _ramp;

    public FrameActivity(SpeechFraming framing)
    {
        _average = framing.Frames(GateConstants.EvidenceSeconds);
        _hold = framing.Frames(GateConstants.HoldSeconds);
        _ramp = framing.Frames(GateConstants.RampSeconds);
    }

    /// <summary>Frames of evidence needed on either side.</summary>
    public int Reach => _average + _hold + _ramp;

    /// <summary>Activity per frame, 0 (noise alone) to 1 (speech).</summary>
    /// <param name="evidence">Mean presence per frame and region, for the frames asked for and <see cref="Reach"/> more
    /// on either side [(2·Reach + count) x RegionCount].</param>
    /// <param name="activity">Receives one value per frame [count].</param>
    public void Measure(ReadOnlySpan<float> evidence, Span<float> activity)
    {
        int count = activity.Length, regions = SpeechPresence.RegionCount;
        int evident = count + (2 * (_hold + _ramp));
        Span<float> best = new float[evident];
        for (int r = 0; r < regions; r++)
        {
            for (int i = 0; i < evident; i++)
            {
                float sum = 0;
                for (int j = -_average; j <= _average; j++)
                {
                    sum += (_average + 1 - (j < 0 ? -j : j)) * evidence[((i + _average + j) * regions) + r];
                }

                sum /= (_average + 1) * (_average + 1);
                best[i] = sum > best[i] ? sum : best[i];
            }
        }

        Span<float> held = new float[count + (2 * _ramp)];
        for (int i = 0; i < held.Length; i++)
        {
            float most = 0;
            for (int j = 0; j <= 2 * _hold; j++)
            {
                most = best[i + j] > most ? best[i + j] : most;
            }

            held[i] = Math.Clamp((most - GateConstants.FrameEvidence) / GateConstants.FrameEvidence, 0, 1);
        }

        for (int i = 0; i < count; i++)
        {
            float sum = 0;
            for (int j = -_ramp; j <= _ramp; j++)
            {
                sum += (_ramp + 1 - Math.Abs(j)) * held[i + _ramp + j];
            }

            activity[i] = sum / ((_ramp + 1) * (_ramp + 1));
        }
    }
}

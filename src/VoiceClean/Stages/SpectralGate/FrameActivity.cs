using System.Runtime.Intrinsics;
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
        int count = activity.Length;
        Span<float> best = new float[count + (2 * (_hold + _ramp))];
        MeasureBest(evidence, best);
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

    // The evidence of the best region, averaged over a triangle; the regions lie in the lanes of a vector.
    private void MeasureBest(ReadOnlySpan<float> evidence, Span<float> best)
    {
        const int regions = SpeechPresence.RegionCount;
        Vector128<float> scale = Vector128.Create((float)((_average + 1) * (_average + 1)));
        for (int i = 0; i < best.Length; i++)
        {
            Vector128<float> sum = default;
            for (int j = -_average; j <= _average; j++)
            {
                sum +=
                    Vector128.Create((float)(_average + 1 - Math.Abs(j)))
                    * Vector128.Create(evidence.Slice((i + _average + j) * regions, regions));
            }

            sum /= scale;
            float most = 0;
            for (int r = 0; r < regions; r++)
            {
                most = sum[r] > most ? sum[r] : most;
            }

            best[i] = most;
        }
    }
}

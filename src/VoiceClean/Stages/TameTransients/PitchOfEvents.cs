using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Removable;

namespace VoiceClean.Stages.TameTransients;

/// <summary>
/// Tells a word from a bump by its pitch: the periodicity of the band from 150 Hz to 1 kHz (<see
/// cref="VoicingDetector"/>), without the low end, where any bump looks periodic.
/// </summary>
internal readonly ref struct PitchOfEvents(
    ReadOnlySpan<float> samples,
    int sampleRate,
    CancellationToken cancellation)
{
    private const double LowHz = 150, MarginSeconds = 0.05, LeastPeriodicity = 0.65, LeastShare = 0.1;
    private const double ClearSeconds = 0.1, ClearPeriodicity = 0.8;
    private const float UnderEvents = 1e-5f;        // of the power of the loudest frame: 50 dB
    private const float NearLoudest = 0.1f;         // the same: 10 dB
    private const int MostSeconds = 60, LeastFrames = 15;

    private readonly ReadOnlySpan<float> _samples = samples;

    /// <summary>
    /// Whether an event has the pitch of a voice: in the mean or, where it stands apart and would go as a whole,
    /// clearly for 40 ms near its loudest. A short word whose pitch falls, with key strokes on it, reads 0.45 in the
    /// mean and 0.93 for 40 ms; noises and thumps (made ones) read up to 0.62 there.
    /// </summary>
    public bool IsVoice(Transient transient)
    {
        SampleRange range = transient.Range;
        int margin = (int)(MarginSeconds * sampleRate),
            start = Math.Max(0, range.Start - margin),
            end = Math.Min(_samples.Length, range.End + margin);
        (float[] periodicity, float[] energies) = Measure(_samples[start..end]);
        double sum = 0, all = 1e-30;
        float loudest = 0;
        for (int t = 0; t < periodicity.Length; t++)
        {
            all += energies[t];
            sum += periodicity[t] * (double)energies[t];
            loudest = Math.Max(loudest, energies[t]);
        }

        bool isClear = false;
        for (int t = 0; transient.IsApart && t < periodicity.Length; t++)
        {
            isClear |= periodicity[t] > ClearPeriodicity && energies[t] >= NearLoudest * loudest;
        }

        return isClear || sum / all > LeastPeriodicity;
    }

    /// <summary>
    /// Whether the recording, or a minute from the middle of it, has a voice apart from the events: in a whispered one
    /// nothing has a pitch, and a word that stands alone is no event beside a voice.
    /// </summary>
    /// <param name="events">What is under suspicion.</param>
    public bool HasVoice(List<Transient> events)
    {
        int length = Math.Min(_samples.Length, MostSeconds * sampleRate), first = (_samples.Length - length) / 2;
        (float[] periodicity, float[] energies) = Measure(_samples.Slice(first, length));
        if (energies.Length == 0)
        {
            return false;
        }

        float middle = OrderStatistics.Quantile(energies.ToArray().AsSpan(), 0.5),
            heard = UnderEvents * OrderStatistics.Quantile(energies.ToArray().AsSpan(), 1);
        int loud = 0, voiced = 0, margin = (int)(ClearSeconds * sampleRate);
        for (int t = 0; t < energies.Length; t++)
        {
            long start = first + VoicingDetector.FrameStart(t, sampleRate),
                end = first + VoicingDetector.FrameStart(t + 2, sampleRate);
            if (energies[t] > middle
                && !events.Exists(e => start < e.Range.End + margin && end > e.Range.Start - margin))
            {
                loud++;
                voiced += periodicity[t] > LeastPeriodicity && energies[t] > heard ? 1 : 0;
            }
        }

        return voiced >= LeastFrames && voiced > LeastShare * loud;
    }

    private (float[] Periodicity, float[] Energies) Measure(ReadOnlySpan<float> piece)
    {
        float[] band = [.. piece, .. new float[sampleRate / 10]];
        RumbleFilter.Run(band, sampleRate, LowHz, cancellation);
        float[] periodicity = new float[VoicingDetector.CountFrames(band.Length, sampleRate)],
            energies = new float[periodicity.Length];
        VoicingDetector.Measure(band, sampleRate, periodicity, energies, cancellation);
        return (periodicity, energies);
    }
}

using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Datasets;

/// <summary>
/// Levels of a recording before it is cleaned, kept as one number for each 5 ms, so that clips can be judged by what
/// they were.
/// </summary>
internal sealed class SourceLevels
{
    private readonly LevelCurve _levels;
    private readonly double _noise;

    /// <summary>Measures a recording as decoded.</summary>
    public SourceLevels(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        _levels = LevelCurve.Measure(samples, sampleRate, cancellation);
        _noise = Decibels.ToPower(_levels.FloorDb);
    }

    /// <summary>
    /// Level of the speech in some stretches without the background [dBFS], and its ratio to the background [dB].
    /// </summary>
    /// <param name="speech">Stretches of the recording.</param>
    public (double SpeechDb, double LevelRatioDb) Measure(IEnumerable<SampleRange> speech)
    {
        double sum = 0;
        long count = 0;
        foreach (SampleRange range in speech)
        {
            foreach (float hop in _levels.Raw[_levels.HopOf(range.Start)..(_levels.HopOf(range.End) + 1)])
            {
                sum += hop;
                count++;
            }
        }

        double power = count == 0 ? 0 : Math.Max(0, (sum / count) - _noise);
        return (Decibels.FromPower(power), Decibels.FromPower(power / _noise));
    }
}

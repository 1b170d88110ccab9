using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>
/// The spectrum that the clicks of a clip have in common. Keys of one keyboard sound alike; a plosive has the spectrum
/// of its place of articulation and stands out in other bands. Levels are compared after a common offset, since keys
/// are struck harder and softer.
/// </summary>
internal sealed class ClickSpectrum
{
    // A band takes part as far as it stands out of its surroundings: from 3 dB (not) to 9 dB (fully).
    private const float PartFromDb = 3, PartRangeDb = 6;
    private readonly float[] _level;

    private ClickSpectrum(float[] level) => _level = level;

    /// <summary>
    /// The median level per band of the half of the events that stands out most; plosives among them are the few.
    /// </summary>
    /// <param name="events">Events of which most are clicks, at least 1.</param>
    public static ClickSpectrum Learn(IReadOnlyCollection<ClickCandidate> events)
    {
        ClickCandidate[] clearest =
        [
            .. events.OrderByDescending(c => c.Score).ThenBy(c => c.Frame).Take(Math.Max(1, events.Count / 2)),
        ];
        float[] level = new float[ClickBands.Lanes],
            column = new float[clearest.Length];
        for (int b = 0; b < level.Length; b++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = clearest[i].Levels[b];
            }

            level[b] = OrderStatistics.Median(column.AsSpan());
        }

        return new ClickSpectrum(level);
    }

    /// <summary>
    /// How far the shape of an event's spectrum lies from this one: the standard deviation over the bands in which it
    /// stands out [dB].
    /// </summary>
    public double DistanceDb(ClickCandidate candidate)
    {
        double weight = 1e-9, sum = 0, square = 0;
        for (int b = ClickBands.First; b < _level.Length; b++)
        {
            double part = Math.Clamp((candidate.Excess[b] - PartFromDb) / PartRangeDb, 0, 1),
                difference = candidate.Levels[b] - _level[b];
            weight += part;
            sum += part * difference;
            square += part * difference * difference;
        }

        double mean = sum / weight;
        return Math.Sqrt(Math.Max(0, (square / weight) - (mean * mean)));
    }
}

using System.Globalization;

namespace VoiceClean.Datasets;

/// <summary>
/// Recordings of a set that hold the same sound, in whatever lossless form: whoever trains on the set learns it twice.
/// </summary>
internal static class SameSound
{
    /// <summary>
    /// Each recording whose sound another one before it holds, and that one; ids. Told by what was measured on the
    /// decoded sound, to the last bit: a step of 16 bits in one sample of the speech makes another recording.
    /// </summary>
    /// <param name="records">All recordings of the set.</param>
    public static SortedDictionary<string, string> Of(IEnumerable<RecordingRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        var same = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (
            RecordingRecord record in records
                .Where(r => r.Clips.Any(c => c.Reason is null))
                .OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            string figures = FiguresOf(record);
            if (!first.TryAdd(figures, record.Id))
            {
                same.Add(record.Id, first[figures]);
            }
        }

        return same;
    }

    private static string FiguresOf(RecordingRecord record)
    {
        string ofClips = string.Concat(
            record.Clips.Select(c => string.Create(
                CultureInfo.InvariantCulture,
                $"|{c.StartS}|{c.SpeechDbfs}|{c.LevelRatioDb}|{c.SpectralTiltDbPerOctave}|{c.VoicedS}")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{record.DurationS}|{record.SpeechS}|{record.IntegratedLufs}{ofClips}");
    }
}

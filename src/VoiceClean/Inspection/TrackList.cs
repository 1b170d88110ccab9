using VoiceClean.Formats;

namespace VoiceClean.Inspection;

/// <summary>An audio track of a recording that has several.</summary>
/// <param name="Track">What the container says of it.</param>
internal sealed record HeardTrack(AudioTrack Track)
{
    /// <summary>
    /// Speech that was found in the beginning [s], 0 if none; negative if the track cannot be read, null if nobody
    /// listened.
    /// </summary>
    public double? SpeechS { get; init; }

    /// <summary>True for the one that became the clip.</summary>
    public bool IsUsed { get; init; }
}

/// <summary>The audio tracks of a recording that has several; a finding of its clip.</summary>
/// <param name="Tracks">In the order of the file.</param>
internal sealed record TrackList(IReadOnlyList<HeardTrack> Tracks)
{
    /// <summary>The one that became the clip.</summary>
    public HeardTrack Used => Tracks.First(t => t.IsUsed);

    /// <summary>Why it was taken.</summary>
    public string Sentence
    {
        get
        {
            HeardTrack used = Used;
            HeardTrack[] speaking = [.. Tracks.Where(t => t.SpeechS > 0)];
            string why = speaking.Length == 0 ? "though no speech was found in any"
                : speaking.Length == 1 ? "the only one in which speech was found"
                : speaking.Count(t => t.SpeechS >= TrackLoader.Comparable * used.SpeechS) == 1
                    ? "which has the most speech"
                : $"{Mark(used, speaking)}; {Others(used, speaking)} speech too";
            return $"The file has {Tracks.Count} audio tracks; track {used.Track.Number} is used, {why}. The option "
                + "'track' chooses another.";
        }
    }

    private static string Mark(HeardTrack used, HeardTrack[] speaking) =>
        used.Track.IsDefault && speaking.Any(t => !t.Track.IsDefault)
            ? "which the file marks as its default"
            : "the first one with speech";

    private static string Others(HeardTrack used, HeardTrack[] speaking)
    {
        int[] numbers = [.. speaking.Where(t => t != used).Select(t => t.Track.Number)];
        return numbers.Length == 1 ? $"track {numbers[0]} has" : $"tracks {string.Join(", ", numbers)} have";
    }
}

using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;

namespace VoiceClean.Datasets;

/// <summary>Whose voices recordings are by the lists that give them their texts.</summary>
internal static class ListedSpeakers
{
    /// <summary>Gives recordings the speakers of lists where those count, and says where names differ.</summary>
    /// <param name="recordings">All of them.</param>
    /// <param name="texts">Which text each has.</param>
    public static void Apply(SetRecordings recordings, TranscriptIndex texts)
    {
        if (texts.Recordings > 0)
        {
            recordings.Take(Find(recordings.Targets, texts));
            Compare(recordings.Targets, texts);
        }
    }

    /// <summary>
    /// The recordings of a speaker to whom lists give several names: two voices in one folder would be trained as one,
    /// so the names of the lists count there. One name for all of a speaker's recordings changes nothing.
    /// </summary>
    /// <param name="recordings">All of them, with the speakers that their folders give them.</param>
    /// <param name="texts">Which text each has.</param>
    /// <returns>Id of a recording to the speaker that counts instead; empty where the user named one for all.</returns>
    private static Dictionary<string, string> Find(IEnumerable<TextTarget> recordings, TranscriptIndex texts)
    {
        // By folder, then by name as it is compared: the first spelling.
        var named = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (TextTarget recording in recordings)
        {
            if (!recording.IsNamed && texts.SpeakerOf(recording.Id) is { } said)
            {
                if (!named.TryGetValue(recording.Speaker, out Dictionary<string, string>? names))
                {
                    named[recording.Speaker] = names = new(StringComparer.Ordinal);
                }

                names.TryAdd(Key(said.Speaker), said.Speaker);
            }
        }

        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TextTarget recording in recordings)
        {
            if (
                named.TryGetValue(recording.Speaker, out Dictionary<string, string>? names)
                && names.Count > 1
                && texts.SpeakerOf(recording.Id) is { } said)
            {
                string name = names[Key(said.Speaker)];
                found.Add(recording.Id, name);
                if (Key(name) != Key(recording.Speaker))
                {
                    texts.Problems.Add(
                        TextProblems.SpeakerOfList,
                        $"{said.Where}: {recording.Id}: {recording.Speaker} → {name}");
                }
            }
        }

        return found;
    }

    /// <summary>Says where a list calls a speaker otherwise than the set does.</summary>
    /// <param name="recordings">All of them, with the speakers of the set.</param>
    /// <param name="texts">Which text each has.</param>
    private static void Compare(IEnumerable<TextTarget> recordings, TranscriptIndex texts)
    {
        foreach (TextTarget recording in recordings)
        {
            if (texts.SpeakerOf(recording.Id) is { } said && Key(said.Speaker) != Key(recording.Speaker))
            {
                texts.Problems.Add(
                    TextProblems.SpeakerName,
                    $"{said.Where}: {said.Speaker} there, {recording.Speaker} here");
            }
        }
    }

    private static string Key(string speaker) => NamedEntry.Key(ClipNames.Clean(speaker, "speaker"));
}

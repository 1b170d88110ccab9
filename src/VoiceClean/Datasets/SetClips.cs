using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;

namespace VoiceClean.Datasets;

/// <summary>
/// The clips of a set as its lists have them: what their recordings' records say, and what only all of them together
/// show. Depends on nothing but the records, so every run and every shard comes to the same.
/// </summary>
internal static class SetClips
{
    /// <summary>
    /// The clips in the order of the records: with the language of their speaker where they have none of their own,
    /// figures of their texts, and a reason where they are no voice (<see cref="SpeakerVoice"/>).
    /// </summary>
    /// <param name="records">Of all recordings.</param>
    /// <param name="texts">What was given to clips since; null = nothing.</param>
    public static IReadOnlyList<ClipRecord> Of(IReadOnlyList<RecordingRecord> records, ClipTexts? texts = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        ClipRecord[] clips =
        [
            .. records.SelectMany(r => r.Clips
                .Select(c => texts?.Lay(c) ?? c)
                .Select(c => c with { Language = LanguageOf(c, r.Transcript) })),
        ];
        Dictionary<string, string> speakers = clips
            .Where(c => c.Language is not null)
            .GroupBy(c => c.Speaker, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g => g.CountBy(c => c.Language!).OrderByDescending(l => l.Value)
                    .ThenBy(l => l.Key, StringComparer.Ordinal)
                    .First()
                    .Key,
                StringComparer.Ordinal);
        return SpeakerVoice.Judge(
            [
                .. clips.Select(c => WithTextFigures(
                    c.Language is null && speakers.TryGetValue(c.Speaker, out string? language)
                        ? c with { Language = language }
                        : c)),
            ]);
    }

    // The text of a whole recording that was cut still tells its language.
    private static string? LanguageOf(ClipRecord clip, Transcript? recording) =>
        Languages.Normalize(clip.Language)
            ?? clip.Language
            ?? Languages.Resolve(recording?.Language, null, recording?.Text);

    private static ClipRecord WithTextFigures(ClipRecord clip)
    {
        if (string.IsNullOrWhiteSpace(clip.Text))
        {
            return clip with { TextCharacters = null, CharactersPerS = null, PhonemesPerS = null };
        }

        int characters = TextFigures.SpokenCharacters(clip.Text);
        return clip with
        {
            TextCharacters = characters,
            CharactersPerS = clip.DurationS > 0 ? characters / clip.DurationS : null,
            PhonemesPerS = clip.SpeechS > 0 ? TextFigures.EstimatePhonemes(clip.Text) / clip.SpeechS : null,
        };
    }
}

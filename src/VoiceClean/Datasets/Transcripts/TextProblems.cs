namespace VoiceClean.Datasets.Transcripts;

/// <summary>Something about transcripts that the user should know.</summary>
/// <param name="Code">Stable, one of <see cref="TextProblems"/>.</param>
/// <param name="Count">How often.</param>
/// <param name="Examples">The first of them, one sentence or name each.</param>
internal sealed record TextProblem(string Code, int Count, IReadOnlyList<string> Examples);

/// <summary>Counts what could not be done with transcripts. Thread-safe.</summary>
internal sealed class TextProblems
{
#pragma warning disable CS1591 // The name is the code.
    public const string FitsNothing = "fits_nothing";
    public const string FitsSeveral = "fits_several";
    public const string OtherSpeaker = "other_speaker";
    public const string SpeakerName = "speaker_name";
    public const string SpeakerOfList = "speaker_of_list";
    public const string SeveralVoices = "several_voices";
    public const string Contradicts = "contradicts";
    public const string NotUnderstood = "not_understood";
    public const string Unreadable = "unreadable";
    public const string TakenForSounds = "taken_for_sounds";
    public const string CharactersLost = "characters_lost";
    public const string PhonemesOnly = "phonemes_only";
    public const string UnknownLanguage = "unknown_language";
    public const string LanguageChanged = "language_changed";
    public const string SpeechWithoutWords = "speech_without_words";
    public const string RecordingWasCut = "recording_was_cut";
    public const string CommandFailed = "command_failed";
#pragma warning restore CS1591

    private const int MostExamples = 5;

    // A number written out in one place and in figures in the other is no lost sentence.
    private const int LeastBeyond = 12;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (int Count, List<string> Examples)> _found = new(StringComparer.Ordinal);

    /// <summary>Everything so far, by code.</summary>
    public IReadOnlyList<TextProblem> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _found.Select(f => new TextProblem(f.Key, f.Value.Count, [.. f.Value.Examples]))];
            }
        }
    }

    /// <summary>Adds what of a file is not used.</summary>
    public void Add(TranscriptFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        foreach (int line in file.IgnoredLines)
        {
            Add(NotUnderstood, $"{file.Path}:{line}");
        }

        foreach (int line in file.DamagedLines)
        {
            Add(CharactersLost, $"{file.Path}:{line} holds U+FFFD: an earlier conversion lost characters");
        }

        foreach (TranscriptEntry entry in file.Entries.Where(e => e.BeyondCues >= LeastBeyond))
        {
            Add(
                Contradicts,
                $"{file.Path}: its text has {entry.BeyondCues} letters more than its segments; the segments count");
        }

        foreach (string sound in file.Sounds)
        {
            Add(TakenForSounds, $"{file.Path}: {sound}");
        }

        if (file.Voices.Count > 1)
        {
            Add(SeveralVoices, $"{file.Path}: {string.Join(", ", file.Voices)}");
        }

        if (file.Format == "hts-phonemes")
        {
            Add(PhonemesOnly, $"{file.Path} holds phonemes, not words");
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(string code, string example)
    {
        lock (_lock)
        {
            (int count, List<string> examples) = _found.GetValueOrDefault(code, (0, []));
            if (examples.Count < MostExamples)
            {
                examples.Add(example);
            }

            _found[code] = (count + 1, examples);
        }
    }
}

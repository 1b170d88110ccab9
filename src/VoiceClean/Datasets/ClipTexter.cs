using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcribing;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Datasets;

/// <summary>
/// Gives texts to the clips of a finished set, without touching their sound: from lists of clips, and from a command
/// for speech recognition. One object a run.
/// </summary>
internal sealed class ClipTexter
{
    private readonly string _root;
    private readonly SetFolders _set;
    private readonly BuildSetOptions _options;
    private readonly TextProblems _problems;
    private readonly ClipTexts _texts;

    /// <summary>Opens the set; its state folder is held.</summary>
    public ClipTexter(BuildSetOptions options, TextProblems problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_root, _options, _problems) = (options.OutputFolder, options, problems);
        _set = new SetFolders(options.OutputFolder, options.StateFolder) { Mark = options.Inputs.Shard.Mark };
        _texts = ClipTexts.Open(_set, options.Inputs.Shard);
    }

    /// <summary>Takes the texts that lists give to clips by their names.</summary>
    public void Take(TranscriptIndex transcripts)
    {
        ArgumentNullException.ThrowIfNull(transcripts);
        if (!transcripts.HasOthers)
        {
            return;
        }

        IReadOnlyList<ClipRecord> clips = SetClips.Of(RecordingRecords.ReadAll(_set), _texts);
        IReadOnlyDictionary<string, TranscriptEntry> found = transcripts.MatchClips(
            [.. clips.Select(c => new TextTarget(ClipTexts.NameOf(c), Path.Combine(_root, c.File), c.Speaker))]);
        foreach (TranscriptEntry entry in found.Values)
        {
            if (!Languages.IsLeftOpen(entry.Language ?? "") && Languages.Normalize(entry.Language) is null)
            {
                _problems.Add(TextProblems.UnknownLanguage, $"'{entry.Language}' of {entry.Name}");
            }
        }

        // Each shard keeps the texts of its own clips, so that no older one of another shard comes back.
        _texts.Add(
            clips.Where(c => _options.Inputs.Shard.Owns(c.Source)).SelectMany(c =>
                found.TryGetValue(ClipTexts.NameOf(c), out TranscriptEntry? said)
                    ? (StoredText[])[Stored(c, said.Text, said.Language, TextFits.Clip)]
                    : []));
        // Of clips that other shards have not made yet nothing is known.
        if (!_options.Inputs.Shard.IsPart)
        {
            transcripts.Finish();
        }
    }

    /// <summary>Asks a command about every clip that has no text yet, or about all.</summary>
    /// <param name="command">The command.</param>
    /// <param name="observer">Is told how far it is.</param>
    /// <param name="stop">Ends it; what is known by then stays.</param>
    /// <returns>Whether every clip was asked about.</returns>
    public bool Ask(TranscribeCommand command, IRunObserver observer, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(observer);
        ClipRecord[] clips = ToAsk();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        int failed = 0, done = 0;
        OrderedWorkers.Run(
            clips,
            _options.Batch.Jobs,
            new WorkPlan<ClipRecord, Recognition?>
            {
                Work = (clip, cancellation, _) =>
                    command.Run(Path.Combine(_root, clip.File), clip.Language, clip.Speaker, cancellation),
                Emit = Emit,
                Dropped = _ => null,
                TimedOut = (_, result) => result,
                Failed = (_, e) => e is OperationCanceledException ? null : new Recognition(null, e.Message),
            },
            end.Token);
        return done == clips.Length;

        void Emit(ClipRecord clip, Recognition? result)
        {
            if (result is null)
            {
                return;
            }

            observer.Transcribed(++done, clips.Length);
            Keep(clip, result);
            failed += result.Text is null ? 1 : 0;
            if (failed >= _options.Batch.MaxFailures)
            {
                end.Cancel();
            }
        }
    }

    private ClipRecord[] ToAsk()
    {
        bool all = _options.Batch.Overwrite == OverwriteMode.Always;
        Shard shard = _options.Inputs.Shard;
        IReadOnlyList<RecordingRecord> records = RecordingRecords.ReadAll(_set);
        IReadOnlyList<ClipRecord> clips = SetClips.Of(records, _texts);
        ClipPlaces.Arrange(_root, [.. records.SelectMany(r => r.Clips)], clips);
        return
        [
            .. clips.Where(c => c.Reason is null && shard.Owns(c.Source) && (all || string.IsNullOrEmpty(c.Text))),
        ];
    }

    private void Keep(ClipRecord clip, Recognition result)
    {
        if (result.Text is { } text)
        {
            _texts.Add([Stored(clip, text, null, TextFits.Command)]);
        }
        else
        {
            _problems.Add(TextProblems.CommandFailed, $"{clip.File}: {result.Failure}");
        }
    }

    // What was told when the set was made still counts, unless another language is told now.
    private StoredText Stored(ClipRecord clip, string text, string? language, string fit)
    {
        string? resolved = Languages.Resolve(language, _options.Set.Language ?? clip.Language, text);
        bool isNamedNow = (_options.Set.Language ?? Languages.Normalize(language)) is not null;
        if (!isNamedNow && clip.Language is { } before && resolved is not null && resolved != before)
        {
            _problems.Add(TextProblems.LanguageChanged, $"{clip.File} from {before} to {resolved}: {text}");
        }

        return new StoredText(ClipTexts.NameOf(clip), text, resolved, fit);
    }
}

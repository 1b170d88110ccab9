namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Gives each text to the one recording it is about: by path, then by folder and name, then by the name alone where it
/// is unique. Folders and speakers that a list gives must agree with the recording's; what is in doubt is given to
/// nobody and said.
/// </summary>
internal sealed class TranscriptMatcher
{
    private const int Exact = 1000,
        SameFolder = 100,
        DeeperFolder = 10,
        SameSpeaker = 5,
        SameExtension = 2,
        SameCase = 1;

    private readonly bool _strict;
    private readonly Dictionary<string, List<MatchTarget>> _byStem = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders, _speakers;
    private readonly RecordingNames _neighbours;

    /// <summary>Prepares the search.</summary>
    /// <param name="targets">All recordings, or all clips.</param>
    /// <param name="entries">All entries: what folders and speakers the lists know.</param>
    /// <param name="isAudioName">Says whether a name is that of a recording.</param>
    /// <param name="areNamesUnique">Names that say more than a name, as those of clips do, which hold stem and times:
    /// the name alone decides.</param>
    public TranscriptMatcher(
        IEnumerable<TextTarget> targets,
        IEnumerable<NamedEntry> entries,
        Func<string, bool> isAudioName,
        bool areNamesUnique = false)
    {
        (_neighbours, _strict) = (new RecordingNames(isAudioName), !areNamesUnique);
        foreach (TextTarget target in targets)
        {
            var known = new MatchTarget(target, isAudioName);
            string key = NamedEntry.Key(known.Stem);
            if (!_byStem.TryGetValue(key, out List<MatchTarget>? same))
            {
                _byStem[key] = same = [];
            }

            same.Add(known);
        }

        _folders = [.. entries.Where(e => e.Folders.Count > 0).Select(e => NamedEntry.Key(e.Folders[^1]))];
        _speakers = [.. entries.Select(e => e.Entry.Speaker).OfType<string>().Select(NamedEntry.Key)];
    }

    /// <summary>Matches entries.</summary>
    /// <param name="entries">With text.</param>
    /// <param name="problems">Gets what does not fit.</param>
    /// <param name="unknown">Gets the entries whose name nothing here has.</param>
    /// <returns>Id of the recording to its entry.</returns>
    public IReadOnlyDictionary<string, NamedEntry> Match(
        IEnumerable<NamedEntry> entries,
        TextProblems problems,
        ICollection<NamedEntry> unknown)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(unknown);
        var found = new Dictionary<string, List<(int Score, NamedEntry Entry)>>(StringComparer.Ordinal);
        foreach (NamedEntry given in entries)
        {
            NamedEntry entry = given;
            if (!_byStem.TryGetValue(NamedEntry.Key(entry.Stem), out List<MatchTarget>? named))
            {
                entry = given.WithoutLanguage() ?? given;
                if (!_byStem.TryGetValue(NamedEntry.Key(entry.Stem), out named))
                {
                    unknown.Add(given);
                    continue;
                }
            }

            Assign(entry, named, found, problems);
        }

        var chosen = new Dictionary<string, NamedEntry>(StringComparer.Ordinal);
        foreach ((string id, List<(int Score, NamedEntry Entry)> rivals) in found)
        {
            if (Choose(rivals, problems) is { } best)
            {
                chosen.Add(id, best);
            }
        }

        return chosen;
    }

    private void Assign(
        NamedEntry entry,
        List<MatchTarget> named,
        Dictionary<string, List<(int, NamedEntry)>> found,
        TextProblems problems)
    {
        (int Score, MatchTarget Target)[] fits =
        [
            .. named.Select(t => (Score: Score(entry, t), Target: t))
                .Where(f => f.Score > 0)
                .OrderByDescending(f => f.Score),
        ];
        if (fits.Length == 0)
        {
            problems.Add(
                TextProblems.OtherSpeaker,
                $"{entry.Where}: '{entry.Entry.Name ?? entry.Stem}'"
                    + (entry.Entry.Speaker is { } speaker ? $" of {speaker}" : "")
                    + $" is not {named[0].Of.Id} of {named[0].Of.Speaker}");
            return;
        }

        // The same recording in two formats: the one that is named.
        if (fits.Length > 1 && fits[0].Score == fits[1].Score)
        {
            problems.Add(
                TextProblems.FitsSeveral,
                $"{entry.Where}: '{entry.Entry.Name ?? entry.Stem}' may be {fits[0].Target.Of.Id} or "
                    + fits[1].Target.Of.Id);
            return;
        }

        (int score, MatchTarget best) = fits[0];
        if (!found.TryGetValue(best.Of.Id, out List<(int, NamedEntry)>? rivals))
        {
            found[best.Of.Id] = rivals = [];
        }

        rivals.Add((score, entry));
    }

    private static NamedEntry? Choose(List<(int Score, NamedEntry Entry)> rivals, TextProblems problems)
    {
        (int score, NamedEntry best) = rivals.MaxBy(r => r.Score);
        NamedEntry? other = rivals.Select(r => r.Entry).FirstOrDefault(e => !SaysTheSame(e, best));
        if (other is null)
        {
            return best;
        }

        bool isClear = !rivals.Exists(r => r.Score == score && !SaysTheSame(r.Entry, best));
        problems.Add(
            TextProblems.Contradicts,
            $"{other.Where} and {best.Where} give '{best.Stem}' different texts; "
                + (isClear ? $"that of {best.Where} is used" : "none is used"));
        return isClear ? best : null;
    }

    private static bool SaysTheSame(NamedEntry a, NamedEntry b) =>
        ReferenceEquals(a, b)
        || (a.Entry.Text == b.Entry.Text
            && a.Entry.Language == b.Entry.Language
            && a.Entry.Cues.Select(c => (c.StartS, c.EndS, c.Text))
                .SequenceEqual(b.Entry.Cues.Select(c => (c.StartS, c.EndS, c.Text))));

    // 0 = it is about somebody or something else.
    private int Score(NamedEntry entry, MatchTarget target)
    {
        int details =
            (string.Equals(entry.Extension, target.Extension, StringComparison.OrdinalIgnoreCase) ? SameExtension : 0)
            + (entry.Stem == target.Stem ? SameCase : 0)
            + (entry.Entry.Speaker is { } s && IsSame(s, target.Of.Speaker) ? SameSpeaker : 0);
        if (
            entry.Paths.Any(p =>
                p == target.FullPath || (entry.Extension.Length == 0 && p == target.FullPathWithoutExtension)))
        {
            return Exact + details;
        }

        if (!_strict)
        {
            return 1 + details;
        }

        bool isAnother = entry.Entry.Name is null
            ? entry.Paths.Any(p => target.HasNeighbour(p, _neighbours.In))
            : entry.Paths.Any(File.Exists);
        int folders = SharedFolders(entry, target);
        if (isAnother || !Agrees(entry, target, folders))
        {
            return 0;
        }

        return 1 + details + (folders > 0 ? SameFolder + (DeeperFolder * Math.Min(folders, 20)) : 0);
    }

    private bool Agrees(NamedEntry entry, MatchTarget target, int sharedFolders)
    {
        string? speaker = entry.Entry.Speaker;
        bool isSpeaker = speaker is not null && IsSame(speaker, target.Of.Speaker);
        bool liesInFolder = target.IdFolders.Length > 0;
        if (sharedFolders > 0)
        {
            // Chapters are called alike: where the list says whose it is, and the folder does too, that counts.
            return speaker is null
                || isSpeaker
                || target.Of.IsNamed
                || !liesInFolder
                || entry.Folders.Any(f => IsSame(f, target.IdFolders[0]))
                || !_speakers.Contains(NamedEntry.Key(target.Of.Speaker));
        }

        if (entry.Folders.Count > 0 && !isSpeaker)
        {
            bool isElsewhere = liesInFolder || _folders.Contains(NamedEntry.Key(target.Parent));
            if (isElsewhere)
            {
                return false;
            }
        }

        return speaker is null
            || isSpeaker
            || (!(liesInFolder && !target.Of.IsNamed) && !_speakers.Contains(NamedEntry.Key(target.Of.Speaker)));
    }

    // How many folders, from the innermost on, are called alike.
    private static int SharedFolders(NamedEntry entry, MatchTarget target)
    {
        int shared = 0;
        while (
            shared < Math.Min(entry.Folders.Count, target.Folders.Length)
            && IsSame(entry.Folders[^(shared + 1)], target.Folders[^(shared + 1)]))
        {
            shared++;
        }

        return shared;
    }

    private static bool IsSame(string a, string b) => NamedEntry.Key(a) == NamedEntry.Key(b);
}

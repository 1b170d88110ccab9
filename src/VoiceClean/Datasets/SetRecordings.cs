using System.Collections;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Datasets;

/// <summary>
/// The recordings of a set with speaker and stem, those of other shards included, sorted by id. Each is made when it is
/// asked for: of a million, their names alone are kept.
/// </summary>
internal sealed class SetRecordings : IReadOnlyList<DatasetItem>
{
    private readonly FoundFiles _files;
    private readonly SetFolders _set;
    private readonly string? _speaker;
    private readonly string _defaultSpeaker;
    private readonly RecordingStems _stems;
    private readonly Dictionary<string, (string Name, string Folder)> _speakers = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string> _listed = new Dictionary<string, string>();

    /// <summary>Gives every recording its speaker and its stem.</summary>
    /// <param name="files">All inputs, those of other shards included.</param>
    /// <param name="set">The folders of the set.</param>
    /// <param name="speaker">One name for all; null = the first folder of a recording's id, or
    /// <paramref name="defaultSpeaker"/> where there is none.</param>
    /// <param name="defaultSpeaker">For recordings that lie in no folder below the inputs.</param>
    /// <exception cref="OutputException">Two inputs have the same id, or two speakers would be one.</exception>
    public SetRecordings(FoundFiles files, SetFolders set, string? speaker, string defaultSpeaker)
    {
        ArgumentNullException.ThrowIfNull(files);
        (_files, _set, _speaker, _defaultSpeaker) = (files, set, speaker, defaultSpeaker);
        if (files.FirstNamesake is { } second)
        {
            throw new OutputException(
                ReasonCodes.NameCollision,
                $"{files[second - 1].Path} and {files[second].Path} would have the same name in the set; give the "
                    + "folder that holds both.");
        }

        RefuseMixedVoices();
        _stems = RecordingStems.Find(files.Count, files.IdOf);
    }

    /// <summary>No recordings.</summary>
    public static SetRecordings None { get; } = new(new FoundFiles(), "", null, "");

    /// <inheritdoc/>
    public int Count => _files.Count;

    /// <summary>The folders of the speakers.</summary>
    public IReadOnlyCollection<string> Speakers => [.. _speakers.Values.Select(s => s.Folder)];

    /// <summary>A new object at each call, equal to the one before.</summary>
    public DatasetItem this[int index]
    {
        get
        {
            SelectedFile file = _files[index];
            string stem = _stems.Of(index, file.Id);
            return new DatasetItem(
                new PlanItem
                {
                    Id = file.Id,
                    InputPath = file.Path,
                    Output = $"{DatasetPlan.RecordsFolder}/{stem}.json",
                    OutputPath = _set.RecordOf(stem),
                    Failure = file.Failure,
                },
                SpeakerOf(file.Id),
                stem);
        }
    }

    /// <summary>What texts are looked for, one a recording.</summary>
    public IEnumerable<TextTarget> Targets => _files.Select(TargetOf);

    /// <summary>The same for the recordings of some folders; of the others none is made.</summary>
    /// <param name="isWanted">Is asked about a folder, once for neighbours, unless it holds recordings only.</param>
    public IEnumerable<TextTarget> TargetsWithTexts(Predicate<string> isWanted)
    {
        bool isIn = false;
        for (int i = 0; i < Count; i++)
        {
            if (!_files.IsBesideTheLast(i))
            {
                isIn = !_files.IsAmongAudioOnly(i) && isWanted(Path.GetDirectoryName(_files[i].Path) ?? "");
            }

            if (isIn)
            {
                yield return TargetOf(_files[i]);
            }
        }
    }

    /// <summary>True if one has this id.</summary>
    public bool Contains(string id) => _files.Contains(id);

    /// <summary>Gives recordings the speakers of a list in place of their folders'.</summary>
    /// <param name="listed">Id to speaker.</param>
    /// <exception cref="OutputException">Two speakers would be one.</exception>
    public void Take(IReadOnlyDictionary<string, string> listed)
    {
        if (listed.Count > 0)
        {
            _listed = listed;
            _speakers.Clear();
            RefuseMixedVoices();
        }
    }

    /// <summary>Those of a shard.</summary>
    public DatasetItem[] Of(Shard shard)
    {
        var items = new List<DatasetItem>(shard.IsPart ? Count / shard.Count : Count);
        for (int i = 0; i < Count; i++)
        {
            if (!shard.IsPart || (!_files.IsAnothers(i) && shard.Owns(_files.IdOf(i))))
            {
                items.Add(this[i]);
            }
        }

        return [.. items];
    }

    /// <inheritdoc/>
    public IEnumerator<DatasetItem> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private TextTarget TargetOf(SelectedFile file) =>
        new(file.Id, file.Path, SpeakerOf(file.Id), _speaker is not null);

    private string SpeakerOf(string id) => ClipNames.Clean(NamedSpeaker(id).ToString(), "speaker");

    private ReadOnlySpan<char> NamedSpeaker(ReadOnlySpan<char> id) =>
        _speaker
        ?? (_listed.Count > 0 && _listed.TryGetValue(id.ToString(), out string? listed) ? listed
            : id.IndexOf('/') is > 0 and var slash ? id[..slash]
            : _defaultSpeaker);

    // Two voices in one folder would be trained as one.
    private void RefuseMixedVoices()
    {
        string? last = null;
        for (int i = 0; i < Count; i++)
        {
            if (_listed.Count == 0 && _files.IsBesideTheLast(i))
            {
                continue;      // neighbours share their speaker
            }

            ReadOnlySpan<char> named = NamedSpeaker(_files.IdOf(i));
            if (last is not null && named.SequenceEqual(last))
            {
                continue;
            }

            last = named.ToString();
            string folder = ClipNames.Clean(last, "speaker"), key = NameFolding.Key(folder);
            if (!_speakers.TryAdd(key, (last, folder)) && _speakers[key].Name != last)
            {
                (string other, string its) = _speakers[key];
                throw new OutputException(
                    ReasonCodes.NameCollision,
                    its == folder
                        ? $"The speakers '{other}' and '{last}' would both be '{folder}' in the set; rename one of "
                            + "them."
                        : $"The speakers '{other}' and '{last}' would be one folder of the set where letter case or "
                            + "the form of accents does not count; rename one of them.");
            }
        }
    }
}

using System.Globalization;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Reporting;

/// <summary>
/// Opens files of records and the memories of output folders, and merges them. What it opened stays open until it is
/// disposed of.
/// </summary>
internal sealed class RecordReader : IDisposable
{
    private readonly List<RecordSource> _sources = [];
    private readonly List<Stream> _opened = [];
    private readonly List<Notice> _notices = [];
    private readonly List<SetFolders> _sets = [];
    private CleaningOptions? _options;
    private IReadOnlyList<string> _command = [];

    /// <summary>Adds lines that somebody else has open.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="lines">Readable, can be sought in; stays the caller's.</param>
    public void Add(string name, Stream lines) => _sources.Add(new RecordSource(name, lines, IsJournal: false));

    /// <summary>Adds a file of records, an output folder, or the state folder in one.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="stop">Ends the waiting for a pipe.</param>
    /// <exception cref="VoiceCleanException">There is none, or it cannot be read.</exception>
    public void Add(string path, CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            AddFolder(path);
            return;
        }

        Stream stream = InputFile.Open(path, stop);
        if (!stream.CanSeek)
        {
            stream = Spool(stream);
        }

        _opened.Add(stream);
        Add(path, stream);
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="cancellation">Checked at every line.</param>
    /// <exception cref="VoiceCleanException">There is not one record in it.</exception>
    public RunRecords Read(CancellationToken cancellation = default)
    {
        IReadOnlyList<RecordRow> rows = ReadRows(cancellation);
        NoteShards();
        SetRecords[] sets =
        [
            .. _sets
                .Concat(SetsOf(rows))
                .DistinctBy(s => Path.GetFullPath(s.Records), StringComparer.Ordinal)
                .Select(SetReader.Read)
                .OfType<SetRecords>(),
        ];
        var records = new RunRecords(_sources, rows);
        NoteKinds(records);
        return new RunRecords(_sources, rows)
        {
            Notices = _notices,
            Options = _options,
            Command = _command.Count > 0
                ? _command
                : _sources.Select(s => s.Summary?.Command).FirstOrDefault(c => c is { Count: > 0 }) ?? [],
            Sets = sets,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _opened.ForEach(s => s.Dispose());

    private List<RecordRow> ReadRows(CancellationToken cancellation)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<RecordRow>();
        for (int i = 0; i < _sources.Count; i++)
        {
            foreach ((RecordRow row, ClipReport report) in _sources[i].Read(i, cancellation))
            {
                _options ??= report.Options;
                Keep(rows, places, row);
            }

            NoteEnd(_sources[i]);
        }

        if (rows.Count == 0)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"There are no records in {string.Join(", ", _sources.Select(s => s.Name))}; name a file that "
                    + "--report FILE.jsonl wrote, or a folder that batch or dataset has made.");
        }

        return rows;
    }

    private void AddFolder(string path)
    {
        FolderRecords folder = FolderRecords.Open(path);
        _opened.AddRange(folder.Sources.Select(s => s.Stream));
        _sources.AddRange(folder.Sources);
        _notices.AddRange(folder.Notices);
        _options ??= folder.Options;
        _command = _command.Count == 0 ? folder.Command : _command;
        if (folder.Set is { } set)
        {
            _sets.Add(set);
        }
    }

    private void NoteEnd(RecordSource source)
    {
        if (source.IgnoredLines > 0)
        {
            _notices.Add(new Notice(
                Notice.IgnoredLines,
                ("place", source.Name),
                ("count", Notice.Number(source.IgnoredLines))));
        }

        if (!source.IsJournal && source.Summary is null)
        {
            _notices.Add(new Notice(Notice.NoSummary, ("place", source.Name)));
        }
    }

    // Files of records of which some say that they are shares.
    private void NoteShards()
    {
        foreach (
            Group<string, string> split in _sources
                .Select(s => s.Summary?.Shard?.Split('/'))
                .Where(s => s is { Length: 2 })
                .GroupBy(s => s![1], s => s![0], StringComparer.Ordinal))
        {
            if (int.TryParse(split.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                int[] missing =
                [
                    .. Sequence.Range(1, Math.Min(count, 100_000)).Where(i => !split.Contains(Notice.Number(i))),
                ];
                if (missing.Length > 0)
                {
                    string names = string.Join(", ", _sources.Select(s => s.Name).Take(3));
                    _notices.Add(Notice.Missing(missing, count, names));
                }
            }
        }
    }

    private void NoteKinds(RunRecords records)
    {
        if (records.Settings.Count > 1 || records.Tools.Count > 1)
        {
            _notices.Add(new Notice(
                Notice.MixedSettings,
                ("settings", Notice.Number(records.Settings.Count)),
                ("versions", Notice.Number(records.Tools.Count))));
        }

        int waiting = records.Summary.Count(ClipStatus.Stopped) + records.Summary.Count(ClipStatus.NotBegun);
        if (waiting > 0)
        {
            _notices.Add(new Notice(Notice.Stopped, ("count", Notice.Number(waiting))));
        }

        if (!records.IsMeasured && records.Rows.Any(r => r.HasResult))
        {
            _notices.Add(new Notice(Notice.Unmeasured));
        }
    }

    // The latest of each input. That nothing was to be done says less than what was done before.
    private static void Keep(List<RecordRow> rows, Dictionary<string, int> places, RecordRow row)
    {
        string key = row.InputPath is null or "-" or "" ? "id:" + row.Id : Path.GetFullPath(row.InputPath);
        if (!places.TryAdd(key, rows.Count))
        {
            RecordRow earlier = rows[places[key]];
            if (row.Reason == ReasonCodes.Cancelled || row.Status is ClipStatus.Stopped or ClipStatus.NotBegun)
            {
                return;             // it was not come to, so what is known of it still holds
            }

            if (row.Status != ClipStatus.Unchanged || earlier.Status is not (ClipStatus.Ok or ClipStatus.Unchanged))
            {
                rows[places[key]] = row;
            }
            else if (earlier.LufsBefore is null && row.LufsBefore is not null)
            {
                rows[places[key]] = row with { Status = earlier.Status };
            }
        }
        else
        {
            rows.Add(row);
        }
    }

    // The result of a recording of a set is its record; from its place one knows where the set is.
    private static IEnumerable<SetFolders> SetsOf(IEnumerable<RecordRow> rows) =>
        rows.Select(r => r.OutputPath)
            .OfType<string>()
            .Where(p => p.EndsWith(".json", StringComparison.Ordinal))
            .Select(p => Path.GetDirectoryName(Path.GetDirectoryName(p)))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Select(FolderRecords.SetIn)
            .OfType<SetFolders>();

    private static FileStream Spool(Stream pipe)
    {
        FileStream file = TemporaryFile.Create();
        using (pipe)
        {
            pipe.CopyTo(file);
        }

        return file;
    }
}

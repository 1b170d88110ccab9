using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.State;

/// <summary>
/// What a batch has done so far: one line of JSON a verdict, appended after the result has been published, never
/// changed. Torn and corrupt lines are ignored, so whatever interrupts a run, the next one can read it; a result
/// without a line is made again. Thread-safe.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly IOutputFiles _files;
    private readonly Dictionary<string, JournalEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changedFolders = new(StringComparer.Ordinal);
    private Stream? _stream;
    private bool _startsWithinLine;
    private bool _closed;
    private long _lastFlush = Environment.TickCount64;

    private Journal(string path, IOutputFiles files)
    {
        _path = path;
        _files = files;
    }

    /// <summary>Number of results with a valid line.</summary>
    public int Count => _entries.Count;

    /// <summary>Number of lines that are torn or corrupt.</summary>
    public int IgnoredLines { get; private set; }

    /// <summary>Reads a journal; there need not be one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="files">The disk to append to.</param>
    /// <exception cref="VoiceCleanException">It exists but cannot be read.</exception>
    public static Journal Read(string path, IOutputFiles files)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var journal = new Journal(path, files);
        try
        {
            if (File.Exists(path))
            {
                journal.ReadLines();
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, path);
        }

        return journal;
    }

    /// <summary>The last verdict on a result, null if there is none.</summary>
    /// <param name="output">Relative path of the result with '/'.</param>
    public JournalEntry? Find(string output)
    {
        lock (_gate)
        {
            JournalEntry? entry = _entries.GetValueOrDefault(output);
            if (entry is not null)
            {
                entry.IsAsked = true;
            }

            return entry;
        }
    }

    /// <summary>The results that nobody has asked for: of inputs that are not in the plan of the run.</summary>
    public IReadOnlyList<JournalEntry> Unasked()
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(e => !e.IsAsked && e.OutputBytes is not null)];
        }
    }

    /// <summary>The report that stands in a line of an earlier run, null if it cannot be read any more.</summary>
    public ClipReport? ReadReport(JournalEntry entry) => Line(entry) is { } line ? JournalLine.ReadReport(line) : null;

    /// <summary>The complete path of the input in a line of an earlier run; null if it is not known.</summary>
    public string? ReadSource(JournalEntry entry) => Line(entry) is { } line ? JournalLine.ReadSource(line) : null;

    private byte[]? Line(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        try
        {
            using var stream = new FileStream(
                _path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1);
            stream.Position = entry.Position;
            byte[] line = new byte[entry.Length];
            stream.ReadExactly(line);
            return line;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Adds a verdict. The line is with the system when this returns, and on the disk within about a second of work.
    /// Once the journal is closed nothing happens: a thread that was left behind has nothing to say any more, and its
    /// result is made again.
    /// </summary>
    /// <param name="entry">What is to be known on resume.</param>
    /// <param name="report">The whole report.</param>
    /// <param name="changedFolder">The folder in which a result was published, to be flushed to disk as well; null =
    /// none.</param>
    /// <exception cref="VoiceCleanException">The line could not be written.</exception>
    public void Append(JournalEntry entry, ClipReport report, string? changedFolder)
    {
        ArgumentNullException.ThrowIfNull(entry);
        byte[] line = JournalLine.Write(entry, report);
        try
        {
            lock (_gate)
            {
                if (_closed)
                {
                    return;
                }

                _stream ??= _files.OpenAppend(_path);
                if (_startsWithinLine)
                {
                    _stream.Write("\n"u8);
                }

                _startsWithinLine = true;       // until the whole line is there
                _stream.Write(line);            // one call: lines of a killed process are torn at most at their end
                _startsWithinLine = false;
                _entries[entry.Output] = Kept(entry);
                if (changedFolder is not null)
                {
                    _changedFolders.Add(changedFolder);
                }

                if (Environment.TickCount64 - _lastFlush >= FlushInterval.TotalMilliseconds)
                {
                    FlushLocked();
                }
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, _path);
        }
    }

    private static JournalEntry Kept(JournalEntry entry) => entry with
    {
        IsAsked = true,
        Source = null,
        SourceHash = entry.Source is { } source ? NameFolding.Hash(source) : 0,
    };

    /// <summary>Waits until all results and lines are on the disk.</summary>
    /// <exception cref="VoiceCleanException">The disk failed.</exception>
    public void Flush()
    {
        try
        {
            lock (_gate)
            {
                FlushLocked();
            }
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw OutputErrors.Describe(e, _path);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _stream?.Dispose();
            _stream = null;
        }
    }

    private void FlushLocked()
    {
        _lastFlush = Environment.TickCount64;
        foreach (string folder in _changedFolders)
        {
            _files.FlushDirectory(folder);
        }

        _changedFolders.Clear();
        if (_stream is not null)
        {
            _files.FlushToDisk(_stream);
        }
    }

    private void ReadLines()
    {
        using var stream = new FileStream(
            _path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 1);
        foreach ((long position, ReadOnlyMemory<byte> line) in LineReader.Read(stream))
        {
            if (JournalLine.TryRead(line, position) is { } entry)
            {
                _entries[entry.Output] = entry;
            }
            else
            {
                IgnoredLines++;
            }
        }

        if (stream.Length > 0)
        {
            stream.Position = stream.Length - 1;
            _startsWithinLine = stream.ReadByte() != '\n';
        }
    }
}

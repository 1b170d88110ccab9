using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Ffmpeg;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Has one ffmpeg process decode several items of a batch: the worker that first comes to an item for ffmpeg takes the
/// next few along and leaves them for those who come to them. Where anything is unusual an item is decoded alone, as if
/// this did not exist.
/// </summary>
/// <remarks>
/// A worker whose item another worker is decoding starts the next group before it waits, so that none is idle. Whoever
/// waits does so for a worker that runs ffmpeg, which ends by itself or is killed; nobody waits while running it, so
/// there is no circle to wait in.
/// </remarks>
internal sealed class DecodeAhead : IDisposable
{
    /// <summary>How far beyond the last one looked at the items of a group are searched.</summary>
    private const int Reach = 64;

    // Decoded and not yet used, at most [byte], give or take a file; also the most for one group. A small file counts
    // as an eighth of it: it needs a handle.
    private const long BytesPerJob = 32 << 20, LeastBytes = BytesPerJob / FfmpegGroup.MostFiles;

    private const int MostJobs = 32, FullCredit = 8;

    // Waiting for a group that hangs must not be what makes an item late.
    private static readonly TimeSpan ShortestClipTimeout = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private readonly IReadOnlyList<PlanItem> _items;
    private readonly Func<PlanItem, Fingerprint?> _fingerprintIfDue;
    private readonly int _jobs;
    private readonly int _size;
    private readonly Dictionary<PlanItem, Share> _shares = new(ReferenceEqualityComparer.Instance);
    private Dictionary<PlanItem, int>? _places;
    private int _next;                       // first item not yet looked at
    private long _held;                      // the bytes of _shares
    // spent on groups that fail, a folder full of damaged files is quicker without
    private int _credit = FullCredit;

    /// <summary>Prepares a run.</summary>
    /// <param name="items">What will be done, about in this order.</param>
    /// <param name="options">How many at a time, and for how long.</param>
    /// <param name="fingerprintIfDue">The present state of an item's input; null if the item will not be made.</param>
    public DecodeAhead(IReadOnlyList<PlanItem> items, BatchOptions options, Func<PlanItem, Fingerprint?> fingerprintIfDue)
    {
        _items = items;
        _fingerprintIfDue = fingerprintIfDue;
        _jobs = options.Jobs;
        _size = options.ClipTimeout < ShortestClipTimeout ? 1 : FfmpegGroup.Size;
    }

    private sealed class Share(PlanItem item, Fingerprint input, FileStream stream, long limit)
    {
        public PlanItem Item { get; } = item;

        public Fingerprint Input { get; } = input;

        public FileStream Stream { get; } = stream;

        public long Limit { get; } = limit;

        public long Bytes { get; } = Math.Max(limit, LeastBytes);

        /// <summary>Set at the end of the group; null if it failed.</summary>
        public DecodedFile? File { get; set; }

        public TaskCompletionSource Done { get; } = new();
    }

    /// <summary>How many items have been taken along and not yet been used.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _shares.Count;
            }
        }
    }

    /// <summary>Opens the input of an item.</summary>
    /// <param name="item">One of the items.</param>
    /// <param name="input">Its state when the worker came to it: what was decoded from another state is not
    /// used.</param>
    /// <param name="cancellation">Of the worker.</param>
    /// <exception cref="InputException">Missing or not readable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Stream Open(PlanItem item, Fingerprint? input, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Stream stream = InputFile.Open(item.InputPath);
        if (_size <= 1 || input is null || FfmpegGroup.OutputLimit(stream) is null)
        {
            if (stream.CanSeek)
            {
                stream.Position = 0;
            }

            return stream;
        }

        stream.Dispose();
        return InputFile.Open(item.InputPath, path => new GroupedInput(path, () => Take(item, input, cancellation)));
    }

    /// <summary>An item has got its verdict: what was decoded for it and not used can go.</summary>
    public void Release(PlanItem item)
    {
        lock (_gate)
        {
            Remove(item)?.File?.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _credit = int.MinValue / 2;      // for ever: threads that were left behind may still come
            _shares.Keys.ToList().ForEach(Release);
        }
    }

    private DecodedFile? Take(PlanItem item, Fingerprint input, CancellationToken cancellation)
    {
        Share? share;
        List<Share> group;
        lock (_gate)
        {
            bool isAhead = _shares.TryGetValue(item, out share);
            group = !isAhead ? Gather(item, input) : share!.Done.Task.IsCompleted ? [] : Gather(null, null);
            share ??= group.Find(s => ReferenceEquals(s.Item, item));
        }

        Decode(group, cancellation);
        if (share is null)
        {
            return null;
        }

        share.Done.Task.Wait(cancellation);
        // a group that was stopped fails, and nothing may be started any more
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (Remove(item) is null)
            {
                return null;        // the run is over
            }

            if (share.Input == input)
            {
                return share.File;
            }

            share.File?.Dispose();      // the input has changed since
            return null;
        }
    }

    /// <summary>
    /// The next group, its files open; empty if there is nothing to gain. Under the lock, and each item is looked at
    /// only once.
    /// </summary>
    /// <param name="first">The item that is needed now; null = only items ahead.</param>
    /// <param name="input">Its state.</param>
    private List<Share> Gather(PlanItem? first, Fingerprint? input)
    {
        var group = new List<Share>();
        long room = (BytesPerJob * Math.Min(_jobs, MostJobs)) - _held;
        if (_credit <= 0 || (first is null && room < BytesPerJob))
        {
            return group;
        }

        if (first is not null)
        {
            _places ??= Enumerable
                .Range(0, _items.Count)
                .ToDictionary(i => _items[i], i => i, (IEqualityComparer<PlanItem>)ReferenceEqualityComparer.Instance);
            _next = Math.Max(_next, _places[first] + 1);
            Add(group, first, input);
        }

        // Towards the end of the list the files are shared out, or one worker would do what all could.
        int size = Math.Clamp((_items.Count - _next + group.Count + _jobs - 1) / _jobs, 2, _size);
        for (
            int end = Math.Min(_items.Count, _next + Reach);
            _next < end && group.Count < size && group.Sum(s => s.Bytes) + LeastBytes <= Math.Min(room, BytesPerJob);
            _next++)
        {
            Add(group, _items[_next], null);
        }

        if (group.Count == 1)
        {
            group[0].Stream.Dispose();
            group.Clear();
        }

        foreach (Share share in group)
        {
            _shares.Add(share.Item, share);
            _held += share.Bytes;
        }

        return group;
    }

    private void Add(List<Share> group, PlanItem item, Fingerprint? input)
    {
        FileStream? stream = null;
        try
        {
            // By size first: opening a pipe would wait for its writer.
            if (item.Failure is null && new FileInfo(item.InputPath).Length > 0 && !_shares.ContainsKey(item))
            {
                stream = (FileStream)InputFile.Open(item.InputPath);
                if (FfmpegGroup.OutputLimit(stream) is { } limit && (input ?? _fingerprintIfDue(item)) is { } state)
                {
                    group.Add(new Share(item, state, stream, limit));
                    stream = null;
                }
            }
        }
        catch (Exception e) when (e is VoiceCleanException or IOException or UnauthorizedAccessException)
        {
            // Whoever comes to it will say what is wrong with it.
        }
        finally
        {
            stream?.Dispose();
        }
    }

    private void Decode(List<Share> group, CancellationToken cancellation)
    {
        if (group.Count == 0)
        {
            return;
        }

        var files = new DecodedFile?[group.Count];
        try
        {
            if (FfmpegProgram.Path is { } program)
            {
                files = FfmpegGroup.Decode(program, [.. group.Select(s => (s.Stream, s.Limit))], cancellation);
            }
        }
        finally
        {
            group.ForEach(s => s.Stream.Dispose());
            lock (_gate)
            {
                // Worth it as long as at least two of three groups succeed.
                _credit = files[0] is null ? _credit - 2 : Math.Min(_credit + 1, FullCredit);
                for (int i = 0; i < files.Length; i++)
                {
                    group[i].File = files[i];
                    if (!_shares.TryGetValue(group[i].Item, out Share? held) || held != group[i])
                    {
                        files[i]?.Dispose();       // nobody waits for it any more
                    }
                }
            }

            group.ForEach(s => s.Done.SetResult());
        }
    }

    private Share? Remove(PlanItem item)
    {
        if (_shares.Remove(item, out Share? share))
        {
            _held -= share.Bytes;
        }

        return share;
    }
}

using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Has a decoder decode several items of a batch at once, where it offers that: the worker that first comes to such an
/// item takes the next few along and leaves them for those who come to them. Where anything is unusual an item is
/// decoded alone, as if this did not exist.
/// </summary>
/// <remarks>
/// A worker whose item another worker is decoding starts the next group before it waits, so that none is idle. Whoever
/// waits does so for a worker that runs the decoder, which ends by itself or is killed; nobody waits while running it,
/// so there is no circle to wait in.
/// </remarks>
internal sealed class DecodeAhead : IDisposable
{
    // Decoded and not yet used, at most so much for each of so many jobs, give or take a file.
    private const int MostJobs = 32;

    private const int FullCredit = 8;

    // Waiting for a group that hangs must not be what makes an item late.
    private static readonly TimeSpan ShortestClipTimeout = TimeSpan.FromMinutes(2);

    private readonly object _gate = new();
    private readonly GroupGatherer _gatherer;
    private readonly long _room;
    private readonly bool _isOfUse;
    private readonly Dictionary<string, GroupShare> _shares = new(StringComparer.Ordinal);      // by PlanItem.Output
    private long _held;                      // the bytes of _shares
    // spent on groups that fail, a folder full of damaged files is quicker without
    private int _credit = FullCredit;

    /// <summary>Prepares a run.</summary>
    /// <param name="items">What will be done, about in this order.</param>
    /// <param name="options">How many at a time, and for how long.</param>
    /// <param name="decoders">The decoders of the run.</param>
    /// <param name="fingerprintIfDue">The present state of an item's input; null if the item will not be made.</param>
    public DecodeAhead(
        IReadOnlyList<PlanItem> items,
        BatchOptions options,
        AudioDecoders decoders,
        Func<PlanItem, Fingerprint?> fingerprintIfDue)
    {
        _gatherer = new GroupGatherer(items, options.Jobs, decoders, fingerprintIfDue);
        _room = GroupGatherer.MostBytes * Math.Min(options.Jobs, MostJobs);
        _isOfUse = options.ClipTimeout >= ShortestClipTimeout && _gatherer.IsOfUse;
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
        Stream stream = InputFile.Open(item.InputPath, cancellation);
        if (!_isOfUse || input is null || _gatherer.Match(stream) is null)
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
            Remove(item)?.Decoded?.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _credit = int.MinValue / 2;      // for ever: threads that were left behind may still come
            _shares.Values.Select(s => s.Item).ToList().ForEach(Release);
        }
    }

    private IDisposable? Take(PlanItem item, Fingerprint input, CancellationToken cancellation)
    {
        GroupShare? share;
        List<GroupShare> group;
        lock (_gate)
        {
            bool isAhead = _shares.TryGetValue(item.Output, out share);
            group = !isAhead ? Gather(item, input) : share!.Done.Task.IsCompleted ? [] : Gather(null, null);
            share ??= group.Find(s => s.Item.Output == item.Output);
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
                return share.Decoded;
            }

            share.Decoded?.Dispose();      // the input has changed since
            return null;
        }
    }

    /// <summary>The next group, under the lock.</summary>
    private List<GroupShare> Gather(PlanItem? first, Fingerprint? input)
    {
        long room = _room - _held;
        if (_credit <= 0 || (first is null && room < GroupGatherer.MostBytes))
        {
            return [];
        }

        List<GroupShare> group = _gatherer.Gather(first, input, room, i => _shares.ContainsKey(i.Output));
        foreach (GroupShare share in group)
        {
            _shares.Add(share.Item.Output, share);
            _held += share.Bytes;
        }

        return group;
    }

    private void Decode(List<GroupShare> group, CancellationToken cancellation)
    {
        if (group.Count == 0)
        {
            return;
        }

        var decoded = new IDisposable?[group.Count];
        try
        {
            decoded = group[0].Decoder.DecodeGroup([.. group.Select(s => (s.Stream, s.Limit))], cancellation);
        }
        finally
        {
            group.ForEach(s => s.Stream.Dispose());
            lock (_gate)
            {
                // Worth it as long as at least two of three groups succeed.
                _credit = decoded[0] is null ? _credit - 2 : Math.Min(_credit + 1, FullCredit);
                for (int i = 0; i < decoded.Length; i++)
                {
                    group[i].Decoded = decoded[i];
                    if (!_shares.TryGetValue(group[i].Item.Output, out GroupShare? held) || held != group[i])
                    {
                        decoded[i]?.Dispose();       // nobody waits for it any more
                    }
                }
            }

            group.ForEach(s => s.Done.SetResult());
        }
    }

    private GroupShare? Remove(PlanItem item)
    {
        if (_shares.Remove(item.Output, out GroupShare? share))
        {
            _held -= share.Bytes;
        }

        return share;
    }
}

using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>
/// Chooses the items of a batch that are decoded together: an item and the next few that the same decoder takes. Looks
/// at each item only once. Used under the lock of <see cref="DecodeAhead"/>.
/// </summary>
/// <param name="items">What will be done, about in this order; sorted by id (ordinal).</param>
/// <param name="jobs">Items at a time.</param>
/// <param name="decoders">The decoders of the run.</param>
/// <param name="fingerprintIfDue">The present state of an item's input; null if the item will not be made.</param>
internal sealed class GroupGatherer(
    IReadOnlyList<PlanItem> items,
    int jobs,
    AudioDecoders decoders,
    Func<PlanItem, Fingerprint?> fingerprintIfDue)
{
    /// <summary>Most for one group [byte].</summary>
    public const long MostBytes = 32 << 20;

    /// <summary>What a small file counts for [byte].</summary>
    public const long LeastBytes = MostBytes / 8;

    /// <summary>How far beyond the last one looked at the items of a group are searched.</summary>
    private const int Reach = 64;

    private int _next;                       // first item not yet looked at

    /// <summary>Whether any decoder of the run decodes groups at present.</summary>
    public bool IsOfUse => decoders.All.Any(d => d is IGroupDecoder { GroupSize: > 1 });

    /// <summary>Who will decode a file together with others, and how large it becomes; null if it goes alone.</summary>
    public (IGroupDecoder Decoder, long Limit)? Match(Stream stream)
    {
        try
        {
            return
                stream is { CanSeek: true, Length: > 0 }
                && decoders.FirstFor(stream) is IGroupDecoder { GroupSize: > 1 } decoder
                && decoder.GroupLimit(stream) is { } limit
                ? (decoder, limit)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next group, its files open; empty if there is nothing to gain.</summary>
    /// <param name="first">The item that is needed now; null = only items ahead.</param>
    /// <param name="input">Its state.</param>
    /// <param name="room">For so much is there room [byte].</param>
    /// <param name="isTaken">Whether an item is in a group already.</param>
    public List<GroupShare> Gather(PlanItem? first, Fingerprint? input, long room, Predicate<PlanItem> isTaken)
    {
        var group = new List<GroupShare>();
        if (first is not null)
        {
            _next = Math.Max(_next, PlaceOf(first) + 1);
            Add(group, first, input, isTaken);
        }

        for (
            int end = Math.Min(items.Count, _next + Reach);
            _next < end
                && group.Count < SizeOf(group)
                && group.Sum(s => s.Bytes) + LeastBytes <= Math.Min(room, MostBytes);
            _next++)
        {
            Add(group, items[_next], null, isTaken);
        }

        if (group.Count == 1)
        {
            group[0].Stream.Dispose();
            group.Clear();
        }

        return group;
    }

    // Items are made when they are asked for, in the order of their ids; several may have one id.
    private int PlaceOf(PlanItem item)
    {
        (int from, int to) = (0, items.Count);
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = string.CompareOrdinal(items[middle].Id, item.Id) < 0 ? (middle + 1, to) : (from, middle);
        }

        while (from < items.Count && items[from].Output != item.Output)
        {
            from++;
        }

        return from;
    }

    // Towards the end of the list the files are shared out, or one worker would do what all could.
    private int SizeOf(List<GroupShare> group) =>
        group.Count == 0
            ? 1
            : Math.Clamp((items.Count - _next + group.Count + jobs - 1) / jobs, 2, group[0].Decoder.GroupSize);

    private void Add(List<GroupShare> group, PlanItem item, Fingerprint? input, Predicate<PlanItem> isTaken)
    {
        FileStream? stream = null;
        try
        {
            // By size first: opening a pipe would wait for its writer.
            if (item.Failure is null && new FileInfo(item.InputPath).Length > 0 && !isTaken(item))
            {
                stream = (FileStream)InputFile.Open(item.InputPath);
                if (
                    Match(stream) is var (decoder, limit)
                    && group.All(s => s.Decoder == decoder)
                    && (input ?? fingerprintIfDue(item)) is { } state)
                {
                    group.Add(new GroupShare(item, state, stream, decoder, limit));
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
}

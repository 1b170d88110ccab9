using VoiceClean.Formats;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Runs.Scheduling;

/// <summary>One item of a group that is decoded together.</summary>
/// <param name="item">The item.</param>
/// <param name="input">The state of its input when it was taken along.</param>
/// <param name="stream">The input, open until the group is decoded.</param>
/// <param name="decoder">Who decodes the group.</param>
/// <param name="limit">How large it becomes at most [byte].</param>
internal sealed class GroupShare(
    PlanItem item,
    Fingerprint input,
    FileStream stream,
    IGroupDecoder decoder,
    long limit)
{
    public PlanItem Item { get; } = item;

    public Fingerprint Input { get; } = input;

    public FileStream Stream { get; } = stream;

    public IGroupDecoder Decoder { get; } = decoder;

    public long Limit { get; } = limit;

    /// <summary>What it counts for while it is held [byte]: a small file needs a handle too.</summary>
    public long Bytes { get; } = Math.Max(limit, GroupGatherer.LeastBytes);

    /// <summary>Set at the end of the group; null if it failed.</summary>
    public IDisposable? Decoded { get; set; }

    public TaskCompletionSource Done { get; } = new();
}

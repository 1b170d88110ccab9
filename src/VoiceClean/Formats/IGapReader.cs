namespace VoiceClean.Formats;

/// <summary>A place where sound of the recording is missing.</summary>
/// <param name="Position">Where it begins in what was delivered [sample per channel].</param>
/// <param name="Length">How much silence stands there instead [sample per channel]; 0 = none: what follows is joined on
/// or damaged itself.</param>
internal readonly record struct Gap(long Position, long Length);

/// <summary>A reader that knows where sound is missing.</summary>
internal interface IGapReader
{
    /// <summary>The places, ascending; complete once everything is read.</summary>
    IReadOnlyList<Gap> Gaps { get; }
}

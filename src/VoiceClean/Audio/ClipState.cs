using System.Runtime.InteropServices;
using VoiceClean.Errors;

namespace VoiceClean.Audio;

/// <summary>
/// What a clip is at one place of its way, kept: samples, cuts, findings and warnings. Immutable, so any number of
/// threads may read it and begin from it.
/// </summary>
internal sealed class ClipState
{
    private readonly ReadOnlyMemory<float> _samples;

    private ClipState(AudioClip clip, ReadOnlyMemory<float> samples)
    {
        _samples = samples;
        (Id, SampleRate, InputLength) = (clip.Id, clip.SampleRate, clip.InputLength);
        Kept = [.. clip.Kept];
        Warnings = [.. clip.Warnings];
        Findings.Add(clip.Findings);
    }

    /// <summary>Relative path with '/', also the seed of the dither.</summary>
    public string Id { get; }

    /// <summary>[Hz]</summary>
    public int SampleRate { get; }

    /// <summary>The samples, full scale ±1.</summary>
    public ReadOnlyMemory<float> Samples => _samples;

    /// <summary>How many samples the clip had before anything was cut.</summary>
    public int InputLength { get; }

    /// <summary>The cut list, as <see cref="AudioClip.Kept"/>.</summary>
    public IReadOnlyList<SampleRange> Kept { get; }

    /// <summary>What was found so far; nothing is added here.</summary>
    public Findings Findings { get; } = new();

    /// <summary>What a user should know so far.</summary>
    public IReadOnlyList<Warning> Warnings { get; }

    /// <summary>Keeps what a clip is now.</summary>
    /// <param name="clip">The clip; goes on as it likes.</param>
    /// <param name="before">An earlier state: where nothing was done to the samples since, they are shared.</param>
    public static ClipState Of(AudioClip clip, ClipState? before = null) =>
        new(clip, IsUnchanged(clip, before) ? before!._samples : clip.ReadOnlySamples.ToArray());

    /// <summary>Keeps what a clip from <see cref="Fork(int)"/> is now, in the memory that it had.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="before">An earlier state, as for the other.</param>
    /// <param name="goesOn">Whether the clip goes on as it likes; else nobody changes its samples any more.</param>
    public static ClipState Take(AudioClip clip, ClipState before, bool goesOn)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(before);
        return !IsUnchanged(clip, before) && (goesOn ? clip.GiveSamples() : clip.OwnSamples) is { } own
            ? new(clip, own)
            : Of(clip, before);
    }

    /// <summary>Whether both have the same samples in the same memory.</summary>
    public bool SharesSamplesWith(ClipState other) => _samples.Equals(other._samples);

    /// <summary>Makes a clip that goes on from here.</summary>
    /// <param name="threads">Threads that stages may use for it.</param>
    public AudioClip Fork(int threads = 1) =>
        new(
            this,
            _samples.Length > SampleStore.MemoryLimit ? Stored(_samples.Span) : SampleStore.OfOwn(_samples.ToArray()),
            InputLength,
            Kept)
        { Threads = threads };

    /// <summary>
    /// Makes a clip of a stretch, as if it had been recorded alone. What was found in the whole stays known, but for
    /// what is true of its samples only.
    /// </summary>
    /// <param name="range">Within the samples, not empty.</param>
    /// <param name="threads">Threads that stages may use for it.</param>
    public AudioClip Fork(SampleRange range, int threads = 1) =>
        new(
            this,
            Stored(_samples.Span.Slice(range.Start, range.Length)),
            range.Length,
            [new SampleRange(0, range.Length)])
        { Threads = threads };

    private static bool IsUnchanged(AudioClip clip, ClipState? before) => before is not null
        && MemoryMarshal.AsBytes(clip.ReadOnlySamples).SequenceEqual(MemoryMarshal.AsBytes(before._samples.Span));

    private static SampleStore Stored(ReadOnlySpan<float> samples)
    {
        var store = new SampleStore();
        store.Append(samples);
        return store;
    }
}

using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;

namespace VoiceClean.Audio;

/// <summary>
/// One recording on its way through the pipeline: mono samples, full scale ±1, and what is known about it.
/// Everything that belongs to one recording lives here, so stages can be shared by all threads. A clip itself is used
/// by one thread at a time.
/// </summary>
public sealed class AudioClip : IDisposable
{
    private SampleStore _store;
    private SampleStore? _spare;
    private object? _revision, _measured;
    private SampleStatistics _statistics;       // of the revision that was measured
    private readonly List<Warning> _warnings = [];
    private List<SampleRange> _kept;

    /// <summary>Makes a clip that owns <paramref name="samples"/> and disposes of them.</summary>
    /// <param name="id">Relative path with '/', also the seed of the dither.</param>
    /// <param name="sampleRate">[Hz], at least 1.</param>
    /// <param name="samples">Mono samples, full scale ±1.</param>
    public AudioClip(string id, int sampleRate, SampleStore samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        Id = id;
        SampleRate = sampleRate;
        _store = samples;
        InputLength = samples.Length;
        _kept = [new SampleRange(0, samples.Length)];
    }

    /// <summary>Makes a clip from what another one was.</summary>
    /// <param name="state">Where it starts from.</param>
    /// <param name="samples">Those it has now; owned.</param>
    /// <param name="inputLength">How many samples it had before anything was cut.</param>
    /// <param name="kept">Which of them it has now.</param>
    internal AudioClip(ClipState state, SampleStore samples, int inputLength, IEnumerable<SampleRange> kept)
        : this(state.Id, state.SampleRate, samples)
    {
        (InputLength, _kept) = (inputLength, [.. kept]);
        Findings.Add(state.Findings);
        _warnings.AddRange(state.Warnings);
    }

    /// <summary>Relative path with '/', also the seed of the dither.</summary>
    public string Id { get; }

    /// <summary>[Hz]</summary>
    public int SampleRate { get; }

    /// <summary>
    /// Threads that a stage may use for this clip, default 1 (a batch has a clip per processor). The result must be the
    /// same with any number.
    /// </summary>
    public int Threads { get; init => field = Math.Max(1, value); } = 1;

    /// <summary>
    /// The samples, full scale ±1; owned by the clip, changed in place. The span is valid until <see cref="Keep"/>,
    /// <see cref="Replace"/> or <see cref="Dispose"/>.
    /// </summary>
    public Span<float> Samples
    {
        get
        {
            _revision = null;
            return _store.Span;
        }
    }

    /// <summary>The samples for one who only looks: <see cref="Revision"/> stays as it is.</summary>
    internal ReadOnlySpan<float> ReadOnlySamples => _store.Span;

    /// <summary>
    /// Another one whenever somebody could have changed the samples, and in every clip. What was measured on one
    /// revision is true of it as long as it lasts, so nobody need measure it again.
    /// </summary>
    internal object Revision => _revision ??= new();

    /// <summary>Mean and extremes of the samples, measured once a revision.</summary>
    internal SampleStatistics Statistics
    {
        get
        {
            if (!ReferenceEquals(_measured, Revision))
            {
                (_statistics, _measured) = (SampleStatistics.Measure(_store.Span), Revision);
            }

            return _statistics;
        }
    }

    /// <summary>True if another buffer like that of the samples would be too much.</summary>
    internal bool IsWithoutCopies => _store.IsFrugal;

    /// <inheritdoc cref="SampleStore.IsMapped"/>
    internal bool IsInFile => _store.IsMapped;

    /// <inheritdoc cref="SampleStore.Own"/>
    internal ReadOnlyMemory<float>? OwnSamples => _store.Own;

    /// <summary>The samples for one who puts back what was there.</summary>
    internal Span<float> BorrowedSamples => _store.Span;

    /// <summary>Length of the samples as they are now.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)_store.Length / SampleRate);

    /// <summary>How many samples the clip had before anything was cut.</summary>
    public int InputLength { get; }

    /// <summary>
    /// The cut list: which stretches of the input (in samples at <see cref="SampleRate"/>, ascending) the present
    /// samples are, one after the other.
    /// </summary>
    public IReadOnlyList<SampleRange> Kept => _kept;

    /// <summary>Measurements by type: <c>clip.Findings.Get&lt;NoiseProfile&gt;()</c>.</summary>
    public Findings Findings { get; } = new();

    /// <summary>What a user should know, in the order in which it was noticed.</summary>
    public IReadOnlyList<Warning> Warnings => _warnings;

    /// <summary>Makes a clip from a copy of <paramref name="samples"/>.</summary>
    public static AudioClip FromSamples(string id, int sampleRate, ReadOnlySpan<float> samples)
    {
        var store = new SampleStore();
        store.Append(samples);
        return new AudioClip(id, sampleRate, store);
    }

    /// <summary>
    /// Makes a copy that goes a way of its own: samples, cuts, findings and warnings are what they are here now.
    /// </summary>
    public AudioClip Fork() => ClipState.Of(this).Fork(Threads);

    /// <summary>Adds a warning; the same code with the same message only once.</summary>
    public void Warn(string code, string message)
    {
        var warning = new Warning(code, message);
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>Keeps these stretches of the present samples and drops the rest.</summary>
    /// <param name="ranges">Ascending, not overlapping, within the samples; at least one, none empty.</param>
    /// <exception cref="ArgumentException">They are not as described.</exception>
    public void Keep(ReadOnlySpan<SampleRange> ranges)
    {
        CutList.Check(ranges, _store.Length);
        _kept = CutList.Within(_kept, ranges);
        _revision = null;
        int length = 0;
        foreach (SampleRange r in ranges)
        {
            _store.Move(r.Start, length, r.Length);
            length += r.Length;
        }

        _store.Truncate(length);
    }

    /// <summary>Puts samples in the place of others, which into a file is cheaper than through the span.</summary>
    /// <param name="at">The first place.</param>
    /// <param name="samples">What comes there; none of the clip.</param>
    internal void Write(int at, ReadOnlySpan<float> samples)
    {
        _revision = null;
        _store.Write(at, samples);
    }

    /// <summary>
    /// A second buffer as long as the clip and of the same kind (memory or temporary file), with arbitrary content; to
    /// be given to <see cref="Return"/> or <see cref="Replace"/>. The clip keeps one for the next stage that asks.
    /// </summary>
    public SampleStore RentScratch()
    {
        if (_spare is not { } spare)
        {
            return _store.MakeAlike();
        }

        _spare = null;
        spare.SetLength(_store.Length);
        return spare;
    }

    /// <summary>Takes back what <see cref="RentScratch"/> lent.</summary>
    public void Return(SampleStore scratch)
    {
        ArgumentNullException.ThrowIfNull(scratch);
        _spare?.Dispose();
        _spare = scratch;
        scratch.Hide();
    }

    /// <summary>Makes other samples those of the clip, without a copy; older spans are invalid.</summary>
    /// <param name="samples">From <see cref="RentScratch"/>, as long as the clip; the clip owns it from now on.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void Replace(SampleStore samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Length != _store.Length)
        {
            throw new ArgumentException(
                $"The clip has {_store.Length} samples, what should replace them {samples.Length}; use Keep to cut.",
                nameof(samples));
        }

        Return(_store);
        (_store, _revision) = (samples, null);
    }

    /// <summary>Makes what was laid aside the samples of a clip that lies in a file; older spans are invalid.</summary>
    /// <param name="samples">As long as the clip; owned from now on.</param>
    /// <param name="areTheSame">Whether they are what the samples were, so that <see cref="Revision"/> stays.</param>
    internal void Adopt(SampleSpool samples, bool areTheSame)
    {
        _store.Adopt(samples);
        _revision = areTheSame ? _revision : null;
    }

    /// <summary>Gives its samples away for good and goes on with a copy of them.</summary>
    /// <returns>Null if they are in no array of their own; then they stay.</returns>
    internal ReadOnlyMemory<float>? GiveSamples()
    {
        if (_store.Own is not { } own)
        {
            return null;
        }

        SampleStore copy = RentScratch();
        own.Span.CopyTo(copy.Span);
        _store = copy;
        return own;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _store.Dispose();
        _spare?.Dispose();
        _spare = null;
        Findings.Release();
    }
}

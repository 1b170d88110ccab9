using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Stages;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.HighPass;
using VoiceClean.Stages.Noisereduce;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.QualityGate;
using VoiceClean.Stages.RemoveHum;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Stages.SuppressClicks;
using VoiceClean.Stages.TameTransients;

namespace VoiceClean.Cleaning;

/// <summary>
/// Name → factory of every stage: the one visible list. Extended by calling <c>Add</c>; no scanning, no reflection.
/// </summary>
public sealed class StageCatalog
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names in the order of their addition, which is the usual order of processing.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The stages that come with VoiceClean, in the usual order of processing.</summary>
    public static StageCatalog CreateDefault()
    {
        var catalog = new StageCatalog();
        catalog.Add("high-pass", o => o.HighPass, (part, _) => new HighPassStage(part));
        catalog.Add("remove-hum", o => o.Hum, (part, _) => new RemoveHumStage(part));
        catalog.Add(
            "quality-gate",
            o => (o.Gate, Removable: o.ToRemovableNoise()),
            (part, _) => new QualityGateStage(part.Gate, part.Removable));
        catalog.Add("suppress-clicks", o => o.Clicks, (part, _) => new SuppressClicksStage(part));
        catalog.Add("tame-transients", _ => "", (_, _) => new TameTransientsStage());
        catalog.Add(
            "estimate-noise",
            o => (o.Noise, IsForGate: IsGateAmong(o)),
            (part, decoders) => new EstimateNoiseStage(part.Noise, decoders, part.IsForGate));
        catalog.Add("spectral-gate", o => o.SpectralGate, (part, _) => new SpectralGateStage(part));
        catalog.Add("noisereduce", o => o.Noisereduce, (part, _) => new NoisereduceStage(part));
        catalog.Add("strip-silence", o => o.Silence, (part, _) => new StripSilenceStage(part));
        catalog.Add("compress", o => o.Compress, (part, _) => new CompressStage(part));
        catalog.Add("normalize-loudness", o => o.Loudness, (part, _) => new NormalizeLoudnessStage(part));
        return catalog;
    }

    // Then what was looked at for the noise serves the gate.
    private static bool IsGateAmong(CleaningOptions options) =>
        options.Stages.Count > 0
            ? options.Stages.Contains("spectral-gate", StringComparer.Ordinal)
            : string.Equals(options.Denoiser, "spectral-gate", StringComparison.Ordinal);

    /// <summary>Registers a stage.</summary>
    /// <param name="name">Kebab-case, not taken yet, equal to <see cref="IStage.Name"/>.</param>
    /// <param name="factory">Makes the stage from the options of the run; called once per run.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<CleaningOptions, IStage> factory) =>
        Add(name, options => options, (options, _) => factory(options));

    /// <summary>Registers a stage that reads recordings of its own.</summary>
    /// <param name="name">Kebab-case, not taken yet, equal to <see cref="IStage.Name"/>.</param>
    /// <param name="factory">Makes the stage from the options and the decoders of the run; called once per run.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<CleaningOptions, AudioDecoders, IStage> factory)
        => Add(name, options => options, factory);

    /// <summary>Registers a stage that knows a part of the options and nothing else of them.</summary>
    /// <typeparam name="TPart">Compares by value: equal parts make equal stages.</typeparam>
    /// <param name="name">Kebab-case, not taken yet, equal to <see cref="IStage.Name"/>.</param>
    /// <param name="part">What of the options the stage is told.</param>
    /// <param name="factory">Makes the stage from that part.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    internal void Add<TPart>(
        string name,
        Func<CleaningOptions, TPart> part,
        Func<TPart, AudioDecoders, IStage> factory)
        where TPart : notnull
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _entries.Add(name, new(o => part(o), (o, decoders) => factory(part(o), decoders)));
        _names.Add(name);
    }

    /// <summary>Makes the stage called <paramref name="name"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="decoders">Who decodes what a stage reads itself; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">No stage has that name; the message lists those that exist.</exception>
    public IStage Create(string name, CleaningOptions options, AudioDecoders? decoders = null)
        => Find(name).Make(options, decoders ?? AudioDecoders.CreateDefault());

    /// <summary>
    /// What the stage called <paramref name="name"/> is told of the options; where that is equal, so is what it does.
    /// </summary>
    /// <exception cref="VoiceCleanException">No stage has that name.</exception>
    internal object PartOf(string name, CleaningOptions options) => Find(name).Part(options);

    private Entry Find(string name) =>
        _entries.GetValueOrDefault(name)
        ?? throw new VoiceCleanException(
            ErrorKind.Usage,
            ReasonCodes.BadOptions,
            $"There is no stage called '{name}'; the stages are {string.Join(", ", _names)}.");

    private sealed record Entry(
        Func<CleaningOptions, object> Part,
        Func<CleaningOptions, AudioDecoders, IStage> Make);
}

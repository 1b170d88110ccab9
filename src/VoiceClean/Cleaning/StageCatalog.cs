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
    private readonly Dictionary<string, Func<CleaningOptions, AudioDecoders, IStage>> _factories = new(
        StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names in the order of their addition, which is the usual order of processing.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The stages that come with VoiceClean, in the usual order of processing.</summary>
    public static StageCatalog CreateDefault()
    {
        var catalog = new StageCatalog();
        catalog.Add("high-pass", options => new HighPassStage(options.HighPass));
        catalog.Add("remove-hum", options => new RemoveHumStage(options.Hum));
        catalog.Add(
            "quality-gate",
            options => new QualityGateStage(options.Gate, options.ToRemovableNoise()));
        catalog.Add("suppress-clicks", options => new SuppressClicksStage(options.Clicks));
        catalog.Add("tame-transients", _ => new TameTransientsStage());
        catalog.Add("estimate-noise", (options, decoders) => new EstimateNoiseStage(options.Noise, decoders));
        catalog.Add("spectral-gate", options => new SpectralGateStage(options.SpectralGate));
        catalog.Add("noisereduce", options => new NoisereduceStage(options.Noisereduce));
        catalog.Add("strip-silence", options => new StripSilenceStage(options.Silence));
        catalog.Add("compress", options => new CompressStage(options.Compress));
        catalog.Add("normalize-loudness", options => new NormalizeLoudnessStage(options.Loudness));
        return catalog;
    }

    /// <summary>Registers a stage.</summary>
    /// <param name="name">Kebab-case, not taken yet, equal to <see cref="IStage.Name"/>.</param>
    /// <param name="factory">Makes the stage from the options of the run; called once per run.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<CleaningOptions, IStage> factory) => Add(name, (options, _) => factory(options));

    /// <summary>Registers a stage that reads recordings of its own.</summary>
    /// <param name="name">Kebab-case, not taken yet, equal to <see cref="IStage.Name"/>.</param>
    /// <param name="factory">Makes the stage from the options and the decoders of the run; called once per run.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<CleaningOptions, AudioDecoders, IStage> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _factories.Add(name, factory);
        _names.Add(name);
    }

    /// <summary>Makes the stage called <paramref name="name"/>.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="decoders">Who decodes what a stage reads itself; null = those that come with VoiceClean.</param>
    /// <exception cref="VoiceCleanException">No stage has that name; the message lists those that exist.</exception>
    public IStage Create(string name, CleaningOptions options, AudioDecoders? decoders = null)
        => _factories.TryGetValue(name, out Func<CleaningOptions, AudioDecoders, IStage>? factory)
            ? factory(options, decoders ?? AudioDecoders.CreateDefault())
            : throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"There is no stage called '{name}'; the stages are {string.Join(", ", _names)}.");
}

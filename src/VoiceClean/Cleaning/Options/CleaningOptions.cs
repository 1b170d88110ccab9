using System.Text.Json.Serialization;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Stages.Compress;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.HighPass;
using VoiceClean.Stages.Noisereduce;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.RemoveHum;
using VoiceClean.Stages.SpectralGate;
using VoiceClean.Stages.StripSilence;
using VoiceClean.Stages.SuppressClicks;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// Everything that can be chosen about cleaning one recording. The one source of defaults; echoed in every report.
/// </summary>
public sealed record CleaningOptions
{
    /// <summary>
    /// How far noise is turned down, 0 (the samples pass bit for bit) to 1, default 0.6: one value for the three stages
    /// that have a strength. Null if they differ; setting null changes nothing.
    /// </summary>
    public double? Strength
    {
        get =>
            SpectralGate.Strength == Noisereduce.Strength && SpectralGate.Strength == Clicks.Strength
                ? SpectralGate.Strength
                : null;
        init
        {
            if (value is { } strength)
            {
                SpectralGateOptions.StrengthRange.Checked(strength);
                SpectralGate = SpectralGate with { Strength = strength };
                Noisereduce = Noisereduce with { Strength = strength };
                Clicks = Clicks with { Strength = strength };
            }
        }
    }

    /// <summary>Sampling rate of the result [Hz], 8,000 to 192,000, default 32,000.</summary>
    public int SampleRate { get; init => field = LoadOptions.SampleRateRange.Checked(value); } = 32_000;

    /// <summary>How several channels become one.</summary>
    [JsonIgnore]
    public ChannelChoice Channel { get; init; } = ChannelChoice.Mix;

    [JsonInclude]
    [JsonPropertyName("channel")]
    internal string ChannelWord
    {
        get => JsonWords.Of(Channel);
        init => Channel = JsonWords.Read<ChannelChoice>(value);
    }

    /// <summary>Which of several audio tracks, 1 to 99; null (default) = the one with the speech.</summary>
    public int? Track { get; init => field = value is { } n ? LoadOptions.TrackRange.Checked(n) : null; }

    /// <summary>Names of the stages in their order; empty = the standard chain for the other options.</summary>
    public IReadOnlyList<string> Stages { get; init; } = [];

    /// <summary>
    /// Name of the denoising stage in the standard chain: "spectral-gate" (default), "noisereduce", or "off" for none.
    /// </summary>
    public string Denoiser { get; init; } = "spectral-gate";

    /// <summary>Bounds on the input.</summary>
    public DecodeLimits Limits { get; init; } = new();

    /// <summary>Which recordings are refused.</summary>
    public QualityGateOptions Gate { get; init; } = new();

    /// <summary>DC and rumble.</summary>
    public HighPassOptions HighPass { get; init; } = new();

    /// <summary>Mains hum.</summary>
    public RemoveHumOptions Hum { get; init; } = new();

    /// <summary>Keyboard and mouse clicks.</summary>
    public SuppressClicksOptions Clicks { get; init; } = new();

    /// <summary>Where the noise is learnt.</summary>
    public EstimateNoiseOptions Noise { get; init; } = new();

    /// <summary>The default denoiser.</summary>
    public SpectralGateOptions SpectralGate { get; init; } = new();

    /// <summary>The denoiser that agrees with the Python package.</summary>
    public NoisereduceOptions Noisereduce { get; init; } = new();

    /// <summary>Silence at the ends and between words.</summary>
    public StripSilenceOptions Silence { get; init; } = new();

    /// <summary>Dynamics; applies only if the stage <c>compress</c> is asked for.</summary>
    public CompressOptions Compress { get; init; } = new();

    /// <summary>Loudness and true peak.</summary>
    public NormalizeLoudnessOptions Loudness { get; init; } = new();

    /// <summary>How the result is written.</summary>
    public OutputOptions Output { get; init; } = new();

    /// <summary>What the judge does not count as noise: what the stages for rumble and hum take out.</summary>
    internal RemovableNoise ToRemovableNoise() => new(HighPass.CutoffHz, Hum.ThresholdDb);

    /// <summary>The part that decides how a recording becomes a clip.</summary>
    internal LoadOptions ToLoadOptions() => new()
    {
        SampleRate = SampleRate,
        Channel = Channel,
        Track = Track,
        Limits = Limits,
    };
}

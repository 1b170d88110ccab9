using System.CommandLine.Parsing;
using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Formats;
using VoiceClean.Inspection;
using VoiceClean.Stages.EstimateNoise;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// The processing options: the same words with the same meaning in every command. An option that was not given leaves
/// what the configuration file or the built-in default says.
/// </summary>
internal sealed class ProcessingOptions
{
    private static readonly string[] Denoisers = ["spectral-gate", "noisereduce", "off"];

    private readonly Option<double> _strength = Of(
        "--strength",
        "X",
        "How far noise is turned down, 0 (samples pass bit for bit) to 1. Default 0.6.",
        ValueParsers.Number(0, 1));
    private readonly Option<string> _noise = new("--noise")
    {
        HelpName = "SRC",
        Description =
            "Where the noise is learnt: auto | head[:0.5s] | range:1.2s-1.9s | file:PATH | off. Default auto: the first 0.5 s if it proves to be noise.",
    };
    private readonly Option<string> _denoiser = new("--denoiser")
    {
        HelpName = "NAME",
        Description = "spectral-gate (default), noisereduce (agrees with the Python package) or off.",
    };
    private readonly Option<string> _silence = new("--silence")
    {
        HelpName = "MODE",
        Description = "ends (default) | all (inner pauses shortened, never to zero) | off.",
    };
    private readonly Option<double> _silenceThreshold = Of(
        "--silence-threshold",
        "LEVEL",
        "A fixed threshold such as -40dBFS, as if the clip had been normalised to -16 LUFS; 'off' = adaptive (default).",
        ValueParsers.NumberOrOff(-90, 0, "dBFS", "dB"));
    private readonly Option<TimeSpan> _silenceMin = Of(
        "--silence-min",
        "TIME",
        "Shorter silences are left alone. Default 500ms.",
        Milliseconds(50, 60_000));
    private readonly Option<TimeSpan> _silencePad = Of(
        "--silence-pad",
        "TIME",
        "Kept before and after speech. Default 100ms before, 200ms after.",
        Milliseconds(0, 5_000));
    private readonly Option<TimeSpan> _minSegment = Of(
        "--min-segment",
        "TIME",
        "A result shorter than this is kept untrimmed, with a warning. Default 0.8s.",
        Seconds(0, 60));
    private readonly Option<double> _loudness = Of(
        "--loudness",
        "LUFS",
        "Target loudness. Default -16LUFS; 'off' leaves the level alone.",
        ValueParsers.NumberOrOff(-50, -5, "LUFS", "LKFS"));
    private readonly Option<double> _truePeak = Of(
        "--true-peak",
        "DBTP",
        "Ceiling of the true peak. Default -1dBTP.",
        ValueParsers.Number(-20, 0, "dBTP", "dB"));
    private readonly Option<bool> _dualMono = new("--dual-mono")
    {
        Description = "Read the target as for two loudspeakers (podcast practice): 3 LU lower in a mono file.",
    };
    private readonly Option<bool> _compress = new("--compress")
    {
        Description = "Gentle dynamic range compression before the loudness.",
    };
    private readonly Option<int> _rate = new("--rate")
    {
        HelpName = "HZ",
        Description = "Sampling rate of the result. Default 32000.",
    };
    private readonly Option<string> _bitDepth = new("--bit-depth")
    {
        HelpName = "N",
        Description = "16 (default) | 24 | 32f.",
    };
    private readonly Option<string> _channel = new("--channel")
    {
        HelpName = "C",
        Description = "mix (default) | left | right | loudest.",
    };
    private readonly Option<string> _gate = new("--gate")
    {
        HelpName = "POLICY",
        Description = "What happens to hopeless recordings: reject (default) | warn | off.",
    };
    private readonly Option<double> _minSnr = Of(
        "--min-snr",
        "DB",
        "Lowest signal-to-noise ratio. Default 0dB.",
        ValueParsers.Number(-20, 60, "dB"));
    private readonly Option<TimeSpan> _minSpeech = Of(
        "--min-speech",
        "TIME",
        "Least speech in a recording. Default 0.5s.",
        Seconds(0, 60));
    private readonly Option<double> _maxClipped = Of(
        "--max-clipped",
        "SHARE",
        "Largest share of clipped samples. Default 1%.",
        ValueParsers.Share);
    private readonly Option<TimeSpan> _maxDuration = Of(
        "--max-duration",
        "TIME",
        "Longest input. Default 4h.",
        Seconds(1, 64_800));
    private readonly Option<string> _stages = new("--stages")
    {
        HelpName = "LIST",
        Description = "Choice and order of the stages by name, comma-separated, instead of the standard chain.",
    };
    private readonly Option<string> _config = new("--config")
    {
        HelpName = "FILE",
        Description = "JSON with the keys that reports echo under \"options\".",
    };

    public ProcessingOptions()
    {
        Validate(_denoiser, Denoisers);
        Validate(_silence, "ends", "all", "off");
        Validate(_bitDepth, "16", "24", "32f");
        Validate(_channel, "mix", "left", "right", "loudest");
        Validate(_gate, "reject", "warn", "off");
        _rate.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && (!int.TryParse(r.Tokens[0].Value, out int hz) || hz is < 8_000 or > 192_000))
            {
                r.AddError($"--rate {r.Tokens[0].Value}: must be between 8000 and 192000 Hz.");
            }
        });
    }

    /// <summary>All of them, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [
            _strength,
            _noise,
            _denoiser,
            _silence,
            _silenceThreshold,
            _silenceMin,
            _silencePad,
            _minSegment,
            _loudness,
            _truePeak,
            _dualMono,
            _compress,
            _rate,
            _bitDepth,
            _channel,
            _gate,
            _minSnr,
            _minSpeech,
            _maxClipped,
            _maxDuration,
            _stages,
            _config,
        ];

    /// <summary>
    /// The effective options: option > configuration file > built-in (environment variables have become options before
    /// parsing).
    /// </summary>
    /// <exception cref="VoiceCleanException">The configuration file is missing or wrong, or a value is (kind
    /// <see cref="ErrorKind.Usage"/>).</exception>
    public CleaningOptions Build(ParseResult parsed)
    {
        CleaningOptions o = parsed.GetValue(_config) is { } path
            ? ReportJson.ReadOptions(ReadConfig(path), path)
            : new CleaningOptions();
        double? strength = Given(parsed, _strength) ? parsed.GetValue(_strength) : null;
        return o with
        {
            SampleRate = Given(parsed, _rate) ? parsed.GetValue(_rate) : o.SampleRate,
            Channel = parsed.GetValue(_channel) is { } channel
                ? Enum.Parse<ChannelChoice>(channel, ignoreCase: true)
                : o.Channel,
            Denoiser = parsed.GetValue(_denoiser) ?? o.Denoiser,
            Stages = parsed.GetValue(_stages) is { } stages
                ? stages.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                : o.Stages,
            Limits = Given(parsed, _maxDuration)
                ? o.Limits with
                {
                    MaxDuration = parsed.GetValue(_maxDuration),
                }
                : o.Limits,
            SpectralGate = strength is { } s ? o.SpectralGate with { Strength = s } : o.SpectralGate,
            Noisereduce = strength is { } n ? o.Noisereduce with { Strength = n } : o.Noisereduce,
            Clicks = strength is { } c ? o.Clicks with { Strength = c } : o.Clicks,
            Noise = parsed.GetValue(_noise) is { } noise ? ParseNoise(noise, o.Noise) : o.Noise,
            Gate = o.Gate with
            {
                Policy = parsed.GetValue(_gate) is { } gate
                    ? Enum.Parse<GatePolicy>(gate, ignoreCase: true)
                    : o.Gate.Policy,
                MinSnrDb = Given(parsed, _minSnr) ? parsed.GetValue(_minSnr) : o.Gate.MinSnrDb,
                MinSpeech = Given(parsed, _minSpeech) ? parsed.GetValue(_minSpeech) : o.Gate.MinSpeech,
                MaxClippedShare = Given(parsed, _maxClipped) ? parsed.GetValue(_maxClipped) : o.Gate.MaxClippedShare,
            },
            Silence = o.Silence with
            {
                Mode = parsed.GetValue(_silence) is { } mode
                    ? Enum.Parse<SilenceMode>(mode, ignoreCase: true)
                    : o.Silence.Mode,
                ThresholdDb = Given(parsed, _silenceThreshold)
                    ? OrOff(parsed.GetValue(_silenceThreshold))
                    : o.Silence.ThresholdDb,
                MinSilence = Given(parsed, _silenceMin) ? parsed.GetValue(_silenceMin) : o.Silence.MinSilence,
                PadBefore = Given(parsed, _silencePad) ? parsed.GetValue(_silencePad) : o.Silence.PadBefore,
                PadAfter = Given(parsed, _silencePad) ? parsed.GetValue(_silencePad) : o.Silence.PadAfter,
                MinSegment = Given(parsed, _minSegment) ? parsed.GetValue(_minSegment) : o.Silence.MinSegment,
            },
            Compress = Given(parsed, _compress) ? o.Compress with { Enabled = parsed.GetValue(_compress) } : o.Compress,
            Loudness = o.Loudness with
            {
                TargetLufs = Given(parsed, _loudness) ? OrOff(parsed.GetValue(_loudness)) : o.Loudness.TargetLufs,
                TruePeakDb = Given(parsed, _truePeak) ? parsed.GetValue(_truePeak) : o.Loudness.TruePeakDb,
                DualMono = Given(parsed, _dualMono) ? parsed.GetValue(_dualMono) : o.Loudness.DualMono,
            },
            Output = parsed.GetValue(_bitDepth) is { } depth
                ? o.Output with
                {
                    Encoding = depth switch
                    {
                        "24" => SampleEncoding.Pcm24,
                        "32f" => SampleEncoding.IeeeFloat,
                        _ => SampleEncoding.Pcm16,
                    },
                }
                : o.Output,
        };
    }

    private static EstimateNoiseOptions ParseNoise(string text, EstimateNoiseOptions defaults)
    {
        (string kind, string? value) = text.Split(':', 2) is [var k, var v] ? (k, v) : (text, null);
        string[] ends = kind == "range" && value is not null ? value.Split('-') : [];
        return kind switch
        {
            "auto" when value is null => defaults with { Source = NoiseSource.Auto },
            "off" when value is null => defaults with { Source = NoiseSource.Off },
            "head" => defaults with
            {
                Source = NoiseSource.Head,
                HeadLength = value is null ? defaults.HeadLength : Time(value),
            },
            "range" when ends.Length == 2 && Time(ends[0]) < Time(ends[1]) => defaults with
            {
                Source = NoiseSource.Range,
                RangeStart = Time(ends[0]),
                RangeEnd = Time(ends[1]),
            },
            "file" when !string.IsNullOrEmpty(value) => defaults with { Source = NoiseSource.File, FilePath = value },
            _ => throw Bad(text),
        };

        TimeSpan Time(string t) =>
            DurationConverter.TryParse(t, TimeSpan.FromSeconds(1), out TimeSpan time) && time >= TimeSpan.Zero
                ? time
                : throw Bad(text);

        static VoiceCleanException Bad(string text) =>
            new(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"--noise {text}: must be auto, head, head:0.5s, range:1.2s-1.9s, file:PATH or off.");
    }

    private static string ReadConfig(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceCleanException(ErrorKind.Usage, ReasonCodes.BadOptions, $"--config {path}: {e.Message}", e);
        }
    }

    private static double? OrOff(double value) => double.IsNaN(value) ? null : value;

    private static bool Given(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<T> Of<T>(string name, string helpName, string description, Func<ArgumentResult, T> parse)
        => new(name) { HelpName = helpName, Description = description, CustomParser = parse };

    private static Func<ArgumentResult, TimeSpan> Milliseconds(double minimum, double maximum) =>
        ValueParsers.Duration(
            TimeSpan.FromMilliseconds(1),
            TimeSpan.FromMilliseconds(minimum),
            TimeSpan.FromMilliseconds(maximum));

    private static Func<ArgumentResult, TimeSpan> Seconds(double minimum, double maximum)
        => ValueParsers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(minimum), TimeSpan.FromSeconds(maximum));

    private static void Validate(Option<string> option, params string[] words) => option.Validators.Add(r =>
    {
        if (r.Tokens.Count == 1 && !words.Contains(r.Tokens[0].Value, StringComparer.Ordinal))
        {
            r.AddError($"{option.Name} {r.Tokens[0].Value}: must be one of {string.Join(", ", words)}.");
        }
    });
}

using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// Learns the background noise and leaves it as a <see cref="NoiseProfile"/>; the samples stay as they are. By default
/// it tries the head of the clip, proves that it is noise, and otherwise takes the quietest frames: a pre-trimmed clip
/// starts with speech, and a profile from there is 3 to 11 dB wrong.
/// </summary>
internal sealed class EstimateNoiseStage : IStage
{
    // The quietest 8 % of frames: smallest error on clips without pauses (error 1.7 to 1.8 dB at any SNR).
    private const double QuietShare = 0.08;
    private const int LeastFrames = 20;
    private const double ShortClipSeconds = 1.5;

    // Noise that lies farther below the recording is hardly heard.
    private const double AudibleUnderMeanDb = 15;

    private readonly EstimateNoiseOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly bool _isForGate;
    private readonly Lock _reading = new();
    private NoiseProfile? _fromFile;        // of the latest rate asked for; a batch has one

    /// <summary>Makes the stage.</summary>
    /// <param name="options">Where the noise is learnt.</param>
    /// <param name="decoders">Who decodes a noise recording; null = the decoders that come with VoiceClean.</param>
    /// <param name="isForGate">Whether the spectral gate comes later, which goes on with the cells of the
    /// clip.</param>
    public EstimateNoiseStage(EstimateNoiseOptions options, AudioDecoders? decoders = null, bool isForGate = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _decoders, _isForGate) = (options, decoders ?? AudioDecoders.CreateDefault(), isForGate);
    }

    /// <inheritdoc/>
    public string Name => "estimate-noise";

    /// <inheritdoc/>
    public void Process(AudioClip clip, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (_options.Source == NoiseSource.Off)
        {
            return;
        }

        SoundingClip? sounding = SoundingClip.Take(clip);
        NoiseProfile? profile = Learn(clip, sounding, cancellation);
        if (profile is not null && double.IsFinite(profile.LevelDb))
        {
            clip.Findings.Set(profile);
        }
        else if (DigitalSilence.Of(clip).SoundLength > 0)
        {
            clip.Warn(
                WarningCodes.NoiseNotFound,
                "No stretch is long enough to learn the noise from, so nothing was denoised.");
        }

        if (_isForGate && sounding is not null)
        {
            clip.Findings.Set(sounding);
        }
        else
        {
            sounding?.Dispose();
        }
    }

    private NoiseProfile? Learn(AudioClip clip, SoundingClip? sounding, CancellationToken cancellation)
    {
        AudioClip heard = sounding?.Clip ?? clip;
        var framing = new SpeechFraming(clip.SampleRate);
        var silence = DigitalSilence.Of(heard);
        var scan = FrameScan.Of(framing, heard, _isForGate, cancellation);
        var frames = new QuietFrames(framing, scan, silence);
        SampleRange head = frames.Head(HeadSamples(clip));
        SampleRange? named = _options.Source switch
        {
            NoiseSource.Range => CheckedRange(clip),
            NoiseSource.Head => sounding?.InRecording(head) ?? head,
            _ => null,
        };
        if (named is { } range)
        {
            NoiseSpectrum? power = frames.MeanPower(heard.ReadOnlySamples, sounding?.Within(range) ?? range);
            return Named(framing, power, range);
        }

        if (_options.Source == NoiseSource.File)
        {
            return FromFile(framing, clip.SampleRate, cancellation);
        }

        NoiseProfile? found = Automatic(framing, frames, heard, head, silence);
        sounding?.GiveBack(clip, 1);
        return sounding is not null && found?.Range is { } proven ? found.In(sounding.InRecording(proven)) : found;
    }

    private static NoiseProfile? Automatic(
        SpeechFraming framing,
        QuietFrames frames,
        AudioClip clip,
        SampleRange head,
        DigitalSilence silence)
    {
        NoiseSpectrum? quiet = frames.MeanPower(clip.ReadOnlySamples, QuietShare, LeastFrames);
        if (quiet is null || silence.SoundLength < ShortClipSeconds * clip.SampleRate)
        {
            NoiseSpectrum? quantile = frames.QuantilePower(clip.ReadOnlySamples, 0.2);
            return quantile is null
                ? null
                : new NoiseProfile(framing, quantile, NoiseSource.Auto, null, verified: false, scarce: true);
        }

        NoiseSpectrum? first = frames.MeanPower(clip.ReadOnlySamples, head);
        if (first is not null && new HeadProof(framing, first, quiet).IsNoise(frames, clip, head))
        {
            return new NoiseProfile(framing, first, NoiseSource.Head, head, verified: true, scarce: false);
        }

        var profile = new NoiseProfile(framing, quiet, NoiseSource.Auto, null, verified: false, scarce: false)
        {
            HasSilentPauses = silence.IsInPauses,
        };
        WarnOfHead(clip, head, profile);
        return profile;
    }

    // Most good recordings begin with speech, and lose nothing by it: only where there is much noise, and it is noise
    // that was learnt, the result would have been better.
    private static void WarnOfHead(AudioClip clip, SampleRange head, NoiseProfile profile)
    {
        ReadOnlySpan<float> samples = clip.ReadOnlySamples;
        double meanDb = Decibels.FromPower(SampleStatistics.SumOfSquares(samples) / samples.Length);
        if (meanDb - profile.LevelDb < AudibleUnderMeanDb && profile.ScatterDb < HeadProof.MaxScatterDb)
        {
            clip.Warn(
                WarningCodes.NoiseHeadRejected,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The first {(double)head.Length / clip.SampleRate:0.##} s are not noise alone, so the noise was "
                        + $"learnt from the quietest frames of the whole clip."));
        }
    }

    private NoiseProfile? Named(SpeechFraming framing, NoiseSpectrum? power, SampleRange range)
    {
        if (power is null)
        {
            return _options.Source == NoiseSource.Range
                ? throw UselessNoise.Range(framing, range, framing.SampleRate)
                : null;
        }

        return new NoiseProfile(framing, power, _options.Source, range, verified: true, scarce: false)
        {
            IsNamed = true,
        };
    }

    // A batch of 10,000 clips reads the noise recording once.
    private NoiseProfile FromFile(SpeechFraming framing, int sampleRate, CancellationToken cancellation)
    {
        lock (_reading)
        {
            return _fromFile is { } known && known.SampleRate == sampleRate
                ? known
                : _fromFile = ReadFile(framing, sampleRate, cancellation);
        }
    }

    private NoiseProfile ReadFile(SpeechFraming framing, int sampleRate, CancellationToken cancellation)
    {
        string path =
            _options.FilePath
            ?? throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                "A noise file is asked for, but its path is missing.");
        using AudioClip noise = NoiseRecording.Load(path, sampleRate, _decoders, cancellation);
        NoiseSpectrum spectrum =
            QuietFrames.Of(framing, noise, cancellation).MeanPower(
                noise.Samples,
                new SampleRange(0, noise.Samples.Length))
            ?? throw UselessNoise.Recording(framing, path, noise.Samples.Length, sampleRate);
        return new NoiseProfile(framing, spectrum, NoiseSource.File, null, verified: true, scarce: false)
        {
            IsNamed = true,
        };
    }

    private SampleRange CheckedRange(AudioClip clip)
    {
        double start = _options.RangeStart.TotalSeconds,
            end = _options.RangeEnd.TotalSeconds,
            length = clip.Duration.TotalSeconds;
        if (end <= start || end > length + 0.001)
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The noise range from {start:0.###} s to {end:0.###} s does not lie within the recording of "
                        + $"{length:0.###} s."));
        }

        return new SampleRange(
            (int)(start * clip.SampleRate),
            Math.Min(clip.ReadOnlySamples.Length, (int)(end * clip.SampleRate)));
    }

    private int HeadSamples(AudioClip clip) => (int)(_options.HeadLength.TotalSeconds * clip.SampleRate);
}

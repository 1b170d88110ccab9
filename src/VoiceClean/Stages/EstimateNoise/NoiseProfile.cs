using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>The background noise of a clip: its power spectrum and where it was learnt.</summary>
public sealed class NoiseProfile : IReportedFinding
{
    internal NoiseProfile(
        SpeechFraming framing,
        NoiseSpectrum spectrum,
        NoiseSource source,
        SampleRange? range,
        bool verified,
        bool scarce)
    {
        Power = spectrum.Power;
        ScatterDb = spectrum.ScatterDb;
        FrameLength = framing.Stft.FrameLength;
        SampleRate = framing.SampleRate;
        Source = source;
        Range = range;
        IsVerified = verified;
        IsScarce = scarce;
        LevelDb = Decibels.FromPower(framing.MeanSquare(spectrum.Power));
    }

    /// <summary>
    /// Mean |X|² per bin of √Hann frames of <see cref="FrameLength"/> samples, full scale ±1 [FrameLength/2 + 1].
    /// </summary>
    public ReadOnlyMemory<float> Power { get; }

    /// <summary>[sample]</summary>
    public int FrameLength { get; }

    /// <summary>[Hz]</summary>
    public int SampleRate { get; }

    /// <summary>
    /// Where the noise was learnt; <see cref="NoiseSource.Auto"/> means the quietest frames of the whole clip.
    /// </summary>
    public NoiseSource Source { get; }

    /// <summary>
    /// The stretch of the clip's samples that served; null if it was scattered frames or another recording.
    /// </summary>
    public SampleRange? Range { get; private set; }

    /// <summary>
    /// True if the stretch is known to be noise: proven against the quietest frames, or named by the user.
    /// </summary>
    public bool IsVerified { get; }

    /// <summary>True if the user named the noise, so that nothing proves it.</summary>
    internal bool IsNamed { get; init; }

    /// <summary>
    /// True if the pauses of the clip are digitally silent, so that its quietest frames may be ends of words.
    /// </summary>
    internal bool HasSilentPauses { get; init; }

    /// <summary>True if the clip was too short for a trustworthy estimate; denoising stays mild then.</summary>
    public bool IsScarce { get; }

    /// <summary>Level of the noise [dBFS], root mean square.</summary>
    public double LevelDb { get; }

    /// <summary>
    /// How much the frames it was learnt from scatter: standard deviation over time of the level in bands of 375 Hz,
    /// averaged over bands [dB]. Stationary noise reads 1.5; 7 and more is no noise, but speech in a clip without
    /// pauses.
    /// </summary>
    public double ScatterDb { get; }

    /// <summary>
    /// Centre frequencies of the bands of the curve [Hz]: thirds of an octave from 100 Hz to 16 kHz or half the
    /// sampling rate.
    /// </summary>
    public IReadOnlyList<double> BandCentresHz =>
        [
            .. Sequence
                .Range(0, 23)
                .Select(i => 1000 * Math.Pow(2, (i - 10) / 3.0))
                .Where(f => f * 1.13 < SampleRate / 2.0),
        ];

    /// <summary>The same noise, learnt from a stretch that lies elsewhere in the recording.</summary>
    internal NoiseProfile In(SampleRange range)
    {
        var same = (NoiseProfile)MemberwiseClone();
        same.Range = range;
        return same;
    }

    /// <summary>Level of the noise per band [dBFS].</summary>
    public double[] BandLevelsDb()
    {
        IReadOnlyList<double> centres = BandCentresHz;
        double[] levels = new double[centres.Count];
        double width = (double)SampleRate / FrameLength;
        ReadOnlySpan<float> power = Power.Span;
        for (int b = 0; b < levels.Length; b++)
        {
            double low = centres[b] / Math.Pow(2, 1 / 6.0), high = centres[b] * Math.Pow(2, 1 / 6.0), sum = 0;
            for (int k = Math.Max(1, (int)(low / width)); k < power.Length && (k - 0.5) * width < high; k++)
            {
                // the share of the bin's width that lies in the band
                double share = Math.Min(high, (k + 0.5) * width) - Math.Max(low, (k - 0.5) * width);
                sum += Math.Max(0, share / width) * power[k];
            }

            levels[b] = Decibels.FromPower(sum * 4 / ((double)FrameLength * FrameLength));
        }

        return levels;
    }

    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        figures.Add(
            "noise_source",
            Source switch
            {
                NoiseSource.Auto => "quiet-frames",
                NoiseSource.Head => "head",
                NoiseSource.Range => "range",
                NoiseSource.File => "file",
                _ => "off",
            });
        figures.Add("noise_start_s", Range is { } r ? (double)r.Start / SampleRate : null);
        figures.Add("noise_end_s", Range is { } e ? (double)e.End / SampleRate : null);
        figures.Add("noise_level_dbfs", LevelDb);
        figures.Add("noise_scatter_db", ScatterDb);
        figures.Add("noise_bands_hz", [.. BandCentresHz]);
        figures.Add("noise_bands_db", BandLevelsDb());
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats;
using VoiceClean.Stages.NormalizeLoudness;
using VoiceClean.Stages.StripSilence;

namespace VoiceClean.Datasets;

/// <summary>For what one gain is chosen.</summary>
internal enum LoudnessScope
{
    /// <summary>Each clip reaches the target.</summary>
    Clip,

    /// <summary>All clips of a recording get the gain that brings the recording to the target.</summary>
    Recording,

    /// <summary>All clips of a speaker get the gain that brings the mean of the recordings to the target.</summary>
    Speaker,
}

/// <summary>How a set is made.</summary>
internal sealed record DatasetOptions
{
    /// <summary>For whom.</summary>
    public DatasetTarget Target { get; init; } = DatasetTargets.Load(DatasetTargets.Default);

    /// <summary>How recordings are cleaned; silence and loudness are the set's own business.</summary>
    public CleaningOptions Cleaning { get; init; } = new();

    /// <summary>For what one gain is chosen.</summary>
    public LoudnessScope LoudnessPer { get; init; }

    /// <summary>
    /// Language of recordings whose transcript names none, lower case; null = guessed from the text's script.
    /// </summary>
    public string? Language { get; init; }

    /// <summary>Whether lists name clips by absolute paths; else relative to the list.</summary>
    public bool AbsolutePaths { get; init; } = true;

    /// <summary>
    /// Clips whose speech stands less than this over the background before cleaning are rejected [dB], -20 to 60,
    /// default 6.
    /// </summary>
    public double MinLevelRatioDb
    {
        get;
        init => field = MinLevelRatioDbRange.Checked(value);
    } = DefaultMinLevelRatioDb;

    internal const double DefaultMinLevelRatioDb = 6;

    internal static ValueRange MinLevelRatioDbRange => new(-20, 60);

    /// <summary>Clips below this get a warning [dB], default 20.</summary>
    public double WarnLevelRatioDb { get; init => field = Check.InRange(value, -20, 60); } = 20;

    /// <summary>
    /// Recordings with a larger share of clipped samples have their clipped clips rejected, 0 to 1, default 0.01.
    /// </summary>
    public double MaxClippedShare { get; init => field = Check.InRange(value, 0, 1); } = 0.01;

    /// <summary>Clips with less bandwidth get a warning [Hz].</summary>
    public double WarnBandwidthHz { get; init => field = Check.InRange(value, 0, 96_000); } = 11_000;

    /// <summary>
    /// The cleaning options as the target wants them: its rate, depth and levels; no trimming and no level before
    /// slicing, because those are decided for each clip.
    /// </summary>
    public CleaningOptions EffectiveCleaning => Cleaning with
    {
        SampleRate = Target.SampleRateHz,
        Output = new OutputOptions { Encoding = Target.BitDepth == 24 ? SampleEncoding.Pcm24 : SampleEncoding.Pcm16 },
        Silence = Cleaning.Silence with { Mode = SilenceMode.Off },
        Loudness = Cleaning.Loudness with { TargetLufs = null },
    };

    /// <summary>The level of each clip.</summary>
    public NormalizeLoudnessOptions Loudness =>
        new()
        {
            TargetLufs = Target.LoudnessLufs,
            TruePeakDb = Target.TruePeakDbtp,
            MaxReductionDb = Cleaning.Loudness.MaxReductionDb,
        };

    /// <summary>
    /// SHA-256 of everything that decides what the clips contain, except the recordings themselves: the settings of the
    /// batch.
    /// </summary>
    /// <remarks>
    /// Speakers, names and texts belong to a recording and are compared with its record (<see
    /// cref="RecordingRecords.RemoveOutdated"/>).
    /// </remarks>
    /// <param name="speakerGains">Gain of each speaker [dB].</param>
    public string Hash(IReadOnlyDictionary<string, double> speakerGains)
    {
        ArgumentNullException.ThrowIfNull(speakerGains);
        var text = new StringBuilder(ReportJson.ToLine(EffectiveCleaning))
            .Append(JsonSerializer.Serialize(Target, TargetContext.Relaxed.DatasetTarget))
            .Append(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"|{LoudnessPer}|{Language}|{MinLevelRatioDb}|{WarnLevelRatioDb}|{MaxClippedShare}"
                        + $"|{WarnBandwidthHz}|{Cleaning.Loudness.MaxReductionDb}"));
        foreach ((string speaker, double gain) in speakerGains.OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(FormattableString.Invariant($"|{speaker}={gain:F6}"));
        }

        return Convert.ToHexStringLower(Sha256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

using VoiceClean.Datasets.Slicing;
using VoiceClean.Datasets.Targets;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Datasets;

/// <summary>Compares the clips of one speaker with each other.</summary>
internal static class SpeakerStatistics
{
    private const int MostReferences = 10, LeastClips = 5;

    // A normal distribution has 1.4826 median absolute deviations in a standard deviation; 3.5 of those is the usual
    // limit (Iglewicz and Hoaglin 1993).
    private const double Deviations = 3.5 * 1.4826;

    // No difference below this is worth a word, however alike the other clips are.
    private static readonly (string Name, double Least, Func<ClipRecord, double> Of)[] Figures =
    [
        ("speech_dbfs", 6, c => c.SpeechDbfs),
        ("noise_colour_db_per_octave", 3, c => c.NoiseColourDbPerOctave),
        ("bandwidth_hz", 3000, c => c.BandwidthHz),
        ("spectral_tilt_db_per_octave", 2, c => c.SpectralTiltDbPerOctave),
        ("phonemes_per_s", 5, c => c.PhonemesPerS ?? double.NaN),
        ("characters_per_s", 5, c => c.CharactersPerS ?? double.NaN),
        ("text_characters", 60, c => c.TextCharacters ?? double.NaN),
    ];

    /// <summary>Medians, outliers and references of one speaker.</summary>
    /// <param name="speaker">Name.</param>
    /// <param name="clips">The speaker's clips without the rejected; at least one.</param>
    /// <param name="target">Says how long a reference is.</param>
    public static SpeakerReport Of(string speaker, IReadOnlyList<ClipRecord> clips, DatasetTarget target)
    {
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(target);
        double[] lengths = [.. clips.Select(c => c.DurationS).Order()];
        var medians = new Dictionary<string, double>();
        var outliers = new List<Outlier>();
        foreach ((string name, double least, Func<ClipRecord, double> of) in Figures)
        {
            double[] values = [.. clips.Select(of).Where(double.IsFinite)];
            if (values.Length == 0)
            {
                continue;
            }

            double median = OrderStatistics.Median(values.AsSpan());
            medians[name] = median;
            double allowed = Math.Max(
                least,
                Deviations * OrderStatistics.Median<double>([.. values.Select(v => Math.Abs(v - median))]));
            outliers.AddRange(
                values.Length < LeastClips
                    ? []
                    : clips
                        .Where(c => double.IsFinite(of(c)) && Math.Abs(of(c) - median) > allowed)
                        .Select(c => new Outlier(c.File, name, of(c), median, Math.Abs(of(c) - median) / allowed)));
        }

        return new SpeakerReport(
            speaker,
            clips.Count,
            lengths.Sum(),
            lengths[0],
            OrderStatistics.Median<double>([.. lengths]),
            lengths[^1],
            medians,
            [.. outliers.OrderByDescending(o => o.Excess).ThenBy(o => o.File, StringComparer.Ordinal)],
            Rank(clips, medians, outliers, target));
    }

    // A reference is clean, full of speech, typical for its speaker, long enough, and neither limited nor cut within
    // speech.
    private static ReferenceClip[] Rank(
        IReadOnlyList<ClipRecord> clips,
        Dictionary<string, double> medians,
        List<Outlier> outliers,
        DatasetTarget target)
    {
        var odd = outliers.Select(o => o.File).ToHashSet(StringComparer.Ordinal);
        double middle = (target.MinReferenceS + target.MaxReferenceS) / 2,
            half = (target.MaxReferenceS - target.MinReferenceS) / 2;
        return
        [
            .. clips
                .Where(c =>
                    c.DurationS >= target.MinReferenceS && c.DurationS <= target.MaxReferenceS && !odd.Contains(c.File))
                .Select(c => new ReferenceClip(
                    c.File,
                    Math.Round(Score(c), 4),
                    c.DurationS,
                    c.LevelRatioDb,
                    c.BandwidthHz,
                    c.Text))
                .OrderByDescending(r => r.Score)
                .ThenBy(r => r.File, StringComparer.Ordinal)
                .Take(MostReferences),
        ];

        double Score(ClipRecord c)
        {
            double ratio = Share(c.LevelRatioDb, 10, 45),
                speech = Share(c.SpeechS / c.DurationS, 0.5, 0.9),
                band = Share(c.BandwidthHz, 4_000, 12_000);
            double length = 1 - Math.Abs((c.DurationS - middle) / half);
            double level = medians.TryGetValue("speech_dbfs", out double m)
                ? 1 - Share(Math.Abs(c.SpeechDbfs - m), 0, 6)
                : 1;
            double flaws =
                (c.ClippedRuns > 0 ? 0.3 : 0)
                + (c.StartCut == CutKind.QuietPoint || c.EndCut == CutKind.QuietPoint ? 0.2 : 0);
            double good = (0.35 * ratio) + (0.2 * speech) + (0.15 * band) + (0.1 * length) + (0.2 * level);
            return Math.Max(0, good - flaws);
        }
    }

    private static double Share(double value, double low, double high) =>
        double.IsNaN(value) ? 0 : Math.Clamp((value - low) / (high - low), 0, 1);
}

using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Inspection;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Stages.NormalizeLoudness;

namespace VoiceClean.Runs;

/// <summary>
/// One gain for all recordings of a group (a folder, a speaker), so that what was loud against its neighbours stays so:
/// a look through all of them before the work begins. Loudness of single short clips scatters by 1 to 2 LU, which
/// normalising each alone would write into the data.
/// </summary>
internal static class GroupGains
{
    /// <summary>
    /// The gain of each group [dB]: brings the mean power of its recordings as decoded, weighted by their length, to
    /// the target.
    /// </summary>
    /// <param name="items">The recordings; those that cannot be read are left out, the run itself says why.</param>
    /// <param name="groupOf">The group of a recording.</param>
    /// <param name="options">How recordings are decoded.</param>
    /// <param name="decoders">Who decodes them.</param>
    /// <param name="targetLufs">Loudness to reach [LUFS].</param>
    /// <param name="jobs">Recordings at a time.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Gain by group, -80 to 80 dB; a group of nothing but silence is missing.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyDictionary<string, double> Measure(
        IReadOnlyList<PlanItem> items, Func<PlanItem, string> groupOf, LoadOptions options, AudioDecoders decoders,
        double targetLufs, int jobs, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(decoders);
        var measured = new List<(string Group, double Lufs, double Seconds)>();
        OrderedWorkers.Run(
            items,
            jobs,
            new WorkPlan<PlanItem, (double Lufs, double Seconds)?>
            {
                Work = (item, cancellation, _) =>
                    item.Failure is null ? Measure(item, options, decoders, cancellation) : null,
                Emit = (item, loudness) =>
                    measured.AddRange(loudness is { } l ? [(groupOf(item), l.Lufs, l.Seconds)] : []),
                Dropped = _ => null,
                TimedOut = (_, _) => null,
                Failed = (_, _) => null,
            },
            stop);
        stop.ThrowIfCancellationRequested();
        return From(measured, targetLufs);
    }

    /// <summary>The gain of each group [dB] from the loudness of its recordings.</summary>
    internal static IReadOnlyDictionary<string, double> From(
        IEnumerable<(string Group, double Lufs, double Seconds)> recordings,
        double targetLufs) =>
        recordings
            .Where(r => double.IsFinite(r.Lufs))
            .GroupBy(r => r.Group, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key,
                g =>
                    NormalizeLoudnessOptions.FixedGainDbRange.Clamped(
                        targetLufs
                            - Decibels.FromPower(
                                g.Sum(r => Decibels.ToPower(r.Lufs) * r.Seconds) / g.Sum(r => r.Seconds))),
                StringComparer.Ordinal);

    private static (double Lufs, double Seconds)? Measure(
        PlanItem item,
        LoadOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        try
        {
            using AudioClip clip = TrackLoader.Load(
                InputFile.Open(item.InputPath, cancellation),
                item.Id,
                options,
                decoders,
                cancellation);
            return (
                LoudnessMeasurement.MeasureAtAnyLevel(clip.Samples, clip.SampleRate, cancellation),
                clip.Duration.TotalSeconds);
        }
        catch (VoiceCleanException)
        {
            return null;      // the run itself will say why
        }
    }
}

using System.Globalization;
using VoiceClean.Audio;
using VoiceClean.Datasets.Slicing;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Testing.Signals;

namespace VoiceClean.Tests.Datasets.Slicing;

/// <summary>How good a plan is, judged by what is known about the recording.</summary>
internal sealed record SliceFigures(
    int Clips,
    double Shortest,
    double Median,
    double Longest,
    double InTarget,
    double LostSeconds,
    double LostShare,
    int CutsInPauses,
    int CutsAtQuietPoints,
    int CutsInWords,
    double DeepestMs,
    double QuietDb)
{
    public static SliceFigures Of(Talk talk, SlicePlan plan)
    {
        double[] lengths = [.. plan.Slices.Select(s => (double)s.Length / Talk.SampleRate).Order()];
        // Speech lost: samples of known words that no clip holds.
        long kept = 0;
        var ranges = plan.Slices.SelectMany(s => s.Ranges).ToList();
        foreach (SampleRange word in talk.Words)
        {
            kept += ranges.Sum(r => (long)Math.Max(0, Math.Min(r.End, word.End) - Math.Max(r.Start, word.Start)));
        }

        int[] cuts = [.. plan.Slices.SelectMany(s => new[] { s.Extent.Start, s.Extent.End })];
        int inWords = cuts.Count(c => talk.Words.Any(w => c > w.Start && c < w.End));
        return new SliceFigures(
            plan.Slices.Count,
            lengths.FirstOrDefault(),
            lengths.Length == 0 ? 0 : lengths[lengths.Length / 2],
            lengths.LastOrDefault(),
            lengths.Length == 0 ? 0 : lengths.Count(l => l is >= 4 and <= 10) / (double)lengths.Length,
            (talk.SpeechLength - kept) / (double)Talk.SampleRate,
            (talk.SpeechLength - kept) / (double)talk.SpeechLength,
            plan.Slices.Count(s => s.End == CutKind.Pause),
            plan.Slices.Count(s => s.End == CutKind.QuietPoint),
            inWords,
            1000.0
                / Talk.SampleRate
                * cuts.Max(c => talk.Words.Max(w => Math.Max(0, Math.Min(c - w.Start, w.End - c)))),
            Quietness(talk, plan));
    }

    // Median level of 60 ms around the cuts at quiet points, against the mean of all words [dB].
    private static double Quietness(Talk talk, SlicePlan plan)
    {
        const int Half = Talk.SampleRate * 3 / 100;
        double voice =
            talk.Words.Sum(w => SampleStatistics.SumOfSquares(talk.Samples.AsSpan(w.Start, w.Length)))
            / talk.SpeechLength;
        double[] levels =
        [
            .. plan
                .Slices.Where(s => s.End == CutKind.QuietPoint)
                .Select(s => s.Extent.End)
                .Select(c =>
                    SampleStatistics.SumOfSquares(
                        talk.Samples.AsSpan(c - Half, Math.Min(2 * Half, talk.Samples.Length - c + Half))) / (2 * Half))
                .Select(p => Decibels.FromPower(p / voice))
                .Order(),
        ];
        return levels.Length == 0 ? double.NaN : levels[levels.Length / 2];
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Clips,4} clips {Shortest,5:F2} / {Median,5:F2} / {Longest,5:F2} s, {InTarget,4:P0} in 4-10 s; lost "
                + $"{LostSeconds:F3} s ({LostShare:P3}); ends in pauses {CutsInPauses}, at quiet points "
                + $"{CutsAtQuietPoints} ({QuietDb:F0} dB re voice); {CutsInWords} of {2 * Clips} cuts within words, at "
                + $"most {DeepestMs:F0} ms deep");
}

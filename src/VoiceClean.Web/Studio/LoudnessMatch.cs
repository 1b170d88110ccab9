using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Web.Studio;

/// <summary>
/// The gains with which a recording and what was taken from it are heard beside the result: the louder of two sounds
/// better, whatever it is.
/// </summary>
/// <param name="BeforeDb">Makes the recording as loud as the result, over the stretches that both have [dB].</param>
/// <param name="ResidueDb">Puts the residue, which has the gain of the result, onto the same level [dB].</param>
internal sealed record LoudnessMatch(double BeforeDb, double ResidueDb)
{
    private const double ToleranceLu = 0.05;
    private const int MostSteps = 4;

    /// <summary>Finds them by ITU-R BS.1770.</summary>
    /// <param name="input">The recording.</param>
    /// <param name="result">What came out.</param>
    /// <param name="gainDb">The gain of the result [dB].</param>
    /// <param name="cancellation">Checked about once per second of work.</param>
    public static LoudnessMatch Of(
        ClipState input,
        ClipState result,
        double gainDb,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(result);
        double wanted = LoudnessMeasurement.MeasureIntegrated(result.Samples.Span, result.SampleRate, cancellation);
        using SampleStore? pieces = result.Kept.Count == 1 ? null : KeptOf(input, result.Kept);
        ReadOnlySpan<float> before = pieces is null
            ? input.Samples.Span[result.Kept[0].Start..result.Kept[0].End]
            : pieces.Span;
        double[] steps = new double[KWeighting.CountSteps(before.Length, input.SampleRate)];
        KWeighting.MeasureSteps(before, input.SampleRate, steps, cancellation);
        double matchDb = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            // One step is enough but where quiet blocks cross the gate at -70 LUFS with the gain.
            double missing = wanted - GatedLoudness.IntegratedOrUngated(
                steps,
                before.Length,
                input.SampleRate,
                Decibels.ToPower(matchDb));
            if (double.IsNaN(missing))
            {
                return new LoudnessMatch(gainDb, 0);        // silence: nothing to hear, nothing to match
            }

            if (Math.Abs(missing) < ToleranceLu)
            {
                break;
            }

            matchDb += missing;
        }

        return new LoudnessMatch(matchDb, matchDb - gainDb);
    }

    private static SampleStore KeptOf(ClipState input, IReadOnlyList<SampleRange> kept)
    {
        var all = new SampleStore();
        all.Reserve(kept.Sum(r => r.Length));
        foreach (SampleRange range in kept)
        {
            all.Append(input.Samples.Span[range.Start..range.End]);
        }

        return all;
    }
}

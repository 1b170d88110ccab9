using System.Text.Json.Nodes;
using VoiceClean.Audio;
using VoiceClean.Dsp.Loudness;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Web.Studio;

/// <summary>What changes over the time of a render, a value every tenth of a second.</summary>
internal static class RenderCurves
{
    private const double HopSeconds = 0.1;

    /// <summary>The curves of a run over the whole: momentary loudness before and after [LUFS], what the gate takes and
    /// what the limiter takes [dB, 0 or less]; null where there is none. The first value is of the first hop of the
    /// render.</summary>
    /// <param name="render">The run.</param>
    /// <param name="lufsBefore">The momentary loudness of its input.</param>
    public static JsonObject Of(StudioRender render, double[] lufsBefore)
    {
        ArgumentNullException.ThrowIfNull(render);
        ArgumentNullException.ThrowIfNull(lufsBefore);
        int rate = render.Input.SampleRate;
        WholeResult whole = render.Whole!;
        ReadOnlySpan<float> before = render.Input.Samples.Span, denoised = whole.Denoised.Span;
        using var made = SampleStore.OfLength(before.Length);      // gives its memory back at once
        Span<float> after = made.Span;
        render.Of(StudioSignal.After)(0, after);
        return new JsonObject
        {
            ["hop_s"] = HopSeconds,
            ["lufs_before"] = ToJson(lufsBefore),
            ["lufs_after"] = ToJson(MomentaryLoudness.Of(after, rate)),
            ["gate_db"] = ToJson(Ratio(denoised, before, 0, rate)),
            ["limiter_db"] = ToJson(Ratio(after, denoised, render.GainDb, rate)),
        };
    }

    // How far one lies below the other, which has a gain; where both are silent nothing is taken.
    private static double[] Ratio(ReadOnlySpan<float> less, ReadOnlySpan<float> more, double gainDb, int rate)
    {
        int hop = (int)(HopSeconds * rate);
        double[] ratios = new double[(less.Length + hop - 1) / hop];
        for (int i = 0; i < ratios.Length; i++)
        {
            int start = i * hop, length = Math.Min(hop, less.Length - start);
            double a = SampleStatistics.SumOfSquares(less.Slice(start, length)),
                b = SampleStatistics.SumOfSquares(more.Slice(start, length));
            ratios[i] = b == 0 ? 0 : Math.Min(0, Decibels.FromPower(a / b) - gainDb);
        }

        return ratios;
    }

    private static JsonArray ToJson(double[] values) => [.. values.Select(v => StudioJson.Figure(v, 2))];
}

using System.Buffers;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// The K-weighting of ITU-R BS.1770-5 Annex 1 for any sampling rate, and the energies it leaves in steps of 10 ms,
/// from which every loudness figure of a recording follows (<see cref="GatedLoudness"/>, <see cref="LoudnessRange"/>).
/// </summary>
/// <remarks>
/// The standard gives coefficients at 48 kHz and asks other rates for the same response. The analogue prototypes below
/// are the ones that reproduce its table through the bilinear transform (they are also those of libebur128). At 48 kHz
/// the high-pass has the numerator 1, −2, 1 and thus a gain of d(48000) at high frequencies; at other rates the
/// numerator is scaled by d(48000)/d(rate), without which a meter reads 0.02 to 0.03 dB high at 32 kHz.
/// <para>
/// Step k covers the samples from round(k·rate/100) up to round((k+1)·rate/100), so 100 steps are one second at any
/// rate.
/// </para>
/// </remarks>
internal static class KWeighting
{
    /// <summary>Steps per second.</summary>
    public const int StepsPerSecond = 100;

    /// <summary>The lowest rate the weighting is defined for [Hz].</summary>
    public const int MinSampleRate = 8_000;

    // Both sections ring down with a time constant of 4.2 ms (38 Hz high-pass, Q = 0.5). After 1/8 s, 30 time
    // constants, what came before is 230 dB down: a segment that starts its filters that much earlier measures the same
    // loudness to 1e-9 LU.
    private const int WarmUpsPerSecond = 8;

    // One lane takes at most 10 s, so that long recordings are still read nearly in order.
    private const int MaxLaneSteps = 10 * StepsPerSecond;

    /// <summary>The two sections: the high-frequency shelf of the head, then the high-pass.</summary>
    /// <param name="sampleRate">[Hz], at least <see cref="MinSampleRate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is too low.</exception>
    public static (BiquadCoefficients Shelf, BiquadCoefficients HighPass) Design(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, MinSampleRate);
        return (Shelf(sampleRate), HighPass(sampleRate));
    }

    /// <summary>Number of steps in a recording, a last incomplete one included.</summary>
    /// <param name="length">[sample]</param>
    /// <param name="sampleRate">[Hz]</param>
    public static int CountSteps(int length, int sampleRate)
    {
        int steps = (int)((long)length * StepsPerSecond / sampleRate);
        while (StepStart(steps, sampleRate) < length)
        {
            steps++;
        }

        while (steps > 0 && StepStart(steps - 1, sampleRate) >= length)
        {
            steps--;
        }

        return steps;
    }

    /// <summary>The least number of steps that is a whole number of samples: 1 at all usual rates.</summary>
    /// <param name="sampleRate">[Hz]</param>
    public static int Period(int sampleRate) =>
        StepsPerSecond / Integers.GreatestCommonDivisor(sampleRate, StepsPerSecond);

    /// <summary>The sample with which a step begins.</summary>
    public static long StepStart(long step, int sampleRate) =>
        (2 * step * sampleRate + StepsPerSecond) / (2 * StepsPerSecond);

    /// <summary>Measures the K-weighted energy of every step.</summary>
    /// <param name="samples">One channel from its beginning; filter state starts at zero. Finite.</param>
    /// <param name="sampleRate">[Hz], at least <see cref="MinSampleRate"/>.</param>
    /// <param name="energies">Receives Σy² per step; exactly <see cref="CountSteps"/> long.</param>
    /// <param name="cancellation">Checked every 80 s of audio at the latest.</param>
    /// <exception cref="ArgumentException"><paramref name="energies"/> has the wrong length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rate is too low.</exception>
    public static void MeasureSteps(
        ReadOnlySpan<float> samples,
        int sampleRate,
        Span<double> energies,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, MinSampleRate);
        int steps = CountSteps(samples.Length, sampleRate);
        if (energies.Length != steps)
        {
            throw new ArgumentException($"There are {steps} steps, but room for {energies.Length}.", nameof(energies));
        }

        var filter = new KWeightingFilter(sampleRate);
        int warmUp = sampleRate / WarmUpsPerSecond;
        float[] rented = ArrayPool<float>.Shared.Rent(8 * warmUp);
        Span<float> past = rented.AsSpan(0, 8 * warmUp);
        int done = MeasureSideBySide(samples, sampleRate, ref filter, past, energies, cancellation);
        MeasureRest(samples, sampleRate, ref filter, past[..warmUp], done, energies);
        ArrayPool<float>.Shared.Return(rented);
    }

    // Eight stretches at a time, or four, as long as there are so many periods; returns the steps that are done.
    private static int MeasureSideBySide(
        ReadOnlySpan<float> samples,
        int sampleRate,
        ref KWeightingFilter filter,
        Span<float> past,
        Span<double> energies,
        CancellationToken cancellation)
    {
        int warmUp = past.Length / 8, steps = energies.Length;
        // Lanes run in step with each other, so their steps must have equal lengths: they start a whole number of
        // periods apart.
        int period = Period(sampleRate);
        int complete = StepStart(steps, sampleRate) <= samples.Length ? steps : steps - 1;
        int done = 0;
        while (complete - done >= 4 * period)
        {
            cancellation.ThrowIfCancellationRequested();
            int lanes = complete - done >= 8 * period ? 8 : 4;
            int lane = Math.Min(Math.Max(MaxLaneSteps / period, 1), (complete - done) / (lanes * period)) * period;
            for (int l = 0; l < lanes; l++)
            {
                PaddedStretch.Copy(
                    samples,
                    StepStart(done + l * lane, sampleRate) - warmUp,
                    past.Slice(l * warmUp, warmUp));
            }

            filter.Reset();
            Run(ref filter, past, 0, warmUp, warmUp, lanes, [], 0);
            int start = (int)StepStart(done, sampleRate), stride = (int)StepStart(done + lane, sampleRate) - start;
            for (int s = 0; s < lane; s++)
            {
                int from = (int)StepStart(done + s, sampleRate), to = (int)StepStart(done + s + 1, sampleRate);
                Run(ref filter, samples, from, stride, to - from, lanes, energies[(done + s)..], lane);
            }

            done += lanes * lane;
        }

        return done;
    }

    // One step of all lanes; their energies go to energies[0], energies[apart] and so on, or nowhere.
    private static void Run(
        ref KWeightingFilter filter,
        ReadOnlySpan<float> samples,
        int start,
        int stride,
        int count,
        int lanes,
        Span<double> energies,
        int apart)
    {
        (Vector256<double> low, Vector256<double> high) = lanes > 4
            ? filter.RunEight(samples, start, stride, count, lanes)
            : (filter.Run(samples, start, stride, count), default);
        for (int l = 0; l < lanes && !energies.IsEmpty; l++)
        {
            energies[l * apart] = l < 4 ? low[l] : high[l + 4 - lanes];
        }
    }

    // In one lane; the others idle on the same samples.
    private static void MeasureRest(
        ReadOnlySpan<float> samples,
        int sampleRate,
        ref KWeightingFilter filter,
        Span<float> past,
        int done,
        Span<double> energies)
    {
        int steps = energies.Length;
        if (done < steps)
        {
            PaddedStretch.Copy(samples, StepStart(done, sampleRate) - past.Length, past);
            filter.Reset();
            filter.Run(past, 0, 0, past.Length);
            for (; done < steps; done++)
            {
                int from = (int)StepStart(done, sampleRate),
                    to = (int)Math.Min(StepStart(done + 1, sampleRate), samples.Length);
                energies[done] = filter.Run(samples, from, 0, to - from)[0];
            }
        }
    }

    /// <summary>
    /// Measures steps in the middle of recordings, in four to eight stretches side by side, with energies that agree
    /// with those of the whole to 1e-9 LU. Those of a stretch do not depend on what lies in the others.
    /// </summary>
    /// <param name="stretches">Stretches of equal length, one after the other. Each begins with a step at which a whole
    /// number of samples has passed, a fifth of a second or more before the first step that is wanted.</param>
    /// <param name="lanes">How many: 4 to 8.</param>
    /// <param name="sampleRate">[Hz], at least <see cref="MinSampleRate"/>.</param>
    /// <param name="before">Steps before the first that is wanted.</param>
    /// <param name="energies">Receives Σy² of the steps that are wanted, of one stretch after the other; the last step
    /// ends with its stretch.</param>
    internal static void MeasureStretches(
        ReadOnlySpan<float> stretches,
        int lanes,
        int sampleRate,
        int before,
        Span<double> energies)
    {
        int length = stretches.Length / lanes, count = energies.Length / lanes, warmUp = sampleRate / WarmUpsPerSecond;
        var filter = new KWeightingFilter(sampleRate);
        Run(ref filter, stretches, (int)StepStart(before, sampleRate) - warmUp, length, warmUp, lanes, [], 0);
        for (int s = 0; s < count; s++)
        {
            int from = (int)StepStart(before + s, sampleRate),
                to = (int)Math.Min(length, StepStart(before + s + 1, sampleRate));
            Run(ref filter, stretches, from, length, to - from, lanes, energies[s..], count);
        }
    }

    private static BiquadCoefficients Shelf(int sampleRate)
    {
        const double Frequency = 1681.974450955533, GainDb = 3.999843853973347, Quality = 0.7071752369554196;
        double k = Math.Tan(Math.PI * Frequency / sampleRate);
        double vh = Math.Pow(10, GainDb / 20), vb = Math.Pow(vh, 0.4996667741545416);
        double d = 1 + k / Quality + k * k;
        return new BiquadCoefficients(
            (vh + vb * k / Quality + k * k) / d, 2 * (k * k - vh) / d, (vh - vb * k / Quality + k * k) / d,
            2 * (k * k - 1) / d, (1 - k / Quality + k * k) / d);
    }

    private static BiquadCoefficients HighPass(int sampleRate)
    {
        const double Frequency = 38.13547087602444, Quality = 0.5003270373238773;
        double k48 = Math.Tan(Math.PI * Frequency / 48_000), k = Math.Tan(Math.PI * Frequency / sampleRate);
        double d48 = 1 + k48 / Quality + k48 * k48, d = 1 + k / Quality + k * k;
        double s = d48 / d;
        return new BiquadCoefficients(s, -2 * s, s, 2 * (k * k - 1) / d, (1 - k / Quality + k * k) / d);
    }
}

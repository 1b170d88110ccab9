using System.Buffers;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Dsp.Speech;

/// <summary>
/// What an energy and zero-crossing speech detector looks at (Rabiner and Sambur, "An algorithm for determining the
/// endpoints of isolated utterances", BSTJ 54(2), 1975), adapted to wide-band recordings: the signal between 100 Hz and
/// 10 kHz in hops of 5 ms. The band keeps mains hum and rumble from counting as level, and hiss above speech from
/// counting as crossings.
/// </summary>
public static class SpeechBand
{
    /// <summary>Hops per second.</summary>
    public const int HopsPerSecond = 200;

    private const int MaxLaneHops = 1000;          // 5 s
    private const int WarmUpsPerSecond = 10;       // after 100 ms the start of the filter is 200 dB down

    /// <summary>Hops in a recording, a last incomplete one included.</summary>
    public static int CountHops(int length, int sampleRate)
        => length == 0 ? 0 : (int)((((long)length * HopsPerSecond) + sampleRate - 1) / sampleRate);

    /// <summary>The sample with which a hop begins; exact without drift at rates that 200 does not divide.</summary>
    public static long HopStart(long hop, int sampleRate) => hop * sampleRate / HopsPerSecond;

    /// <summary>Measures every hop.</summary>
    /// <param name="samples">[sample]</param>
    /// <param name="sampleRate">[Hz], 1,000 to 768,000.</param>
    /// <param name="meanSquares">One per hop: mean square of the band-limited samples.</param>
    /// <param name="crossings">One per hop: how often the band-limited signal changes its sign.</param>
    /// <param name="cancellation">Looked at every 40 s of audio at the latest.</param>
    /// <exception cref="ArgumentException">An array has not <see cref="CountHops"/> places.</exception>
    public static void Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        Span<float> meanSquares,
        Span<ushort> crossings,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sampleRate, 768_000);
        int hops = CountHops(samples.Length, sampleRate);
        if (meanSquares.Length != hops || crossings.Length != hops)
        {
            throw new ArgumentException(
                $"{hops} hops need as many places, not {meanSquares.Length} and {crossings.Length}.",
                nameof(meanSquares));
        }

        int warmUp = sampleRate / WarmUpsPerSecond;
        float[] rented = ArrayPool<float>.Shared.Rent(SpeechBandFilter.Lanes * warmUp);
        Span<float> past = rented.AsSpan(0, SpeechBandFilter.Lanes * warmUp);
        var filter = new SpeechBandFilter(sampleRate);
        int done = MeasureSideBySide(samples, sampleRate, filter, past, meanSquares, crossings, cancellation);
        MeasureRest(samples, sampleRate, filter, past[..warmUp], done, meanSquares, crossings);
        ArrayPool<float>.Shared.Return(rented);
    }

    // Eight stretches at a time, as long as there are eight periods; returns the hops that are done.
    private static int MeasureSideBySide(
        ReadOnlySpan<float> samples,
        int sampleRate,
        SpeechBandFilter filter,
        Span<float> past,
        Span<float> meanSquares,
        Span<ushort> crossings,
        CancellationToken cancellation)
    {
        const int lanes = SpeechBandFilter.Lanes;
        int warmUp = past.Length / lanes, hops = meanSquares.Length;
        Span<double> energies = stackalloc double[lanes];
        Span<long> changes = stackalloc long[lanes];

        // Eight stretches run in step, so their hops must have equal lengths: the stretches begin a whole number of
        // periods apart, a period being the least number of hops that is a whole number of samples (1 at 32 and 48 kHz,
        // 2 at 44.1 kHz).
        int period = HopsPerSecond / Integers.GreatestCommonDivisor(sampleRate, HopsPerSecond);
        int complete = HopStart(hops, sampleRate) <= samples.Length ? hops : hops - 1;
        int done = 0;
        while (complete - done >= lanes * period)
        {
            cancellation.ThrowIfCancellationRequested();
            int lane = Math.Min(Math.Max(MaxLaneHops / period, 1), (complete - done) / (lanes * period)) * period;
            for (int l = 0; l < lanes; l++)
            {
                PaddedStretch.Copy(
                    samples,
                    HopStart(done + (l * lane), sampleRate) - warmUp,
                    past.Slice(l * warmUp, warmUp));
            }

            filter.Reset();
            filter.Run(past, 0, warmUp, warmUp, energies, changes);
            int stride = (int)(HopStart(done + lane, sampleRate) - HopStart(done, sampleRate));
            for (int hop = done; hop < done + lane; hop++)
            {
                int from = (int)HopStart(hop, sampleRate), length = (int)HopStart(hop + 1L, sampleRate) - from;
                filter.Run(samples, from, stride, length, energies, changes);
                for (int l = 0; l < lanes; l++)
                {
                    meanSquares[hop + (l * lane)] = (float)(energies[l] / length);
                    crossings[hop + (l * lane)] = (ushort)changes[l];
                }
            }

            done += lanes * lane;
        }

        return done;
    }

    // All lanes do the same and one counts.
    private static void MeasureRest(
        ReadOnlySpan<float> samples,
        int sampleRate,
        SpeechBandFilter filter,
        Span<float> past,
        int done,
        Span<float> meanSquares,
        Span<ushort> crossings)
    {
        Span<double> energies = stackalloc double[SpeechBandFilter.Lanes];
        Span<long> changes = stackalloc long[SpeechBandFilter.Lanes];
        int hops = meanSquares.Length;
        if (done < hops)
        {
            PaddedStretch.Copy(samples, HopStart(done, sampleRate) - past.Length, past);
            filter.Reset();
            filter.Run(past, 0, 0, past.Length, energies, changes);
        }

        for (; done < hops; done++)
        {
            int from = (int)HopStart(done, sampleRate),
                length = (int)Math.Min(HopStart(done + 1L, sampleRate), samples.Length) - from;
            filter.Run(samples, from, 0, length, energies, changes);
            meanSquares[done] = (float)(energies[0] / length);
            crossings[done] = (ushort)changes[0];
        }
    }
}

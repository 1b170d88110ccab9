using System.Buffers;
using System.Runtime.InteropServices;

namespace VoiceClean.Dsp.Filters;

/// <summary>
/// A second-order section run over a recording forward and then backward, in place, so that the phases cancel and the
/// attenuation doubles.
/// </summary>
/// <remarks>
/// Sample by sample the recursion waits for itself. So eight stretches run at once; each starts early enough that what
/// it has not heard has decayed below <see cref="Forgotten"/>, and the first goes on from the last one before it. The
/// stretches depend on the length alone, never on the processor.
/// </remarks>
public static class ZeroPhaseFilter
{
    /// <summary>
    /// What is left of a state after the run-in of a stretch: -160 dB, less than the last bit of a float.
    /// </summary>
    private const double Forgotten = 1e-8;

    private const int Lanes = SectionLanes.Count, LongestStretch = 160_000;

    /// <summary>Filters a recording.</summary>
    /// <param name="samples">[sample] changed in place.</param>
    /// <param name="before">What is imagined before the first sample, in its order [sample].</param>
    /// <param name="after">What is imagined behind the last sample, in its order [sample]; overwritten.</param>
    /// <param name="offset">Taken off every sample first.</param>
    /// <param name="section">Of a stable filter.</param>
    /// <param name="cancellation">Checked every 40 s of audio at the latest, at 32 kHz.</param>
    public static void Run(
        Span<float> samples,
        ReadOnlySpan<float> before,
        Span<float> after,
        float offset,
        BiquadCoefficients section,
        CancellationToken cancellation = default)
    {
        int runIn = RunIn(section);
        // Whole blocks, and what is left of them in shorter stretches; those shorter than their run-in would cost more
        // than they save.
        const int whole = Lanes * LongestStretch;
        int blocks = LongestStretch < runIn ? 0 : samples.Length / whole,
            last = (samples.Length - (blocks * whole)) / Lanes / 4 * 4;
        last = last < runIn ? 0 : last;
        int rest = (blocks * whole) + (Lanes * last), pastLength = rest == 0 ? 0 : Lanes * runIn;
        float[] rented = ArrayPool<float>.Shared.Rent(pastLength);
        Span<float> pasts = rented.AsSpan(0, pastLength);

        SectionState state = default;
        Continue(before, offset, section, ref state);
        for (int block = 0; block * whole < rest; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            int stretch = block < blocks ? LongestStretch : last;
            Forward(samples, block * whole, stretch, pasts, offset, section, ref state);
        }

        Serial(samples[rest..], offset, section, ref state);
        Serial(after, offset, section, ref state);

        state = default;
        after.Reverse();
        Serial(after, 0, section, ref state);
        samples[rest..].Reverse();
        Serial(samples[rest..], 0, section, ref state);
        samples[rest..].Reverse();
        for (int block = last > 0 ? blocks : blocks - 1; block >= 0; block--)
        {
            cancellation.ThrowIfCancellationRequested();
            Backward(samples, block * whole, block < blocks ? LongestStretch : last, pasts, section, ref state);
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // The slower of the two poles decides how long the past is heard.
    private static int RunIn(BiquadCoefficients c)
    {
        double discriminant = (c.A1 * c.A1 / 4) - c.A2;
        double radius = discriminant < 0 ? Math.Sqrt(c.A2) : Math.Abs(c.A1 / 2) + Math.Sqrt(discriminant);
        return (int)Math.Min(LongestStretch, Math.Ceiling(Math.Log(Forgotten) / Math.Log(radius)) + 4) / 4 * 4;
    }

    private static void Forward(
        Span<float> samples,
        int start,
        int stretch,
        Span<float> pasts,
        float offset,
        BiquadCoefficients c,
        ref SectionState state)
    {
        int runIn = pasts.Length / Lanes;
        pasts[..runIn].Clear();        // the first lane has its state already
        for (int lane = 1; lane < Lanes; lane++)
        {
            samples.Slice(start + (lane * stretch) - runIn, runIn).CopyTo(pasts[(lane * runIn)..]);
        }

        var states = default(SectionLanes);
        states.RunForward(ref MemoryMarshal.GetReference(pasts), runIn, runIn, offset, c);
        states[0] = state;
        states.RunForward(ref MemoryMarshal.GetReference(samples[start..]), stretch, stretch, offset, c);
        state = states[Lanes - 1];
    }

    private static void Backward(
        Span<float> samples,
        int start,
        int stretch,
        Span<float> pasts,
        BiquadCoefficients c,
        ref SectionState state)
    {
        int runIn = pasts.Length / Lanes;
        pasts[((Lanes - 1) * runIn)..].Clear();        // the last lane has its state already
        for (int lane = 0; lane < Lanes - 1; lane++)
        {
            samples.Slice(start + ((lane + 1) * stretch), runIn).CopyTo(pasts[(lane * runIn)..]);
        }

        var states = default(SectionLanes);
        states.RunBackward(ref MemoryMarshal.GetReference(pasts), runIn, runIn, c);
        states[Lanes - 1] = state;
        states.RunBackward(ref MemoryMarshal.GetReference(samples[start..]), stretch, stretch, c);
        state = states[0];
    }

    // The same arithmetic for what is too short for stretches.
    private static void Serial(Span<float> samples, float offset, in BiquadCoefficients c, ref SectionState state)
    {
        (double s1, double s2, double o) = (state.S1, state.S2, offset);
        foreach (ref float sample in samples)
        {
            double x = sample - o, y = (c.B0 * x) + s1;
            s1 = ((c.B1 * x) + s2) - (c.A1 * y);
            s2 = (c.B2 * x) - (c.A2 * y);
            sample = (float)y;
        }

        state = new SectionState(Denormals.Flush(s1), Denormals.Flush(s2));
    }

    // Only the state counts.
    private static void Continue(
        ReadOnlySpan<float> samples,
        float offset,
        in BiquadCoefficients c,
        ref SectionState state)
    {
        float[] copy = samples.ToArray();
        Serial(copy, offset, c, ref state);
    }
}

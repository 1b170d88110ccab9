using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

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

    private const int Lanes = 8, LongestStretch = 160_000;

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
        // Stretches shorter than their run-in would cost more than they save.
        int stretch = Math.Min(LongestStretch, samples.Length / Lanes) / 4 * 4;
        stretch = stretch < runIn ? 0 : stretch;
        int blocks = stretch == 0 ? 0 : samples.Length / (Lanes * stretch);
        int rest = blocks * Lanes * stretch;
        float[] rented = ArrayPool<float>.Shared.Rent(blocks == 0 ? 0 : Lanes * runIn);
        Span<float> pasts = rented.AsSpan(0, blocks == 0 ? 0 : Lanes * runIn);

        State state = default;
        Continue(before, offset, section, ref state);
        for (int block = 0; block < blocks; block++)
        {
            cancellation.ThrowIfCancellationRequested();
            Forward(samples, block * Lanes * stretch, stretch, pasts, offset, section, ref state);
        }

        Serial(samples[rest..], offset, section, ref state);
        Serial(after, offset, section, ref state);

        state = default;
        after.Reverse();
        Serial(after, 0, section, ref state);
        samples[rest..].Reverse();
        Serial(samples[rest..], 0, section, ref state);
        samples[rest..].Reverse();
        for (int block = blocks - 1; block >= 0; block--)
        {
            cancellation.ThrowIfCancellationRequested();
            Backward(samples, block * Lanes * stretch, stretch, pasts, section, ref state);
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
        ref State state)
    {
        int runIn = pasts.Length / Lanes;
        pasts[..runIn].Clear();        // the first lane has its state already
        for (int lane = 1; lane < Lanes; lane++)
        {
            samples.Slice(start + (lane * stretch) - runIn, runIn).CopyTo(pasts[(lane * runIn)..]);
        }

        var states = default(LaneStates);
        RunForward(ref MemoryMarshal.GetReference(pasts), runIn, runIn, offset, c, ref states);
        states = states.With(0, state);
        RunForward(ref MemoryMarshal.GetReference(samples[start..]), stretch, stretch, offset, c, ref states);
        state = states.Get(Lanes - 1);
    }

    private static void Backward(
        Span<float> samples,
        int start,
        int stretch,
        Span<float> pasts,
        BiquadCoefficients c,
        ref State state)
    {
        int runIn = pasts.Length / Lanes;
        pasts[((Lanes - 1) * runIn)..].Clear();        // the last lane has its state already
        for (int lane = 0; lane < Lanes - 1; lane++)
        {
            samples.Slice(start + ((lane + 1) * stretch), runIn).CopyTo(pasts[(lane * runIn)..]);
        }

        var states = default(LaneStates);
        RunBackward(ref MemoryMarshal.GetReference(pasts), runIn, runIn, c, ref states);
        states = states.With(Lanes - 1, state);
        RunBackward(ref MemoryMarshal.GetReference(samples[start..]), stretch, stretch, c, ref states);
        state = states.Get(0);
    }

    // Eight stretches of `count` samples (a multiple of 4), `stride` apart, in place.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunForward(
        ref float samples,
        nint stride,
        int count,
        float offset,
        BiquadCoefficients c,
        ref LaneStates states)
    {
        ref float others = ref Unsafe.Add(ref samples, 4 * stride);
        Vector256<double> o = Vector256.Create((double)offset),
            a1 = states.LowS1,
            a2 = states.LowS2,
            b1 = states.HighS1,
            b2 = states.HighS2;
        for (nint i = 0; i < count; i += 4)
        {
            LanePermutations.LoadTransposed4x4(
                ref Unsafe.Add(ref samples, i),
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            x0 = Step(x0 - o, ref a1, ref a2, c);
            x1 = Step(x1 - o, ref a1, ref a2, c);
            x2 = Step(x2 - o, ref a1, ref a2, c);
            x3 = Step(x3 - o, ref a1, ref a2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref samples, i), stride);
            LanePermutations.LoadTransposed4x4(ref Unsafe.Add(ref others, i), stride, out x0, out x1, out x2, out x3);
            x0 = Step(x0 - o, ref b1, ref b2, c);
            x1 = Step(x1 - o, ref b1, ref b2, c);
            x2 = Step(x2 - o, ref b1, ref b2, c);
            x3 = Step(x3 - o, ref b1, ref b2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref others, i), stride);
        }

        states = new LaneStates(Denormals.Flush(a1), Denormals.Flush(a2), Denormals.Flush(b1), Denormals.Flush(b2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunBackward(
        ref float samples,
        nint stride,
        int count,
        BiquadCoefficients c,
        ref LaneStates states)
    {
        ref float others = ref Unsafe.Add(ref samples, 4 * stride);
        Vector256<double> a1 = states.LowS1, a2 = states.LowS2, b1 = states.HighS1, b2 = states.HighS2;
        for (nint i = count - 4; i >= 0; i -= 4)
        {
            LanePermutations.LoadTransposed4x4(
                ref Unsafe.Add(ref samples, i),
                stride,
                out Vector256<double> x0,
                out Vector256<double> x1,
                out Vector256<double> x2,
                out Vector256<double> x3);
            x3 = Step(x3, ref a1, ref a2, c);
            x2 = Step(x2, ref a1, ref a2, c);
            x1 = Step(x1, ref a1, ref a2, c);
            x0 = Step(x0, ref a1, ref a2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref samples, i), stride);
            LanePermutations.LoadTransposed4x4(ref Unsafe.Add(ref others, i), stride, out x0, out x1, out x2, out x3);
            x3 = Step(x3, ref b1, ref b2, c);
            x2 = Step(x2, ref b1, ref b2, c);
            x1 = Step(x1, ref b1, ref b2, c);
            x0 = Step(x0, ref b1, ref b2, c);
            LanePermutations.StoreTransposed4x4(x0, x1, x2, x3, ref Unsafe.Add(ref others, i), stride);
        }

        states = new LaneStates(Denormals.Flush(a1), Denormals.Flush(a2), Denormals.Flush(b1), Denormals.Flush(b2));
    }

    // Transposed direct form II; what does not wait for y is added first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Step(
        Vector256<double> x,
        ref Vector256<double> s1,
        ref Vector256<double> s2,
        in BiquadCoefficients c)
    {
        Vector256<double> y = Vector256.FusedMultiplyAdd(Vector256.Create(c.B0), x, s1);
        s1 = Vector256.FusedMultiplyAdd(
            Vector256.Create(-c.A1),
            y,
            Vector256.FusedMultiplyAdd(Vector256.Create(c.B1), x, s2));
        s2 = Vector256.FusedMultiplyAdd(Vector256.Create(-c.A2), y, Vector256.Create(c.B2) * x);
        return y;
    }

    // The same arithmetic for what is too short for stretches.
    private static void Serial(Span<float> samples, float offset, in BiquadCoefficients c, ref State state)
    {
        (double s1, double s2, double o) = (state.S1, state.S2, offset);
        foreach (ref float sample in samples)
        {
            double x = sample - o, y = (c.B0 * x) + s1;
            s1 = ((c.B1 * x) + s2) - (c.A1 * y);
            s2 = (c.B2 * x) - (c.A2 * y);
            sample = (float)y;
        }

        state = new State(Denormals.Flush(s1), Denormals.Flush(s2));
    }

    // Only the state counts.
    private static void Continue(ReadOnlySpan<float> samples, float offset, in BiquadCoefficients c, ref State state)
    {
        float[] copy = samples.ToArray();
        Serial(copy, offset, c, ref state);
    }

    private readonly record struct State(double S1, double S2);

    private readonly record struct LaneStates(
        Vector256<double> LowS1,
        Vector256<double> LowS2,
        Vector256<double> HighS1,
        Vector256<double> HighS2)
    {
        public State Get(int lane) =>
            lane < 4 ? new State(LowS1[lane], LowS2[lane]) : new State(HighS1[lane - 4], HighS2[lane - 4]);

        public LaneStates With(int lane, State state) =>
            lane < 4
                ? new LaneStates(LowS1.WithElement(lane, state.S1), LowS2.WithElement(lane, state.S2), HighS1, HighS2)
                : new LaneStates(
                    LowS1,
                    LowS2,
                    HighS1.WithElement(lane - 4, state.S1),
                    HighS2.WithElement(lane - 4, state.S2));
    }
}

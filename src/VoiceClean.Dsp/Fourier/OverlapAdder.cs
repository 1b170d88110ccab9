using System.Runtime.Intrinsics;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// Puts changed frames together again, in order. Each added frame finishes one hop of samples; it may be written over
/// the samples that were analysed, because no later frame reads them. Not shared between threads.
/// </summary>
public sealed class OverlapAdder
{
    private readonly ShortTimeFourier _plan;
    private readonly float[] _sum;          // the frames so far from the start of the next hop on [frame length]
    private readonly float[] _frame;        // one synthesised frame [frame length]
    private readonly float[] _finished;     // the hop that no later frame changes [hop]
    private readonly int _frameCount, _firstFrame;

    internal OverlapAdder(ShortTimeFourier plan, int frameCount, int firstFrame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstFrame);
        _plan = plan;
        _frameCount = frameCount;
        _firstFrame = firstFrame;
        NextFrame = firstFrame;
        _sum = new float[plan.FrameLength];
        _frame = new float[plan.FrameLength];
        _finished = new float[plan.HopLength];
    }

    /// <summary>Number of the frame that comes next.</summary>
    public int NextFrame { get; private set; }

    /// <summary>Adds the next frame and writes the samples it finishes; after the last frame all that remain.</summary>
    /// <param name="re">BinCount real parts.</param>
    /// <param name="im">BinCount imaginary parts.</param>
    /// <param name="samples">The whole clip; only finished samples are written.</param>
    /// <exception cref="InvalidOperationException">All frames of the clip have been added.</exception>
    public void Add(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> samples) => Add(re, im, samples, 0);

    /// <summary>The same into a stretch of the clip; samples beyond it are not written.</summary>
    /// <param name="re">BinCount real parts.</param>
    /// <param name="im">BinCount imaginary parts.</param>
    /// <param name="samples">The stretch.</param>
    /// <param name="origin">Its first sample; may lie before the clip.</param>
    internal void Add(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> samples, long origin)
    {
        if (NextFrame >= _frameCount)
        {
            throw new InvalidOperationException($"The clip has only {_frameCount} frames.");
        }

        _plan.Transform.Inverse(re, im, _frame);
        AddAndMoveOn(_frame, _plan.Window, _sum, _finished);
        Finish(NextFrame++, samples, origin);
        if (NextFrame == _frameCount)
        {
            _frame.AsSpan().Clear();
            for (int t = _frameCount; t < _frameCount + (_plan.FrameLength / _plan.HopLength) - 1; t++)
            {
                AddAndMoveOn(_frame, _plan.Window, _sum, _finished);
                Finish(t, samples, origin);
            }
        }
    }

    // Gives out the hop that begins with frame t.
    private void Finish(int t, Span<float> samples, long origin)
    {
        int hop = _plan.HopLength, overlap = _plan.FrameLength / hop;
        if (_firstFrame == 0 || t - overlap + 1 >= _firstFrame)
        {
            int youngest = Math.Max(0, t - _frameCount + 1), count = Math.Min(overlap, t + 1);
            float[] gain = youngest == 0 && count == overlap ? _plan.SteadyGain : _plan.MakeGain(youngest, count);
            long start = _plan.FrameStart(t) - origin;
            int from = (int)Math.Clamp(-start, 0, hop), to = (int)Math.Clamp(samples.Length - start, 0, hop);
            if (to > from)
            {
                ShortTimeFourier.Multiply(
                    _finished.AsSpan(from, to - from),
                    gain.AsSpan(from, to - from),
                    samples.Slice((int)(start + from), to - from));
            }
        }
    }

    // sum += frame·window, of which the first hop is finished, and the rest moves to the beginning; all in one pass.
    private static unsafe void AddAndMoveOn(
        ReadOnlySpan<float> frame,
        ReadOnlySpan<float> window,
        Span<float> sum,
        Span<float> finished)
    {
        int length = sum.Length, hop = finished.Length;
        if (hop % Vector256<float>.Count != 0)
        {
            for (int i = 0; i < length; i++)
            {
                sum[i] += frame[i] * window[i];
            }

            sum[..hop].CopyTo(finished);
            sum[hop..].CopyTo(sum);
            sum[(length - hop)..].Clear();
            return;
        }

        fixed (float* x = frame, w = window, s = sum, f = finished)
        {
            nint i = 0;
            for (; i < hop; i += 8)
            {
                (Vector256.Load(s + i) + (Vector256.Load(x + i) * Vector256.Load(w + i))).Store(f + i);
            }

            for (; i < length; i += 8)
            {
                (Vector256.Load(s + i) + (Vector256.Load(x + i) * Vector256.Load(w + i))).Store(s + i - hop);
            }
        }

        sum[(length - hop)..].Clear();
    }
}

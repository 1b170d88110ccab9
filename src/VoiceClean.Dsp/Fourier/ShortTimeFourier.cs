using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// The framing of a whole clip for the short-time Fourier transform: frame t covers samples t·hop - lead … + frame
/// length, with zeros outside the clip. Immutable and safe to share; works frame by frame, so memory does not grow with
/// the clip.
/// </summary>
/// <remarks>
/// Synthesis is the weighted overlap-add of Griffin and Lim (1984): windowed once more and divided by the sum of the
/// squared windows that really fell on each sample, so that an unchanged spectrum gives the samples back up to
/// rounding, the ends included.
/// </remarks>
public sealed class ShortTimeFourier
{
    // The memo of a pure function: two or three framings serve a whole batch.
    private const int MaxKnown = 16;
    private static readonly ConcurrentDictionary<(int FrameLength, int HopLength), ShortTimeFourier> s_sqrtHann = new();

    private readonly float[] _window;
    private readonly RealFft _fft;

    /// <summary>Plans a framing.</summary>
    /// <param name="window">Window for analysis and synthesis; its length is that of a frame, a power of two from
    /// 32.</param>
    /// <param name="hopLength">Step from frame to frame [sample], a divisor of the frame length.</param>
    /// <param name="leadPadding">Zeros before the clip [sample].</param>
    /// <param name="trailPadding">Zeros after the clip [sample].</param>
    public ShortTimeFourier(ReadOnlySpan<float> window, int hopLength, int leadPadding, int trailPadding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hopLength, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(leadPadding);
        ArgumentOutOfRangeException.ThrowIfNegative(trailPadding);
        if (window.Length % hopLength != 0)
        {
            throw new ArgumentException(
                $"The hop of {hopLength} samples does not divide the frame of {window.Length}.",
                nameof(hopLength));
        }

        _fft = RealFft.For(window.Length);
        _window = window.ToArray();
        HopLength = hopLength;
        LeadPadding = leadPadding;
        TrailPadding = trailPadding;
        SteadyGain = MakeGain(0, window.Length / hopLength);
    }

    /// <summary>Length of a frame [sample].</summary>
    public int FrameLength => _window.Length;

    /// <summary>Step from frame to frame [sample].</summary>
    public int HopLength { get; }

    /// <summary>Zeros before the clip [sample].</summary>
    public int LeadPadding { get; }

    /// <summary>Zeros after the clip [sample].</summary>
    public int TrailPadding { get; }

    /// <summary>Bins per frame, FrameLength/2 + 1.</summary>
    public int BinCount => _fft.BinCount;

    /// <summary>The window.</summary>
    public ReadOnlySpan<float> Window => _window;

    /// <summary>The transform of a frame.</summary>
    internal RealFft Transform => _fft;

    /// <summary>1/Σw² per sample of a hop where all frames are there [hop].</summary>
    internal float[] SteadyGain { get; }

    /// <summary>
    /// √Hann (periodic) with a whole frame of zeros at either end, so that every sample lies in FrameLength/hop frames;
    /// the framing of the spectral gate.
    /// </summary>
    public static ShortTimeFourier SqrtHann(int frameLength, int hopLength)
    {
        if (s_sqrtHann.TryGetValue((frameLength, hopLength), out ShortTimeFourier? known))
        {
            return known;
        }

        var made = new ShortTimeFourier(Windows.PeriodicSqrtHann(frameLength), hopLength, frameLength, frameLength);
        return s_sqrtHann.Count < MaxKnown ? s_sqrtHann.GetOrAdd((frameLength, hopLength), made) : made;
    }

    /// <summary>
    /// The framing of scipy.signal.stft with its defaults and padded=False: periodic Hann, half a frame of zeros at
    /// either end, no incomplete last frame. Spectra are not divided by Σw.
    /// </summary>
    public static ShortTimeFourier Scipy(int frameLength, int hopLength) =>
        new(Windows.PeriodicHann(frameLength), hopLength, frameLength / 2, frameLength / 2);

    /// <summary>
    /// Frames of a clip of <paramref name="sampleCount"/> samples; 0 if the padded clip is shorter than a frame.
    /// </summary>
    public int FrameCount(int sampleCount)
    {
        long beyondFirst = (long)LeadPadding + sampleCount + TrailPadding - FrameLength;
        return beyondFirst < 0 ? 0 : checked((int)((beyondFirst / HopLength) + 1));
    }

    /// <summary>First sample of a frame in the clip [sample]; negative in the padding.</summary>
    public long FrameStart(int frame) => ((long)frame * HopLength) - LeadPadding;

    /// <summary>Windows frame <paramref name="frame"/> of the clip and transforms it.</summary>
    /// <param name="samples">The whole clip (only the frame's samples are read).</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <param name="re">Receives BinCount real parts.</param>
    /// <param name="im">Receives BinCount imaginary parts.</param>
    [SkipLocalsInit]
    public void Analyze(ReadOnlySpan<float> samples, int frame, Span<float> re, Span<float> im)
    {
        int n = FrameLength;
        long start = FrameStart(frame);
        if (start >= 0 && start + n <= samples.Length)
        {
            _fft.Forward(samples.Slice((int)start, n), _window, re, im);
            return;
        }

        Span<float> time = n <= 4096 ? stackalloc float[n] : new float[n];
        PaddedStretch.Copy(samples, start, time);
        _fft.Forward(time, _window, re, im);
    }

    /// <summary>
    /// Transforms a spectrum back and windows it: what a frame adds to the result before normalisation.
    /// </summary>
    /// <param name="re">BinCount real parts.</param>
    /// <param name="im">BinCount imaginary parts.</param>
    /// <param name="time">Receives FrameLength samples.</param>
    public void SynthesizeFrame(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> time)
    {
        _fft.Inverse(re, im, time);
        Multiply(time, _window, time);
    }

    /// <summary>Starts putting the frames of one clip together again.</summary>
    /// <param name="sampleCount">Length of the clip [sample].</param>
    public OverlapAdder CreateOverlapAdder(int sampleCount) => new(this, FrameCount(sampleCount), 0);

    /// <summary>
    /// Starts in the middle: frames are added from <paramref name="firstFrame"/> on, and the first samples given out
    /// are those whose first frame it is plus FrameLength - hop (those before lack frames). Blocks that overlap by
    /// FrameLength/hop - 1 frames give the same bits as one run.
    /// </summary>
    /// <param name="sampleCount">Length of the clip [sample].</param>
    /// <param name="firstFrame">Number of the first frame that will be added.</param>
    public OverlapAdder CreateOverlapAdder(int sampleCount, int firstFrame) =>
        new(this, FrameCount(sampleCount), firstFrame);

    /// <summary>
    /// 1/Σw² [hop] at the hop that begins with frame t, where of the frames t, t-1 … only numbers <paramref
    /// name="youngest"/> to <paramref name="count"/> - 1 exist.
    /// </summary>
    internal float[] MakeGain(int youngest, int count)
    {
        float[] gain = new float[HopLength];
        for (int i = 0; i < HopLength; i++)
        {
            double sum = 0;
            for (int j = youngest; j < count; j++)
            {
                double w = _window[i + (j * HopLength)];
                sum += w * w;
            }

            // scipy.signal.istft: where (almost) no window fell, nothing is divided.
            gain[i] = sum > 1e-10 ? (float)(1 / sum) : 1;
        }

        return gain;
    }

    /// <summary>product = a·b, sample by sample; the three have one length.</summary>
    internal static unsafe void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> product)
    {
        int count = product.Length;
        a = a[..count];
        b = b[..count];
        fixed (float* x = a, y = b, z = product)
        {
            nint i = 0;
            for (; i <= count - 8; i += 8)
            {
                (Vector256.Load(x + i) * Vector256.Load(y + i)).Store(z + i);
            }

            for (; i < count; i++)
            {
                z[i] = x[i] * y[i];
            }
        }
    }
}

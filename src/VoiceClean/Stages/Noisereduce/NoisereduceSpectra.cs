using System.Buffers;
using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Fourier;

namespace VoiceClean.Stages.Noisereduce;

/// <summary>
/// The spectra of one chunk after scipy.signal.stft with periodic Hann, N = 1024, hop 256, padded=False: half a frame
/// of zeros at either end, no incomplete last frame, divided by Σw. Rented memory, given back by <see cref="Dispose"/>.
/// </summary>
internal sealed class NoisereduceSpectra : IDisposable
{
    public const int FrameLength = 1024, Hop = 256, Bins = 513;

    /// <summary>Doubles per frame: the bins and room for whole vectors.</summary>
    public const int Stride = 520;

    private static readonly DoubleFft s_fft = new(FrameLength);
    private static readonly double[] s_window = Windows.PreciseHann(FrameLength);
    private readonly double[] _time = new double[FrameLength];
    private readonly double[] _scratch = new double[s_fft.ScratchLength];
    private double[] _re = [], _im = [];

    /// <summary>Frames of the chunk.</summary>
    public int Frames { get; private set; }

    /// <summary>Real parts of frame t.</summary>
    public Span<double> Re(int t) => _re.AsSpan(t * Stride, Bins);

    /// <summary>Imaginary parts of frame t.</summary>
    public Span<double> Im(int t) => _im.AsSpan(t * Stride, Bins);

    /// <summary>Analyses a chunk.</summary>
    public void Analyze(ReadOnlySpan<double> chunk, CancellationToken cancellation)
    {
        Frames = (chunk.Length / Hop) + 1;
        Reserve(ref _re, Frames * Stride);
        Reserve(ref _im, Frames * Stride);
        for (int t = 0; t < Frames; t++)
        {
            if (t % 125 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            int start = (t * Hop) - (FrameLength / 2),
                from = Math.Max(0, start),
                to = Math.Min(chunk.Length, start + FrameLength);
            _time.AsSpan().Clear();
            for (int n = from; n < to; n++)
            {
                _time[n - start] = chunk[n] * s_window[n - start] * (1.0 / 512);    // Σw = 512
            }

            s_fft.Forward(_time, Re(t), Im(t), _scratch);
        }
    }

    /// <summary>
    /// The inverse (scipy.signal.istft): windowed, added up, divided by the sum of w² that fell on each sample. The
    /// last incomplete hop of the chunk stays zero.
    /// </summary>
    public void Synthesize(Span<double> chunk)
    {
        chunk.Clear();
        int length = Math.Min(chunk.Length, (Frames - 1) * Hop);
        for (int t = 0; t < Frames; t++)
        {
            s_fft.Inverse(Re(t), Im(t), _time, _scratch);
            int start = (t * Hop) - (FrameLength / 2),
                from = Math.Max(0, start),
                to = Math.Min(length, start + FrameLength);
            for (int n = from; n < to; n++)
            {
                chunk[n] += _time[n - start] * s_window[n - start] * 512;
            }
        }

        for (int n = 0; n < length; n++)
        {
            double sum = 0;
            int padded = n + (FrameLength / 2);
            for (int t = Math.Max(0, ((padded - FrameLength) / Hop) + 1); t <= Math.Min(Frames - 1, padded / Hop); t++)
            {
                double w = s_window[padded - (t * Hop)];
                sum += w * w;
            }

            chunk[n] = sum > 1e-10 ? chunk[n] / sum : chunk[n];
        }
    }

    /// <summary>Multiplies every cell by a gain [frame·Stride + bin].</summary>
    public void Apply(ReadOnlySpan<double> gain)
    {
        for (int i = 0; i <= (Frames * Stride) - 4; i += 4)
        {
            Vector256<double> g = Vector256.Create(gain.Slice(i, 4));
            (Vector256.Create(_re.AsSpan(i, 4)) * g).CopyTo(_re.AsSpan(i, 4));
            (Vector256.Create(_im.AsSpan(i, 4)) * g).CopyTo(_im.AsSpan(i, 4));
        }
    }

    public void Dispose()
    {
        Reserve(ref _re, 0);
        Reserve(ref _im, 0);
    }

    /// <summary>Makes a rented array large enough; 0 gives it back.</summary>
    internal static void Reserve(ref double[] array, int length)
    {
        if (array.Length < length || length == 0)
        {
            if (array.Length > 0)
            {
                ArrayPool<double>.Shared.Return(array);
            }

            array = length == 0 ? [] : ArrayPool<double>.Shared.Rent(length);
            array.AsSpan().Clear();
        }
    }
}

namespace VoiceClean.Dsp.Fourier;

/// <summary>
/// The power spectrum of a signal, averaged over frames under a periodic Hann window (Welch, "The use of fast Fourier
/// transform for the estimation of power spectra", IEEE Trans. AU 15, 1967). The caller chooses which frames count and
/// how they overlap. Not shared between threads.
/// </summary>
public sealed class MeanSpectrum
{
    private readonly RealFft _fft;
    private readonly float[] _window, _time, _re, _im;
    private readonly double[] _sum;

    /// <summary>Prepares for frames as long as the transform.</summary>
    /// <param name="frameLength">[sample] a power of two from 32.</param>
    public MeanSpectrum(int frameLength)
        : this(frameLength, frameLength)
    {
    }

    /// <summary>Prepares for frames that are filled up with zeros.</summary>
    /// <param name="frameLength">[sample] 1 to the length of the transform.</param>
    /// <param name="transformLength">[sample] a power of two from 32.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length lies outside its range.</exception>
    public MeanSpectrum(int frameLength, int transformLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frameLength, transformLength);
        _fft = RealFft.For(transformLength);
        _window = Windows.Shared(frameLength);
        _time = frameLength == transformLength ? [] : new float[transformLength];
        (_re, _im) = (new float[_fft.BinCount], new float[_fft.BinCount]);
        _sum = new double[_fft.BinCount];
    }

    /// <summary>Frames added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Σ|X|² over the frames, added in double [bin, half the length of the transform + 1].</summary>
    public ReadOnlySpan<double> Sum => _sum;

    /// <summary>Adds a frame.</summary>
    /// <param name="frame">[sample] of the length stated.</param>
    /// <exception cref="ArgumentException">The frame has another length.</exception>
    public void Add(ReadOnlySpan<float> frame)
    {
        if (frame.Length != _window.Length)
        {
            throw new ArgumentException($"The frame has {frame.Length} samples, not {_window.Length}.", nameof(frame));
        }

        if (frame.Length == _fft.Length)
        {
            _fft.Forward(frame, _window, _re, _im);
        }
        else
        {
            ShortTimeFourier.Multiply(frame, _window, _time.AsSpan(0, frame.Length));
            _fft.Forward(_time, _re, _im);
        }

        PowerSpectrum.Compute(_re, _im, _re);       // in its place: of long transforms each array is many pages
        PowerSpectrum.Accumulate(_re, _sum);
        Count++;
    }
}

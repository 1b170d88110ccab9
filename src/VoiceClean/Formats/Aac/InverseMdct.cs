namespace VoiceClean.Formats.Aac;

/// <summary>
/// The inverse modified discrete cosine transform of ISO/IEC 14496-3 §4.6.11.3 through a DCT-IV and a complex Fourier
/// transform of a quarter of its length.
/// </summary>
internal sealed class InverseMdct
{
    private readonly int _half;                // coefficients
    private readonly ComplexFft _fft;
    private readonly float[] _cosines, _sines, _re, _im;

    /// <param name="coefficients">Half of the window's length: 1024 or 128.</param>
    /// <param name="scale">Factor on the result, beside the 2/N of the standard.</param>
    public InverseMdct(int coefficients, double scale)
    {
        _half = coefficients;
        int quarter = coefficients / 2;
        _fft = new ComplexFft(quarter);
        _re = new float[quarter];
        _im = new float[quarter];
        _cosines = new float[quarter];
        _sines = new float[quarter];
        double root = Math.Sqrt(scale / coefficients);      // once before and once behind the transform
        for (int k = 0; k < quarter; k++)
        {
            double angle = -Math.PI * (8 * k + 1) / (8.0 * coefficients);
            _cosines[k] = (float)(root * Math.Cos(angle));
            _sines[k] = (float)(root * Math.Sin(angle));
        }
    }

    /// <summary>Transforms.</summary>
    /// <param name="spectrum">Coefficients.</param>
    /// <param name="time">Receives twice as many samples, not windowed.</param>
    public void Transform(ReadOnlySpan<float> spectrum, Span<float> time)
    {
        int quarter = _half / 2;
        Span<float> re = _re, im = _im;
        for (int k = 0; k < quarter; k++)
        {
            float a = spectrum[2 * k], b = spectrum[_half - 1 - 2 * k], c = _cosines[k], s = _sines[k];
            re[k] = a * c - b * s;
            im[k] = a * s + b * c;
        }

        _fft.Transform(re, im);

        // The DCT-IV u has u(2n) and u(half − 1 − 2n) in the parts of value n; the window shows it from its middle on,
        // and mirrored.
        Span<float> middle = time.Slice(quarter, _half);
        for (int n = 0; n < quarter; n++)
        {
            float c = _cosines[n], s = _sines[n];
            float even = re[n] * c - im[n] * s, odd = -(re[n] * s + im[n] * c);
            middle[_half - 1 - 2 * n] = -even;             // for now all of −u, backwards
            middle[2 * n] = -odd;
        }

        // time: u(quarter …), −u backwards from the end, −u(0 … quarter).
        for (int n = 0; n < quarter; n++)
        {
            time[n] = -middle[quarter - 1 - n];
            time[_half + quarter + n] = middle[_half - 1 - n];
        }
    }
}

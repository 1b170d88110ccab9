using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Reporting.Pictures;

/// <summary>
/// The spectra behind the columns of a picture: of each column the most power in each line among some frames spread
/// over it, so that what is short is not lost. Not thread-safe.
/// </summary>
internal sealed class ColumnSpectra
{
    /// <summary>[sample]</summary>
    public const int FrameLength = 1024;

    private const int MostFramesOfColumn = 8;

    private readonly RealFft _fft = RealFft.For(FrameLength);
    private readonly float[] _frame = new float[FrameLength], _re, _im, _power, _most;

    /// <summary>Makes the work space.</summary>
    public ColumnSpectra()
    {
        int bins = _fft.BinCount;
        (_re, _im, _power, _most) = (new float[bins], new float[bins], new float[bins], new float[bins]);
    }

    /// <summary>What is added to 10·log10 of the power: a sine of full scale then reads 0 dB, because its line holds
    /// (N/4)² of power under this window.</summary>
    public static double ScaleDb => -20 * Math.Log10(FrameLength / 4.0);

    /// <summary>The spectrum of a column.</summary>
    /// <param name="samples">Mono, full scale ±1; silence before and after.</param>
    /// <param name="from">Where the column begins [sample].</param>
    /// <param name="step">How long it is [sample].</param>
    /// <returns>|X|² of each line, from 0 Hz to half the rate [FrameLength/2 + 1]; valid until the next call.</returns>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> samples, double from, double step)
    {
        Array.Clear(_most);
        ReadOnlySpan<float> window = Windows.SharedPeriodicHann(FrameLength);
        int frames = Math.Clamp((int)Math.Ceiling(step / (FrameLength / 2)), 1, MostFramesOfColumn);
        for (int f = 0; f < frames; f++)
        {
            int centre = (int)(from + (step * (f + 0.5) / frames));
            PaddedStretch.Copy(samples, centre - (FrameLength / 2), _frame);
            _fft.Forward(_frame, window, _re, _im);
            PowerSpectrum.Compute(_re, _im, _power);
            for (int k = 0; k < _most.Length; k++)
            {
                _most[k] = Math.Max(_most[k], _power[k]);
            }
        }

        return _most;
    }
}

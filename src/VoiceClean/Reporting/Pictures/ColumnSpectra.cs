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
    /// <param name="read">Reads the recording.</param>
    /// <param name="from">Where the column begins [sample].</param>
    /// <param name="step">How long it is [sample].</param>
    /// <returns>|X|² of each line, from 0 Hz to half the rate [FrameLength/2 + 1]; valid until the next call.</returns>
    public ReadOnlySpan<float> Of(SampleReader read, double from, double step)
    {
        Array.Clear(_most);
        int frames = FramesOf(step);
        for (int f = 0; f < frames; f++)
        {
            read(StartOf(f, frames, from, step), _frame);
            TakeFrame();
        }

        return _most;
    }

    /// <summary>The spectrum of a column of samples that are there.</summary>
    /// <param name="samples">Mono, full scale ±1; silence before and after.</param>
    /// <param name="from">Where the column begins [sample].</param>
    /// <param name="step">How long it is [sample].</param>
    /// <returns>As of the other.</returns>
    public ReadOnlySpan<float> Of(ReadOnlySpan<float> samples, double from, double step)
    {
        Array.Clear(_most);
        int frames = FramesOf(step);
        for (int f = 0; f < frames; f++)
        {
            PaddedStretch.Copy(samples, StartOf(f, frames, from, step), _frame);
            TakeFrame();
        }

        return _most;
    }

    private static int FramesOf(double step) =>
        Math.Clamp((int)Math.Ceiling(step / (FrameLength / 2)), 1, MostFramesOfColumn);

    private static int StartOf(int frame, int frames, double from, double step) =>
        (int)(from + (step * (frame + 0.5) / frames)) - (FrameLength / 2);

    private void TakeFrame()
    {
        _fft.Forward(_frame, Windows.SharedPeriodicHann(FrameLength), _re, _im);
        PowerSpectrum.Compute(_re, _im, _power);
        for (int k = 0; k < _most.Length; k++)
        {
            _most[k] = Math.Max(_most[k], _power[k]);
        }
    }
}

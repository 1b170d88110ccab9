using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;

namespace VoiceClean.Reporting.Pictures;

/// <summary>
/// The spectra behind the columns of a picture: of each column the most power in each line among some frames spread
/// over it, so that what is short is not lost. Not thread-safe.
/// </summary>
internal sealed class ColumnSpectra
{
    /// <summary>The usual length of a frame [sample].</summary>
    public const int UsualFrameLength = 1024;

    // Of the usual length; shorter ones are more, so that as much of a column is looked at in about the same time.
    private const int MostFramesOfColumn = 8;

    private readonly int _frameLength;
    private readonly RealFft _fft;
    private readonly float[] _frame, _re, _im, _power, _most;

    /// <summary>Makes the work space.</summary>
    /// <param name="frameLength">Of a frame [sample], a power of two from 256 to 4096: short ones are sharp in time,
    /// long ones in frequency.</param>
    public ColumnSpectra(int frameLength = UsualFrameLength)
    {
        _frameLength = frameLength;
        _fft = RealFft.For(frameLength);
        _frame = new float[frameLength];
        int bins = _fft.BinCount;
        (_re, _im, _power, _most) = (new float[bins], new float[bins], new float[bins], new float[bins]);
    }

    /// <summary>What is added to 10·log10 of the power: a sine of full scale then reads 0 dB, because its line holds
    /// (N/4)² of power under this window.</summary>
    public double ScaleDb => -20 * Math.Log10(_frameLength / 4.0);

    /// <summary>The spectrum of a column.</summary>
    /// <param name="read">Reads the recording.</param>
    /// <param name="from">Where the column begins [sample].</param>
    /// <param name="step">How long it is [sample].</param>
    /// <returns>|X|² of each line, from 0 Hz to half the rate [frame length / 2 + 1]; valid until the next
    /// call.</returns>
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

    private int FramesOf(double step) => Math.Clamp(
        (int)Math.Ceiling(step / (_frameLength / 2)),
        1,
        MostFramesOfColumn * UsualFrameLength / _frameLength);

    private int StartOf(int frame, int frames, double from, double step) =>
        (int)(from + (step * (frame + 0.5) / frames)) - (_frameLength / 2);

    private void TakeFrame()
    {
        _fft.Forward(_frame, Windows.SharedPeriodicHann(_frameLength), _re, _im);
        PowerSpectrum.Compute(_re, _im, _power);
        for (int k = 0; k < _most.Length; k++)
        {
            _most[k] = Math.Max(_most[k], _power[k]);
        }
    }
}

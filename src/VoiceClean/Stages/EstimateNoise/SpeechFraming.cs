using VoiceClean.Dsp.Fourier;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// The framing that noise estimation and spectral gate share: about 32 ms with √Hann windows and a quarter of it as
/// hop, a power of two (1024/256 samples at 32 kHz), and the frequencies of its bins.
/// </summary>
internal sealed class SpeechFraming
{
    /// <summary>Plans the framing for a sampling rate.</summary>
    /// <param name="sampleRate">[Hz]</param>
    public SpeechFraming(int sampleRate)
    {
        int frame = 32;
        while (frame * 1.41421356 < 0.032 * sampleRate)
        {
            frame *= 2;
        }

        SampleRate = sampleRate;
        Stft = ShortTimeFourier.SqrtHann(frame, frame / 4);
        Stride = (Stft.BinCount + 7) & ~7;
    }

    /// <summary>[Hz]</summary>
    public int SampleRate { get; }

    /// <summary>The transform.</summary>
    public ShortTimeFourier Stft { get; }

    /// <summary>Length of a row of bins in memory: BinCount rounded up to whole groups of eight.</summary>
    public int Stride { get; }

    /// <summary>Step from frame to frame [s].</summary>
    public double HopSeconds => (double)Stft.HopLength / SampleRate;

    /// <summary>Width of a bin [Hz].</summary>
    public double BinWidthHz => (double)SampleRate / Stft.FrameLength;

    /// <summary>The bin nearest to a frequency, within the spectrum.</summary>
    public int Bin(double hertz) => (int)Math.Clamp(Math.Round(hertz / BinWidthHz), 0, Stft.BinCount - 1);

    /// <summary>A duration in whole frames, at least <paramref name="least"/>.</summary>
    public int Frames(double seconds, int least = 1) => Math.Max(least, (int)Math.Round(seconds / HopSeconds));

    /// <summary>
    /// Mean square of a sample [1 = full scale²] of a noise with this power per bin: Parseval's theorem with Σw² = half
    /// a frame.
    /// </summary>
    /// <param name="power">|X|² per bin.</param>
    public double MeanSquare(ReadOnlySpan<float> power)
    {
        double sum = 0;
        for (int k = 0; k < Stft.BinCount; k++)
        {
            sum += (k == 0 || k == Stft.BinCount - 1 ? 1 : 2) * (double)power[k];
        }

        return sum / ((double)Stft.FrameLength * Stft.FrameLength / 2);
    }

    /// <summary>The spectrum of one frame of a clip.</summary>
    /// <param name="samples">The whole clip.</param>
    /// <param name="frame">Number of the frame, from 0.</param>
    /// <param name="re">Receives the real parts [at least BinCount].</param>
    /// <param name="im">Receives the imaginary parts [at least BinCount].</param>
    public void Analyze(ReadOnlySpan<float> samples, int frame, Span<float> re, Span<float> im) =>
        Stft.Analyze(samples, frame, re[..Stft.BinCount], im[..Stft.BinCount]);

    /// <summary>Squares of a spectrum; the cells beyond the last bin become 0.</summary>
    public void Power(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> power)
    {
        int bins = Stft.BinCount;
        PowerSpectrum.Compute(re[..bins], im[..bins], power);
        power[bins..Stride].Clear();
    }
}

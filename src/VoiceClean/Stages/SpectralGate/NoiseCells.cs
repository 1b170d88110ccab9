using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Lanes;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>What <see cref="NoiseTrack"/> reads of a clip: power, level and silence of its cells.</summary>
internal static unsafe class NoiseCells
{
    // Work is divided into pieces of so many cells (8 s).
    private const int PieceCells = 256;

    /// <summary>
    /// A profile whose bins without noise of their own (above the bandwidth of the source) do not divide by nothing: 80
    /// dB below the mean is nothing.
    /// </summary>
    public static float[] Floored(ReadOnlySpan<float> power, int stride)
    {
        double sum = 0;
        foreach (float p in power)
        {
            sum += p;
        }

        float floor = (float)Math.Max(1e-8 * sum / power.Length, 1e-18);
        float[] floored = new float[stride];
        Array.Fill(floored, floor);
        for (int k = 0; k < Math.Min(stride, power.Length); k++)
        {
            floored[k] = Math.Max(power[k], floor);
        }

        return floored;
    }

    /// <summary>Which cells touch silence or reach beyond the clip.</summary>
    public static bool[] Silent(SpeechFraming framing, DigitalSilence silence, int cells)
    {
        bool[] silent = new bool[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            long start = framing.Stft.FrameStart(cell * NoiseTrack.Step);
            silent[cell] = silence.Touches(
                start,
                start + (2 * framing.Stft.HopLength) + framing.Stft.FrameLength);
        }

        return silent;
    }

    /// <summary>Mean power of frames 0 and 2 of each cell, and its level.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="samples">The clip.</param>
    /// <param name="rows">Receives the power [cells x Stride].</param>
    /// <param name="levels">Receives the mean square, 125 Hz to 12.5 kHz [cells].</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public static void Read(
        SpeechFraming framing,
        ReadOnlySpan<float> samples,
        SampleStore rows,
        float[] levels,
        int threads,
        CancellationToken cancellation)
    {
        int length = samples.Length;
        fixed (float* pinned = samples)
        {
            float* start = pinned;
            ForkJoin.For(
                threads,
                (levels.Length + PieceCells - 1) / PieceCells,
                piece => ReadPiece(framing, new ReadOnlySpan<float>(start, length), rows, levels, piece * PieceCells),
                cancellation);
        }
    }

    private static void ReadPiece(
        SpeechFraming framing,
        ReadOnlySpan<float> samples,
        SampleStore rows,
        float[] levels,
        int from)
    {
        int stride = framing.Stride,
            frames = framing.Stft.FrameCount(samples.Length),
            low = framing.Bin(125),
            high = framing.Bin(12_500);
        float[] re = new float[stride],
            im = new float[stride],
            a = new float[stride],
            b = new float[stride];
        double scale = 4 / ((double)framing.Stft.FrameLength * framing.Stft.FrameLength);
        for (int cell = from; cell < Math.Min(levels.Length, from + PieceCells); cell++)
        {
            int frame = cell * NoiseTrack.Step;
            framing.Analyze(samples, frame, re, im);
            framing.Power(re, im, a);
            if (frame + 2 < frames)
            {
                framing.Analyze(samples, frame + 2, re, im);
                framing.Power(re, im, b);
            }
            else
            {
                a.CopyTo(b, 0);
            }

            Span<float> row = rows.Span.Slice(cell * stride, stride);
            NoiseTrack.Average(a, b, row);
            levels[cell] = (float)(PowerSpectrum.Sum(row[low..high]) * scale);
        }
    }
}

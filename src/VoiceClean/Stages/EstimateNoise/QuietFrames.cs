using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// Levels of the frames of a clip and the quietest of them: the mean power of the quietest frames is the most robust
/// estimate of the noise floor when nothing is known of the clip.
/// </summary>
internal sealed class QuietFrames
{
    // Every second frame of the shared framing (16 ms apart): neighbours overlap by half and lose little.
    private const int Step = 2;
    private const double LowHz = 125, HighHz = 12_500;

    private readonly SpeechFraming _framing;
    private readonly float[] _levels;       // band level of every second frame, averaged over 80 ms [dBFS]

    /// <summary>Measures all frames of a clip.</summary>
    public QuietFrames(SpeechFraming framing, ReadOnlySpan<float> samples, CancellationToken cancellation)
    {
        _framing = framing;
        int count = framing.Stft.FrameCount(samples.Length) / Step;
        float[] raw = new float[count], re = new float[framing.Stride], im = new float[framing.Stride];
        int low = framing.Bin(LowHz), high = framing.Bin(HighHz);
        double scale = 4 / ((double)framing.Stft.FrameLength * framing.Stft.FrameLength);
        for (int i = 0; i < count; i++)
        {
            if (i % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            framing.Analyze(samples, i * Step, re, im);
            double sum = PowerSpectrum.Sum(re.AsSpan(low, high - low), im.AsSpan(low, high - low));
            raw[i] = (float)Decibels.FromPower((sum * scale) + 1e-20);
        }

        _levels = MovingMean.Compute(raw, 2);
    }

    /// <summary>
    /// Mean power of the quietest <paramref name="share"/> of the frames, at least <paramref name="least"/>. Frames
    /// that reach beyond the clip and digitally silent ones (below -90 dBFS) do not count unless there is nothing else.
    /// </summary>
    /// <returns>Power per bin [Stride], or null if fewer than <paramref name="least"/> frames can be used.</returns>
    public NoiseSpectrum? MeanPower(ReadOnlySpan<float> samples, double share, int least)
    {
        List<int> usable = Usable(samples.Length);
        if (usable.Count < least)
        {
            return null;
        }

        usable.Sort((a, b) => _levels[a] != _levels[b] ? _levels[a].CompareTo(_levels[b]) : a.CompareTo(b));
        int take = Math.Max(least, (int)(share * usable.Count));
        List<int> chosen = usable[..take];
        chosen.Sort();
        return Mean(samples, chosen.Select(i => i * Step));
    }

    /// <summary>
    /// The per-bin quantile of the usable frames' power, divided by that of an exponential distribution; for very short
    /// clips.
    /// </summary>
    public NoiseSpectrum? QuantilePower(ReadOnlySpan<float> samples, double quantile)
    {
        List<int> usable = Usable(samples.Length);
        if (usable.Count == 0)
        {
            return null;
        }

        // At most a few dozen frames: the clip is short.
        float[][] powers = new float[Math.Min(512, usable.Count)][];
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = Mean(samples, [usable[i] * Step])!.Power;
        }

        float[] result = new float[_framing.Stride], column = new float[powers.Length];
        float scale = (float)(1 / -Math.Log(1 - quantile));
        for (int k = 0; k < result.Length; k++)
        {
            for (int i = 0; i < powers.Length; i++)
            {
                column[i] = powers[i][k];
            }

            result[k] = OrderStatistics.Quantile(column.AsSpan(), quantile) * scale;
        }

        return new NoiseSpectrum(result, 0);
    }

    /// <summary>Mean power of the frames (every hop) that lie wholly within a stretch; null if none does.</summary>
    public NoiseSpectrum? MeanPower(ReadOnlySpan<float> samples, SampleRange range)
    {
        ShortTimeFourier stft = _framing.Stft;
        int first = (range.Start + stft.LeadPadding + stft.HopLength - 1) / stft.HopLength;
        int last = (range.End + stft.LeadPadding - stft.FrameLength) / stft.HopLength;
        return last < first ? null : Mean(samples, Enumerable.Range(first, last - first + 1));
    }

    private NoiseSpectrum? Mean(ReadOnlySpan<float> samples, IEnumerable<int> frames)
    {
        var sum = new NoiseSpectrum.Accumulator(_framing);
        float[] re = new float[_framing.Stride], im = new float[_framing.Stride], power = new float[_framing.Stride];
        foreach (int frame in frames)
        {
            _framing.Analyze(samples, frame, re, im);
            _framing.Power(re, im, power);
            sum.Add(power);
        }

        return sum.Finish();
    }

    private List<int> Usable(int sampleCount)
    {
        ShortTimeFourier stft = _framing.Stft;
        var inside = new List<int>();
        for (int i = 0; i < _levels.Length; i++)
        {
            long start = stft.FrameStart(i * Step);
            if (start >= 0 && start + stft.FrameLength <= sampleCount)
            {
                inside.Add(i);
            }
        }

        List<int> sounding = inside.FindAll(i => _levels[i] > -90);
        return sounding.Count > 0 ? sounding : inside;
    }
}

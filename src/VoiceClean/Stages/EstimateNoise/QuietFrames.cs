using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>
/// Levels of the frames of a clip and the quietest of them: the mean power of the quietest frames is the most robust
/// estimate of the noise floor when nothing is known of the clip.
/// </summary>
internal sealed class QuietFrames
{
    private const int Step = FrameScan.Step;

    private readonly SpeechFraming _framing;
    private readonly DigitalSilence _silence;
    private readonly List<int> _usable;     // every second frame that lies within the clip and touches no silence
    private readonly float[] _levels;       // their band level, averaged over 80 ms of them [dBFS]

    /// <summary>Takes the levels of the frames of a clip.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="scan">What a look at the clip gave.</param>
    /// <param name="silence">Its silence, which is no background.</param>
    public QuietFrames(SpeechFraming framing, FrameScan scan, DigitalSilence silence)
    {
        _framing = framing;
        _silence = silence;
        _usable = new List<int>(scan.Levels.Length);
        var raw = new List<float>(scan.Levels.Length);
        for (int i = 0; i < scan.Levels.Length; i++)
        {
            if (!float.IsNaN(scan.Levels[i]))
            {
                raw.Add(scan.Levels[i]);
                _usable.Add(i * Step);
            }
        }

        _levels = MovingMean.Compute([.. raw], 2);
    }

    /// <summary>Looks at a clip for its levels alone.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="clip">Its samples stay as they are.</param>
    /// <param name="cancellation">Checked every few seconds of audio.</param>
    public static QuietFrames Of(SpeechFraming framing, AudioClip clip, CancellationToken cancellation) =>
        new(
            framing,
            FrameScan.Of(framing, clip, forGate: false, cancellation),
            DigitalSilence.Of(clip));

    /// <summary>
    /// Mean power of the quietest <paramref name="share"/> of the frames, at least <paramref name="least"/>. Frames
    /// that touch silence or reach beyond the clip do not count.
    /// </summary>
    /// <returns>Power per bin [Stride], or null if fewer than <paramref name="least"/> frames can be used.</returns>
    public NoiseSpectrum? MeanPower(ReadOnlySpan<float> samples, double share, int least)
    {
        if (_usable.Count < least)
        {
            return null;
        }

        int take = Math.Max(least, (int)(share * _usable.Count)), below = 0;
        float most = OrderStatistics.Select(_levels.ToArray().AsSpan(), take - 1);
        foreach (float level in _levels)
        {
            below += level < most ? 1 : 0;
        }

        // of those that are as loud as the last, the first
        int equal = take - below;
        return Mean(
            samples,
            Sequence.Range(0, _usable.Count)
                .Where(i => _levels[i] < most || (_levels[i] == most && equal-- > 0))
                .Select(i => _usable[i]));
    }

    /// <summary>
    /// The per-bin quantile of the usable frames' power, divided by that of an exponential distribution; for very short
    /// clips.
    /// </summary>
    public NoiseSpectrum? QuantilePower(ReadOnlySpan<float> samples, double quantile)
    {
        if (_usable.Count == 0)
        {
            return null;
        }

        // At most a few dozen frames: the clip is short.
        float[][] powers = new float[Math.Min(512, _usable.Count)][];
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = Mean(samples, [_usable[i]])!.Power;
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

    /// <summary>
    /// Mean power of the frames (every hop) that lie wholly within a stretch and touch no silence; null if none does.
    /// </summary>
    public NoiseSpectrum? MeanPower(ReadOnlySpan<float> samples, SampleRange range)
    {
        ShortTimeFourier stft = _framing.Stft;
        int first = (range.Start + stft.LeadPadding + stft.HopLength - 1) / stft.HopLength;
        int last = (range.End + stft.LeadPadding - stft.FrameLength) / stft.HopLength;
        return last < first
            ? null
            : Mean(samples, Sequence.Range(first, last - first + 1).Where(frame => !Touches(frame)));
    }

    /// <summary>
    /// The beginning of the clip, longer by the silence that lies in it: as many sounding frames as
    /// <paramref name="length"/> samples hold.
    /// </summary>
    public SampleRange Head(int length)
    {
        ShortTimeFourier stft = _framing.Stft;
        int wanted = ((length - stft.FrameLength) / stft.HopLength) + 1, end = Math.Min(length, _silence.Length);
        int start = _silence.Stretches is [{ Start: 0 } first, ..] ? Math.Min(first.End, end) : 0;
        for (int frame = 0, found = 0; found < wanted && stft.FrameStart(frame) < _silence.Length; frame++)
        {
            found += Touches(frame) ? 0 : 1;
            end = (int)Math.Clamp(stft.FrameStart(frame) + stft.FrameLength, end, _silence.Length);
        }

        return new SampleRange(start, end);
    }

    /// <summary>
    /// Mean level of the frames of a head, and what a tenth of those of the first seconds stays below, head included
    /// [dBFS].
    /// </summary>
    /// <param name="head">Where the head ends.</param>
    /// <param name="seconds">How much is looked at; not-a-number comes back where the clip has less.</param>
    public (double HeadDb, double LowDb) HeadAndBeyondDb(SampleRange head, double seconds)
    {
        ShortTimeFourier stft = _framing.Stft;
        int inHead = _usable.FindIndex(f => stft.FrameStart(f) + stft.FrameLength > head.End),
            count = (int)(seconds / (Step * _framing.HopSeconds));
        if (inHead <= 0 || count > _levels.Length)
        {
            return (double.NaN, double.NaN);
        }

        double sum = 0;
        foreach (float level in _levels.AsSpan(0, inHead))
        {
            sum += level;
        }

        return (sum / inHead, OrderStatistics.Quantile(_levels[..count].AsSpan(), 0.1));
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

    private bool Touches(int frame)
    {
        long start = _framing.Stft.FrameStart(frame);
        return _silence.Touches(start, start + _framing.Stft.FrameLength);
    }
}

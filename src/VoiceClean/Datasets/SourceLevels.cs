using VoiceClean.Audio;
using VoiceClean.Dsp;
using VoiceClean.Inspection;

namespace VoiceClean.Datasets;

/// <summary>Levels of a recording before it is cleaned, kept as one number for each 5 ms, so that clips can be judged by what they were.</summary>
internal sealed class SourceLevels
{
    private readonly float[] _hops;
    private readonly int _sampleRate;
    private readonly double _noise;

    /// <summary>Measures a recording as decoded.</summary>
    public SourceLevels(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        _sampleRate = sampleRate;
        _hops = new float[SpeechBand.CountHops(samples.Length, sampleRate)];
        SpeechBand.Measure(samples, sampleRate, _hops, new ushort[_hops.Length], cancellation);
        NoiseDb = SpeechDetector.Detect(samples, sampleRate, cancellation: cancellation).NoiseDb;
        _noise = double.IsFinite(NoiseDb) ? Decibels.ToPower(NoiseDb) : 0;
    }

    /// <summary>Level of the background between 100 Hz and 10 kHz [dBFS].</summary>
    public double NoiseDb { get; }

    /// <summary>Level of the speech in some stretches without the background [dBFS], and its ratio to the background [dB]; +∞ over digital silence.</summary>
    /// <param name="speech">Stretches of the recording.</param>
    public (double SpeechDb, double SnrDb) Measure(IEnumerable<SampleRange> speech)
    {
        double sum = 0;
        long count = 0;
        foreach (SampleRange range in speech)
        {
            int from = (int)((long)range.Start * SpeechBand.HopsPerSecond / _sampleRate);
            int to = Math.Min(_hops.Length, (int)((long)range.End * SpeechBand.HopsPerSecond / _sampleRate) + 1);
            for (int k = from; k < to; k++)
            {
                sum += _hops[k];
                count++;
            }
        }

        double power = count == 0 ? 0 : Math.Max(0, (sum / count) - _noise);
        return (Decibels.FromPower(power), _noise > 0 ? Decibels.FromPower(power / _noise) : double.PositiveInfinity);
    }
}

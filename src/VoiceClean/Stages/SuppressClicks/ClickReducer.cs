using VoiceClean.Dsp.Fourier;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>
/// Adds to the samples what the gains take away: only frames near clicks are transformed back, so samples elsewhere
/// keep every bit.
/// </summary>
internal sealed class ClickReducer
{
    private readonly ClickBands _bands;
    private readonly List<int> _clicks;
    private readonly int _before, _after;
    private readonly float _marginDb, _deepestDb;
    private readonly float[] _re, _im, _frame, _sum, _change;
    private int _nextClick, _pending;

    /// <summary>Prepares for one clip.</summary>
    /// <param name="bands">Framing and bands.</param>
    /// <param name="clicks">Frames of the clicks, ascending.</param>
    /// <param name="before">Frames treated before a click.</param>
    /// <param name="after">Frames treated after it.</param>
    /// <param name="marginDb">How far a band may stand above its surroundings [dB].</param>
    /// <param name="deepestDb">Largest reduction [dB].</param>
    public ClickReducer(ClickBands bands, List<int> clicks, int before, int after, float marginDb, float deepestDb)
    {
        (_bands, _clicks, _before, _after, _marginDb, _deepestDb) = (bands, clicks, before, after, marginDb, deepestDb);
        _re = new float[bands.Framing.BinCount];
        _im = new float[bands.Framing.BinCount];
        _frame = new float[bands.Framing.FrameLength];
        _sum = new float[bands.Framing.FrameLength];
        _change = new float[ClickBands.Lanes];
    }

    /// <summary>Treats all clicks.</summary>
    public void Process(Span<float> samples, CancellationToken cancellation)
    {
        int frames = _bands.Framing.FrameCount(samples.Length);
        var scan = new ClickScan(_bands, samples.Length, 0);
        for (int start = 0; start < frames; start += ClickScan.Block)
        {
            int end = Math.Min(frames, start + ClickScan.Block);
            SkipPast(start);
            bool treated = _nextClick < _clicks.Count && _clicks[_nextClick] - _before < end;
            if (treated)
            {
                cancellation.ThrowIfCancellationRequested();
                scan.MoveTo(start, samples);
            }

            for (int t = start; t < end && (treated || _pending > 0); t++)
            {
                SkipPast(t);
                if (_nextClick < _clicks.Count && _clicks[_nextClick] - _before <= t && Gains(scan, t))
                {
                    Add(t, samples);
                }

                Finish(t, samples);
            }
        }

        for (int t = frames; _pending > 0; t++)
        {
            Finish(t, samples);
        }
    }

    private void SkipPast(int t)
    {
        while (_nextClick < _clicks.Count && _clicks[_nextClick] + _after < t)
        {
            _nextClick++;
        }
    }

    // Gain - 1 per band: what the treated frame adds to the untreated one. False if nothing changes.
    private bool Gains(ClickScan scan, int t)
    {
        bool any = false;
        for (int b = 0; b < _bands.Count; b++)
        {
            double reduction = b < ClickBands.First ? 0 : Math.Clamp(scan.Excess(t, b) - _marginDb, 0, _deepestDb);
            _change[b] = reduction > 0 ? (float)(Decibels.ToAmplitude(-reduction) - 1) : 0;
            any |= reduction > 0;
        }

        return any;
    }

    private void Add(int t, ReadOnlySpan<float> samples)
    {
        ShortTimeFourier framing = _bands.Framing;
        framing.Analyze(samples, t, _re, _im);
        _bands.Apply(_change, _re, _im);
        framing.SynthesizeFrame(_re, _im, _frame);
        for (int n = 0; n < _frame.Length; n++)
        {
            _sum[n] += _frame[n] * 0.5f;        // √Hann at a quarter of a frame: Σw² = 2
        }

        _pending = framing.FrameLength / framing.HopLength;
    }

    // The hop that begins with frame t is complete: no later frame reads or changes it.
    private void Finish(int t, Span<float> samples)
    {
        if (_pending == 0)
        {
            return;
        }

        int hop = _bands.Framing.HopLength;
        long start = _bands.Framing.FrameStart(t);
        for (int n = 0; n < hop; n++)
        {
            long at = start + n;
            if (at >= 0 && at < samples.Length)
            {
                samples[(int)at] += _sum[n];
            }
        }

        _sum.AsSpan(hop).CopyTo(_sum);
        _sum.AsSpan(_sum.Length - hop).Clear();
        _pending--;
    }
}

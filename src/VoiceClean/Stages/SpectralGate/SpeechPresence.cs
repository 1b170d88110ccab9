using System.Runtime.Intrinsics;
using VoiceClean.Dsp.Filters;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// Probability of speech per cell from the a-posteriori SNR averaged over a triangle in time and frequency: narrow in
/// frequency where partials are narrow, broad where fricatives are broad. The average has some thirty degrees of
/// freedom, so its likelihood ratio is all but a step; a ramp stands for it.
/// </summary>
internal sealed unsafe class SpeechPresence
{
    /// <summary>Number of regions that are looked at for evidence.</summary>
    public const int RegionCount = 4;

    /// <summary>The first of those that hold fricatives.</summary>
    public const int FirstHighRegion = 2;

    private readonly int _bins, _stride, _lowHalf, _highHalf, _narrowTo, _broadFrom;
    private readonly float[] _broad;                        // weight of the broad kernel per bin [Stride]
    private readonly (int From, int To)[] _regions = new (int, int)[RegionCount];
    private readonly float[] _padded, _temp, _narrow, _sure;     // _padded: two rows

    /// <param name="framing">The bins.</param>
    /// <param name="profile">λ0 per bin: regions beyond its bandwidth are no evidence.</param>
    public SpeechPresence(SpeechFraming framing, ReadOnlySpan<float> profile)
    {
        _bins = framing.Stft.BinCount;
        _stride = framing.Stride;
        // a triangle of half width h is two boxes of h+1 frames; an odd number keeps it centred
        BoxHalf = Past(framing) / 2;
        int most = Math.Min((TriangleSmoother.Pad / 2) - 4, _bins / 4);
        _lowHalf = Math.Clamp((int)Math.Round(GateConstants.PresenceLowHz / framing.BinWidthHz), 1, most);
        _highHalf = Math.Clamp((int)Math.Round(GateConstants.PresenceHighHz / framing.BinWidthHz), 1, most);
        _broad = new float[_stride];
        for (int k = 0; k < _stride; k++)
        {
            _broad[k] = (float)BroadShare(k * framing.BinWidthHz);
        }

        _narrowTo = Math.Min(_stride, (framing.Bin(GateConstants.FricativeHighHz) + 7) & ~7);
        _broadFrom = framing.Bin(GateConstants.FricativeLowHz) & ~7;
        int bandwidth = Bandwidth(profile, framing);
        for (int r = 0; r < RegionCount; r++)
        {
            int from = (framing.Bin(GateConstants.RegionEdgesHz[r]) + 4) & ~7,
                to = (framing.Bin(GateConstants.RegionEdgesHz[r + 1]) + 4) & ~7;
            bool isHeard = to <= bandwidth + framing.Bin(GateConstants.BeyondBandwidthHz) && to <= _bins;
            _regions[r] = isHeard ? (from, to) : (0, 0);
        }

        int padded = _stride + (2 * TriangleSmoother.Pad);
        _padded = new float[2 * padded];
        _temp = new float[padded];
        _narrow = new float[_stride];
        _sure = new float[_stride];
    }

    /// <summary>Frames of the past that the presence of a frame looks at.</summary>
    public static int Past(SpeechFraming framing) =>
        2 * Math.Max(1, (int)Math.Round(GateConstants.PresenceSeconds / framing.HopSeconds / 2));

    /// <summary>How broad what is spoken there is: from 0, partials, to 1, fricatives.</summary>
    /// <param name="frequency">[Hz]</param>
    public static double BroadShare(double frequency) =>
        Math.Clamp(
            (frequency - GateConstants.FricativeLowHz)
                / (GateConstants.FricativeHighHz - GateConstants.FricativeLowHz),
            0,
            1);

    /// <summary>Half width of each of the two boxes along time [frame].</summary>
    public int BoxHalf { get; }

    /// <summary>Weight of the broad kernel per bin, 0 to 1 [Stride].</summary>
    public ReadOnlySpan<float> Broad => _broad;

    /// <summary>Adds up what lies around two neighbours, which <see cref="Measure"/> is then asked about.</summary>
    /// <param name="sums">The 2·BoxHalf+2 rows of first box sums around the two frames [Stride each].</param>
    public void AddPair(ReadOnlySpan<nint> sums)
    {
        fixed (float* padded = _padded)
        {
            float* first = padded + TriangleSmoother.Pad, second = first + (_padded.Length / 2);
            TriangleSmoother.AddRows(sums, first, second, _stride);
            TriangleSmoother.PadEnds(first, _bins);
            TriangleSmoother.PadEnds(second, _bins);
        }
    }

    /// <summary>Presence of one frame.</summary>
    /// <param name="prominence">The level of the frame over the noise, from weak (0) to strong (1).</param>
    /// <param name="which">0 or 1: the first or the second of the pair.</param>
    /// <param name="mean">Receives the mean a-posteriori SNR [Stride].</param>
    /// <param name="presence">Receives the probability, 0 to 1 [Stride].</param>
    /// <param name="isVoiceClose">Whether speech may be expected, so that less is evidence of it.</param>
    /// <param name="evidence">Receives per region the share that is surely speech, 0 to 1
    /// [<see cref="RegionCount"/>].</param>
    public void Measure(
        float prominence,
        int which,
        float* mean,
        float* presence,
        bool isVoiceClose,
        float* evidence)
    {
        int box = (2 * BoxHalf) + 1;
        float absent =
            GateConstants.AbsentBelow + (prominence * (GateConstants.StrongAbsentBelow - GateConstants.AbsentBelow));
        float present =
            GateConstants.PresentAbove + (prominence * (GateConstants.StrongPresentAbove - GateConstants.PresentAbove));
        fixed (
            float* padded = _padded,
                temp = _temp,
                narrow = _narrow,
                broad = _broad,
                sure = _sure)
        {
            float* row = padded + (which * (_padded.Length / 2)) + TriangleSmoother.Pad,
                scratch = temp + TriangleSmoother.Pad;
            TriangleSmoother.AlongFrequency(
                row,
                scratch,
                narrow,
                0,
                _narrowTo,
                _lowHalf,
                1f / (box * box * (_lowHalf + 1) * (_lowHalf + 1)));
            TriangleSmoother.AlongFrequency(
                row,
                scratch,
                mean,
                _broadFrom,
                _stride,
                _highHalf,
                1f / (box * box * (_highHalf + 1) * (_highHalf + 1)));
            for (nint k = 0; k < _stride; k += 8)
            {
                Vector256<float> w = Vector256.Load(broad + k),
                    m = Vector256.Load(mean + k),
                    n = Vector256.Load(narrow + k),
                    p,
                    q;
                if (k >= _narrowTo)
                {
                    p = Ramp(m, GateConstants.BroadAbsentBelow, GateConstants.BroadPresentAbove);
                    q = Ramp(m, GateConstants.EvidentFrom, GateConstants.EvidentAbove);
                }
                else
                {
                    p = Ramp(n, absent, present);
                    q = Ramp(n, GateConstants.EvidentFrom, GateConstants.EvidentAbove);
                    if (k < _broadFrom)
                    {
                        n.Store(mean + k);
                    }
                    else
                    {
                        p += w * (Ramp(m, GateConstants.BroadAbsentBelow, GateConstants.BroadPresentAbove) - p);
                        q += w * (Ramp(m, GateConstants.EvidentFrom, GateConstants.EvidentAbove) - q);
                    }
                }

                p.Store(presence + k);
                q.Store(sure + k);
            }

            MeasureEvidence(sure, evidence);
            if (isVoiceClose)
            {
                ExpectSpeech(mean, evidence);
            }
        }
    }

    // Mean over each region of what is evident.
    private void MeasureEvidence(float* sure, float* evidence)
    {
        for (int r = 0; r < RegionCount; r++)
        {
            (int from, int to) = _regions[r];
            Vector256<float> sum = Vector256<float>.Zero;
            for (nint k = from; k < to; k += 8)
            {
                sum += Vector256.Load(sure + k);
            }

            evidence[r] = to > from ? Vector256.Sum(sum) / (to - from) : 0;
        }
    }

    // A fricative may stand so little out of the noise that no cell of it is sure, and beside a voice less is enough.
    private void ExpectSpeech(float* mean, float* evidence)
    {
        for (int r = FirstHighRegion; r < RegionCount; r++)
        {
            (int from, int to) = _regions[r];
            Vector256<float> sum = Vector256<float>.Zero;
            for (nint k = from; k < to; k += 8)
            {
                sum += Vector256.Load(mean + k);
            }

            float whole = Math.Clamp(
                ((Vector256.Sum(sum) / Math.Max(1, to - from)) - GateConstants.FricativeEvidentFrom)
                    / (GateConstants.FricativeEvidentAbove - GateConstants.FricativeEvidentFrom),
                0,
                1);
            evidence[r] = Math.Max(evidence[r], 2 * GateConstants.FrameEvidence * whole);
        }

        for (int r = 0; r < RegionCount; r++)
        {
            evidence[r] *= GateConstants.CloseEvidence;
        }
    }

    // 0 up to `from`, 1 from `to` on
    private static Vector256<float> Ramp(Vector256<float> mean, float from, float to) =>
        Vector256.MaxNative(
            Vector256.MinNative(
                (mean - Vector256.Create(from)) * Vector256.Create(1 / (to - from)),
                Vector256<float>.One),
            Vector256<float>.Zero);

    private static int Bandwidth(ReadOnlySpan<float> profile, SpeechFraming framing)
    {
        float most = 0;
        for (int k = framing.Bin(125); k < framing.Stft.BinCount; k++)
        {
            most = Math.Max(most, profile[k]);
        }

        int bins = framing.Stft.BinCount;
        while (bins > 1 && profile[bins - 1] < 1e-6f * most)
        {
            bins--;
        }

        return bins;
    }
}

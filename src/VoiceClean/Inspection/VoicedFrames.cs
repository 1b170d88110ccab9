using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>Which frames of the voicing detector are a voice.</summary>
/// <remarks>
/// Flattened means: with the band's fall towards high frequencies taken out (<see cref="VoicingDetector"/>, emphasis).
/// Measured on 816 pieces of 34 real noises and 3,871 pieces of real speech of 0.6 to 5 s without pauses: of no noise
/// more than a third of the flattened frames has a pitch, of the speech of 0.6 s three quarters in the middle. Of what
/// seemed a voice in 272 mixtures at 5 dB at least 0.6 keeps its pitch when it is flattened, of wind 0.2 to 0.55.
/// </remarks>
internal sealed class VoicedFrames
{
    // Voice is a frame whose pitch correlates so well and that stands out of the quietest 15 % by 6 dB: a hum or a
    // motor is as periodic, but never rests.
    private const float LeastPeriodicity = 0.6f, LeastOverQuiet = 4;
    private const double QuietShare = 0.15;

    // ... and is not 40 dB weaker than the loud ones: what is left in pauses is no voice.
    private const double LoudestShare = 0.95, UnderLoudest = 1e-4;

    // A clip with up to 2 s of sound may be cut so tightly that it has no rest. Then it is a voice if so much of it has
    // a pitch, and its level moves by 6 dB, or by 2 dB and its pitch moves too: those of a tone or a motor do not. A
    // frame 25 dB below the loud ones is none.
    private const int TightFrames = 100;
    private const double LeastTightShare = 0.45, LeastMoving = 1.6, Moving = 4, MostHeld = 0.9;
    private const double LoudShare = 0.75, UnderLoud = 0.003;
    private const double HighShare = 0.9, LowShare = 0.1;

    // Wind and engines correlate because they hold so few frequencies; flattened they do not. They are known by what
    // flattening takes from the frames without pitch: 6 to 13 dB, of rain, voices and rooms less than 4.
    private const float Emphasis = 0.9f, LeastFlattened = 0.5f, LeastAgreeing = 0.4f;
    private const double RumbleRatio = 0.316, LeastAgreement = 0.62;

    // Gusts fall by 9 dB an octave and more: flattened twice they lose another 3 dB. In less than 3 s a word or two may
    // read like that.
    private const double SteepRatio = 0.5;
    private const int SteepFrames = 150;

    // Of a voice two thirds jump at most, of the squeal of brakes nearly all.
    private const double LeastSteady = 0.2;

    // Rumble correlates best at the shortest lag, where the search begins, and more at shorter ones. Where that is
    // nearly all of it, it is no pitch, and neither is it in noise where it is most: of the voice in 544 mixtures at 5
    // and 10 dB at most 0.62, of wind up to all.
    private const double MostAtShortestOfAll = 0.9, MostAtShortest = 0.72;

    private readonly Voicing _voicing;
    private readonly int _sampleRate;
    private readonly int _count;
    private Flattened? _flattened;

    /// <summary>Begins with what was measured.</summary>
    /// <param name="voicing">Of the recording.</param>
    /// <param name="count">How many of its frames count.</param>
    /// <param name="sampleRate">[Hz]</param>
    public VoicedFrames(Voicing voicing, int count, int sampleRate) =>
        (_voicing, _count, _sampleRate) = (voicing, count, sampleRate);

    /// <summary>Which frames seem to be a voice.</summary>
    /// <param name="samples">[sample] of the recording.</param>
    /// <param name="isSilent">Which frames hold digital silence, and so nothing of the background.</param>
    public bool[] Find(ReadOnlySpan<float> samples, bool[] isSilent)
    {
        float[] periodicity = _voicing.Periodicity, energies = _voicing.Energies;
        int[] sounds = [.. Sequence.Range(0, _count).Where(t => !isSilent[t])];
        float[] sounding = [.. sounds.Select(t => energies[t])];
        IsTight = IsTightVoice(samples, sounds, sounding);
        float least = IsTight
            ? (float)(UnderLoud * OrderStatistics.Quantile(sounding, LoudShare))
            : sounding.Length == 0 ? 0
            : Math.Max(
                LeastOverQuiet * OrderStatistics.Quantile(sounding, QuietShare),
                (float)(UnderLoudest * OrderStatistics.Quantile(sounding, LoudestShare)));
        bool[] isVoiced = new bool[_count];
        for (int t = 0; t < _count; t++)
        {
            isVoiced[t] = periodicity[t] > LeastPeriodicity && energies[t] > least;
        }

        if (!IsTight)
        {
            DropShortest(isVoiced, MostAtShortestOfAll);
        }

        return isVoiced;
    }

    /// <summary>
    /// Whether it is a short clip without pauses that a voice fills; known after <see cref="Find"/>.
    /// </summary>
    public bool IsTight { get; private set; }

    /// <summary>What is periodic in a tight clip over what is not [dB]: half of its flattened frames with pitch have
    /// at least this.</summary>
    public double TightRatioDb { get; private set; }

    /// <summary>
    /// What is left of it where there is much noise: without what correlates only because it is rumble, and without
    /// what jumps from pitch to pitch if that is most of it.
    /// </summary>
    /// <param name="samples">[sample] of the recording.</param>
    /// <param name="isVoiced">What <see cref="Find"/> has found.</param>
    /// <param name="mayJump">Whether there is too little noise to mind jumps.</param>
    /// <returns>Which frames are a voice, and how many of them do not jump.</returns>
    public (bool[] IsVoiced, int Steady) InNoise(ReadOnlySpan<float> samples, bool[] isVoiced, bool mayJump)
    {
        if (IsTight)
        {
            return (isVoiced, Count(isVoiced));
        }

        bool[] steady = mayJump ? [.. isVoiced] : PitchJumps.Without(isVoiced, _voicing.Lags);
        bool[] left = Count(steady) < LeastSteady * Count(isVoiced) ? steady : [.. isVoiced];
        Flattened flattened = Flatten(samples);
        if (flattened.IsRumble(isVoiced, _voicing.Energies, RumbleRatio))
        {
            Drop(flattened);
            Flattened? steep = _count < SteepFrames ? null
                : new Flattened(samples, _sampleRate, _voicing.Periodicity.Length, passes: 2);
            if (steep?.IsRumble(isVoiced, flattened.Energies, SteepRatio) == true)
            {
                Drop(steep);
            }
        }

        DropShortest(left, MostAtShortest);
        for (int t = 0; t < left.Length; t++)
        {
            steady[t] &= left[t];
        }

        return (left, Count(steady));

        void Drop(Flattened flat)
        {
            bool isRumble = flat.Agreement(left, _voicing) < LeastAgreement;
            for (int t = 0; isRumble && t < left.Length; t++)
            {
                left[t] &= flat.Periodicity[t] > LeastFlattened;
            }
        }
    }

    private void DropShortest(bool[] isVoiced, double most)
    {
        int shortest = 0;
        for (int t = 0; t < isVoiced.Length; t++)
        {
            shortest += isVoiced[t] && IsShortest(t) ? 1 : 0;
        }

        bool isRumble = shortest > most * Count(isVoiced);
        for (int t = 0; isRumble && t < isVoiced.Length; t++)
        {
            isVoiced[t] &= !IsShortest(t);
        }

        bool IsShortest(int frame) => _voicing.Lags[frame] <= VoicingDetector.ShortestLag;
    }

    private static int Count(bool[] frames) => frames.AsSpan().Count(true);

    private bool IsTightVoice(ReadOnlySpan<float> samples, int[] sounds, float[] energies)
    {
        int[] pitched = [.. sounds.Where(t => _voicing.Periodicity[t] > LeastPeriodicity)];
        double least = LeastTightShare * sounds.Length;
        if (sounds.Length is 0 or > TightFrames || pitched.Length < least)
        {
            return false;
        }

        float[] flattened = Flatten(samples).Periodicity,
            periodic = [.. sounds.Select(t => flattened[t]).Where(p => p > LeastPeriodicity)];
        if (periodic.Length < least)
        {
            return false;
        }

        double middle = OrderStatistics.Quantile(periodic, 0.5);
        TightRatioDb = Decibels.FromPower(middle / Math.Max(1e-4, 1 - middle));
        float high = OrderStatistics.Quantile(energies, HighShare), low = OrderStatistics.Quantile(energies, LowShare);
        return high > Moving * low || (high > LeastMoving * low && !IsPitchHeld(pitched));
    }

    private bool IsPitchHeld(int[] pitched)
    {
        byte[] lags = [.. pitched.Select(t => _voicing.Lags[t])];
        Array.Sort(lags);
        int middle = lags[lags.Length / 2];
        return lags.Count(l => Math.Abs(l - middle) <= 1) > MostHeld * lags.Length;
    }

    private Flattened Flatten(ReadOnlySpan<float> samples) =>
        _flattened ??= new Flattened(samples, _sampleRate, _voicing.Periodicity.Length);

    private sealed class Flattened
    {
        private readonly byte[] _lags;

        public Flattened(ReadOnlySpan<float> samples, int sampleRate, int count, int passes = 1)
        {
            (Periodicity, Energies, _lags) = (new float[count], new float[count], new byte[count]);
            VoicingDetector.Measure(samples, sampleRate, Periodicity, Energies, _lags, Emphasis, passes, default);
        }

        public float[] Periodicity { get; }

        public float[] Energies { get; }

        public bool IsRumble(bool[] isVoiced, float[] unflattened, double most)
        {
            double before = 0, behind = 0;
            for (int t = 0; t < isVoiced.Length; t++)
            {
                before += isVoiced[t] ? 0 : unflattened[t];
                behind += isVoiced[t] ? 0 : Energies[t];
            }

            return behind < most * before;
        }

        // Share of the voice that has the same pitch when it is flattened.
        public double Agreement(bool[] isVoiced, Voicing voicing)
        {
            int count = 0;
            for (int t = 0; t < isVoiced.Length; t++)
            {
                int lag = voicing.Lags[t];
                count += isVoiced[t]
                    && Periodicity[t] > LeastAgreeing
                    && Math.Abs(lag - _lags[t]) <= Math.Max(1, lag / 20) ? 1 : 0;
            }

            return (double)count / Math.Max(1, Count(isVoiced));
        }
    }
}

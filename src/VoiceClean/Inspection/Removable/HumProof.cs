using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Whether what looks like hum goes on where the voice pauses. A vowel that is held for a second is a comb of lines
/// too, but fades with the voice; hum is as loud in the quietest blocks of 0.1 s as in those that are a little louder,
/// in the whole recording or, where it is switched, in 2 s of it.
/// </summary>
internal sealed class HumProof
{
    private const int Harmonics = 8, Share = 6, LeastBlocks = 2, PhaseBlocks = 20;
    private const double BesideHz = 10, SilentPower = 1e-12;

    // Over 1,500 clean recordings of 0.3 to 10 s the lines of vowels fade by 7 to 30 dB.
    private const double SteadyDb = 5;
    private const double StandingDb = 6, FarDb = 12, CoherentDb = 8;

    // Where the quietest blocks lie no further below the louder half, they may be voice.
    private const double PauseDb = 12;
    private const int NeededInPauses = 2, NeededElsewhere = 4, CoherentNeeded = 3;

    // Hum that is switched is as quiet as a pause in the quietest blocks of a recording, so 2 s every second are asked
    // too. [M] 8,500 short recordings of clean speech: with three harmonics of 20 dB none is told to hum that was
    // not by the whole, with 14 dB two; of 103 mixtures with hum for 20 to 50 % of the time 89 are, by the whole 21.
    private const int Beat = 10, SureNeeded = 3;
    private const double SureDb = 20;

    private readonly int _length, _sampleRate;
    private readonly double[] _levels;          // power of the blocks, 0 for digital silence
    private readonly double[] _re, _im;         // of a harmonic in the blocks, from phase zero at sample zero
    private readonly double[] _beside;          // power 10 Hz beside it

    private HumProof(ReadOnlySpan<float> samples, int sampleRate)
    {
        (_length, _sampleRate) = (sampleRate / 10, sampleRate);
        _levels = new double[samples.Length / _length];
        (_re, _im, _beside) = (new double[_levels.Length], new double[_levels.Length], new double[_levels.Length]);
        for (int b = 0; b < _levels.Length; b++)
        {
            double power = SampleStatistics.SumOfSquares(samples.Slice(b * _length, _length)) / _length;
            _levels[b] = power > SilentPower ? power : 0;
        }
    }

    /// <summary>
    /// Compares the quietest sixth of all blocks with the next one. Of the first eight harmonics, two (or one that
    /// stands out by 12 dB) must stand 6 dB above what lies 10 Hz beside them and differ by at most 5 dB between the
    /// two; where there are no pauses, four. Or three must do the latter and keep their phase, so that blocks weighted
    /// by one over their power beside it add up to 8 dB more than noise would; within 2 s somewhere, to 20 dB more.
    /// </summary>
    /// <param name="samples">[sample] mono.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="frequencyHz">The mains [Hz].</param>
    /// <param name="cancellation">Looked at for every harmonic.</param>
    public static bool GoesOn(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double frequencyHz,
        CancellationToken cancellation)
    {
        var proof = new HumProof(samples, sampleRate);
        Quiet whole = proof.Quietest(0, proof._levels.Length);
        Quiet[] parts = proof.Parts();
        int steady = 0, far = 0, coherent = 0, mostSure = 0;
        int[] sure = new int[parts.Length];
        for (int h = 1; whole.Tells && h <= Harmonics; h++)
        {
            cancellation.ThrowIfCancellationRequested();
            proof.Measure(samples, h * frequencyHz);
            if (proof.IsSteady(whole))
            {
                double stands = proof.StandsDb(whole);
                steady += stands >= StandingDb ? 1 : 0;
                far += stands >= FarDb ? 1 : 0;
                coherent += proof.CoherenceDb(whole) >= CoherentDb ? 1 : 0;
            }

            for (int i = 0; i < parts.Length; i++)
            {
                sure[i] += parts[i].Tells && proof.CoherenceDb(parts[i]) >= SureDb && proof.IsSteady(parts[i]) ? 1 : 0;
                mostSure = Math.Max(mostSure, sure[i]);
            }
        }

        int needed = whole.Tells && proof.HasPauses(whole) ? NeededInPauses : NeededElsewhere;
        return steady >= needed
            || (needed == NeededInPauses && far > 0)
            || coherent >= CoherentNeeded
            || mostSure >= SureNeeded;
    }

    private static double Over(double power, double other) => Decibels.FromPower((power + 1e-30) / (other + 1e-30));

    private Quiet[] Parts()
    {
        Quiet[] parts = new Quiet[Math.Max(0, (_levels.Length - PhaseBlocks + Beat) / Beat)];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Quietest(i * Beat, (i * Beat) + PhaseBlocks);
        }

        return parts;
    }

    private Quiet Quietest(int from, int to)
    {
        Span<double> levels = stackalloc double[PhaseBlocks];
        levels = to - from > levels.Length ? new double[to - from] : levels[..(to - from)];
        _levels.AsSpan(from, to - from).CopyTo(levels);
        int silent = levels.Count(0.0), sounding = levels.Length - silent;
        int share = Math.Max(LeastBlocks, sounding / Share);
        return sounding < 3 * share
            ? new Quiet(from, to, 0, 0, Tells: false)
            : new Quiet(
                from,
                to,
                OrderStatistics.Select(levels, silent + share - 1),
                OrderStatistics.Select(levels, silent + (2 * share) - 1),
                Tells: true);
    }

    private bool IsSteady(Quiet part) =>
        Math.Abs(Over(Power(part, part.Low, part.Next), Power(part, 0, part.Low))) <= SteadyDb;

    private double StandsDb(Quiet part) => Over(Power(part, 0, part.Low), Mean(_beside, part, 0, part.Low));

    private bool HasPauses(Quiet part)
    {
        double[] copy = [.. _levels];
        int silent = copy.AsSpan().Count(0.0);
        double middle = OrderStatistics.Select(copy.AsSpan(), ((silent + copy.Length) / 2) - 1);
        return Over(Mean(_levels, part, middle, 1e30), Mean(_levels, part, 0, part.Low)) >= PauseDb;
    }

    // A frequency, and what lies beside it, in all blocks.
    private void Measure(ReadOnlySpan<float> samples, double hz)
    {
        Array.Clear(_beside);
        Span<(double Re, double Im)> sums = stackalloc (double, double)[1];
        for (int side = -1; side <= 1; side++)
        {
            double turn = 2 * Math.PI * (hz + (side * BesideHz)) / _sampleRate;
            var wave = new Oscillation(turn, _length);
            for (int b = 0; b < _levels.Length; b++)
            {
                wave.Correlate(samples.Slice(b * _length, _length), sums);
                (double re, double im) = sums[0];
                if (side != 0)
                {
                    _beside[b] += ((re * re) + (im * im)) / 2;
                    continue;
                }

                (double sin, double cos) = Math.SinCos(2 * Math.PI * (hz / _sampleRate * b * _length % 1));
                (_re[b], _im[b]) = ((re * cos) - (im * sin), (re * sin) + (im * cos));
            }
        }
    }

    // Mean power of the frequency in the blocks above one level, up to the other.
    private double Power(Quiet part, double above, double upTo)
    {
        (double sum, int count) = (0, 0);
        for (int b = part.From; b < part.To; b++)
        {
            bool counts = _levels[b] > above && _levels[b] <= upTo;
            sum += counts ? (_re[b] * _re[b]) + (_im[b] * _im[b]) : 0;
            count += counts ? 1 : 0;
        }

        return sum / Math.Max(1, count);
    }

    private double Mean(double[] values, Quiet part, double above, double upTo)
    {
        (double sum, int count) = (0, 0);
        for (int b = part.From; b < part.To; b++)
        {
            bool counts = _levels[b] > above && _levels[b] <= upTo;
            sum += counts ? values[b] : 0;
            count += counts ? 1 : 0;
        }

        return sum / Math.Max(1, count);
    }

    // Power of the weighted sum over 2 s at a time, over what noise would give [dB].
    private double CoherenceDb(Quiet part)
    {
        (double sum, int count) = (0, 0);
        for (int from = part.From; from < part.To; from += PhaseBlocks)
        {
            (double re, double im, double noise) = (0, 0, 0);
            for (int b = from; b < Math.Min(from + PhaseBlocks, part.To); b++)
            {
                double weight = _levels[b] > 0 ? 1 / (_beside[b] + (1e-14 * _length * _length)) : 0;
                re += weight * _re[b];
                im += weight * _im[b];
                noise += weight * weight * _beside[b];
            }

            sum += noise > 0 ? ((re * re) + (im * im)) / noise : 0;
            count += noise > 0 ? 1 : 0;
        }

        return Decibels.FromPower((sum / Math.Max(1, count)) + 1e-9);
    }

    // Blocks, up to which level they are of the quietest sixth and of the next one, and whether there are enough.
    private readonly record struct Quiet(int From, int To, double Low, double Next, bool Tells);
}

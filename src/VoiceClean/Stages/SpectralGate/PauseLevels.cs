using VoiceClean.Dsp.Statistics;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// How far the background between the words really fell: what is said of the gate must be what it did. Pauses are where
/// no voice is near, so the noise profile has no say. Single sounds that stay (breaths, a consonant far from its vowel)
/// do not decide: it is the mean of the decibels of cells.
/// </summary>
internal sealed class PauseLevels
{
    private readonly SpeechFraming _framing;
    private readonly List<int> _cells = [];
    private readonly double[] _before;      // energy of the cells
    private readonly double _speech;        // mean square of what stands out of the noise

    /// <summary>Measures the pauses of a clip.</summary>
    /// <param name="framing">The frames.</param>
    /// <param name="samples">The clip before it is gated.</param>
    /// <param name="noise">Its noise.</param>
    /// <param name="voice">How far a voice is; null if that is unknown, and so are the pauses.</param>
    public PauseLevels(SpeechFraming framing, ReadOnlySpan<float> samples, NoiseTrack noise, NearVoice? voice)
    {
        (_framing, _speech) = (framing, noise.Active.Level() + 1e-20);
        for (int cell = 0; cell < noise.CellCount && voice is not null; cell++)
        {
            if (!noise.IsSilent[cell]
                && voice.SecondsFrom((cell * NoiseTrack.Step) + 1) > GateConstants.PauseSeconds
                && First(cell) >= 0
                && First(cell) + Length <= samples.Length)
            {
                _cells.Add(cell);
            }
        }

        _before = Measure(samples);
    }

    private int Length => NoiseTrack.Step * _framing.Stft.HopLength;

    /// <summary>How far they fell.</summary>
    /// <param name="samples">The clip after it was gated.</param>
    /// <param name="isProven">Whether the noise is known to be noise; if not, more of it is wanted, for what stays may
    /// be speech that is hard to tell.</param>
    public PauseFall Fall(ReadOnlySpan<float> samples, bool isProven)
    {
        double[] after = Measure(samples);
        if (after.Length < (isProven ? 1 : 2) * GateConstants.PauseLeastCells)
        {
            return PauseFall.Unknown;
        }

        double loud = OrderStatistics.Quantile(after.AsSpan().ToArray(), GateConstants.PauseQuantile);
        double sum = 0, powerBefore = 1e-20, powerAfter = 1e-20;
        for (int i = 0; i < after.Length; i++)
        {
            sum += Decibels.FromPower((_before[i] + 1e-20) / (after[i] + 1e-20));
            if (after[i] <= loud)
            {
                powerBefore += _before[i];
                powerAfter += after[i];
            }
        }

        (double floor, double left) = Quiet(after);
        return new PauseFall(
            sum / after.Length,
            Decibels.FromPower(powerBefore / powerAfter),
            floor,
            left,
            after.Length * NoiseTrack.Step * _framing.HopSeconds);
    }

    // How far the quiet moments of the pauses fell, each pause by its power, and what is left of the loudest.
    private (double FellDb, double LeftDb) Quiet(double[] after)
    {
        double before = 1e-20, now = 1e-20, loudest = 1e-20;
        for (int from = 0, to; from < after.Length; from = to)
        {
            to = from + 1;
            while (to < after.Length
                && to - from < GateConstants.PausePieceCells
                && _cells[to] == _cells[to - 1] + 1)
            {
                to++;
            }

            int count = to - from;
            if (4 * count < GateConstants.PausePieceCells)
            {
                continue;
            }

            double quiet = Quietest(after.AsSpan(from, count));
            before += count * Quietest(_before.AsSpan(from, count));
            now += count * quiet;
            loudest = Math.Max(loudest, quiet);
        }

        return (Decibels.FromPower(before / now), Decibels.FromPower(loudest / Length / _speech));
    }

    private static double Quietest(ReadOnlySpan<double> cells) =>
        OrderStatistics.Quantile(cells.ToArray(), GateConstants.PauseQuietQuantile);

    private double[] Measure(ReadOnlySpan<float> samples)
    {
        double[] sums = new double[_cells.Count];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = SampleStatistics.SumOfSquares(samples.Slice(First(_cells[i]), Length));
        }

        return sums;
    }

    // The samples on which the frames of a cell are centred.
    private int First(int cell) =>
        (int)_framing.Stft.FrameStart(cell * NoiseTrack.Step)
            + ((_framing.Stft.FrameLength - _framing.Stft.HopLength) / 2);
}

/// <summary>How far pauses fell [dB]; not-a-number where there is too little to tell.</summary>
/// <param name="MeanDb">Mean of cells: what stays of them does not decide.</param>
/// <param name="PowerDb">Their power without the loudest tenth: what is heard of a noise that swells.</param>
/// <param name="QuietDb">The quiet moments of the pauses, each pause by its power: what is heard of a noise that comes
/// later and stays, while breaths and consonants have quiet beside them.</param>
/// <param name="LeftDb">What is left in the quiet moments of the loudest pause, over the speech.</param>
/// <param name="Seconds">How much of them was heard [s]; 0 where there is too little.</param>
internal readonly record struct PauseFall(
    double MeanDb,
    double PowerDb,
    double QuietDb,
    double LeftDb,
    double Seconds)
{
    /// <summary>There is too little to tell.</summary>
    public static PauseFall Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, 0);
}

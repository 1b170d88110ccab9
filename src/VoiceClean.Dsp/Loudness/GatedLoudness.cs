namespace VoiceClean.Dsp.Loudness;

/// <summary>
/// Loudness from K-weighted step energies (<see cref="KWeighting.MeasureSteps"/>): momentary, short-term, and
/// integrated with both gates. Source: ITU-R BS.1770-5 (2023) Annex 1; EBU Tech 3341 v4 (2023). One channel; several
/// channels are summed with their weights as energies. All results are [LUFS]; "undefined" is NaN, never a made-up
/// figure.
/// </summary>
internal static class GatedLoudness
{
    /// <summary>Where the absolute gate closes [LUFS]; a block must be louder.</summary>
    public const double AbsoluteGateLufs = -70;

    // 10 ms steps in the windows of the standard.
    internal const int MomentarySteps = 40, ShortTermSteps = 300, HopSteps = 10;

    private const double Offset = -0.691;                // [dB], BS.1770-5 Annex 1, equation (2)
    private const double RelativeGate = 0.1;             // −10 LU

    /// <summary>−0.691 + 10·log10(mean square) [LUFS]; NaN if the mean square is not positive.</summary>
    public static double FromMeanSquare(double meanSquare) =>
        meanSquare > 0 ? Offset + 10 * Math.Log10(meanSquare) : double.NaN;

    /// <summary>The mean square behind a loudness, inverse of <see cref="FromMeanSquare"/>.</summary>
    public static double ToMeanSquare(double lufs) => Math.Pow(10, (lufs - Offset) / 10);

    /// <summary>
    /// Integrated loudness: 400 ms blocks every 100 ms, complete ones only; those above −70 LUFS; of these, those above
    /// their mean −10 LU.
    /// </summary>
    /// <param name="steps">Energy of each 10 ms step.</param>
    /// <param name="length">Length of the recording [sample].</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="powerGain">Factor on all energies, so that a change of level needs no new measurement; default
    /// 1.</param>
    /// <returns>[LUFS]; NaN if no block survives or the recording is shorter than one block.</returns>
    public static double Integrated(ReadOnlySpan<double> steps, int length, int sampleRate, double powerGain = 1)
    {
        double absolute = ToMeanSquare(AbsoluteGateLufs) / powerGain;
        double above = MeanAbove(steps, length, sampleRate, absolute);
        return double.IsNaN(above)
            ? double.NaN
            : FromMeanSquare(
                powerGain * MeanAbove(steps, length, sampleRate, Math.Max(absolute, RelativeGate * above)));
    }

    /// <summary>
    /// Loudness of a clip of any length: <see cref="Integrated"/>, or for clips shorter than one block (400 ms) the
    /// ungated mean over the whole clip. Padding them instead would read too low by the share of the padding.
    /// </summary>
    /// <returns>[LUFS]; NaN if undefined (silence, all below the gate).</returns>
    public static double IntegratedOrUngated(
        ReadOnlySpan<double> steps,
        int length,
        int sampleRate,
        double powerGain = 1)
    {
        if (!IsShort(length, sampleRate))
        {
            return Integrated(steps, length, sampleRate, powerGain);
        }

        double sum = 0;
        foreach (double e in steps)
        {
            sum += e;
        }

        double lufs = length == 0 ? double.NaN : FromMeanSquare(powerGain * sum / length);
        return lufs > AbsoluteGateLufs ? lufs : double.NaN;
    }

    /// <summary>
    /// Loudness of a recording of any level. The absolute gate presumes a programme: of a recording below −50 LUFS it
    /// would drop words, so that one is measured as if it had been turned up by 25 dB.
    /// </summary>
    /// <returns>[LUFS], down to −95; NaN for silence.</returns>
    internal static double AtAnyLevel(ReadOnlySpan<double> steps, int length, int sampleRate, double powerGain = 1)
    {
        const double Quiet = -50, UpDb = 25, Up = 316.22776601683796;
        double lufs = IntegratedOrUngated(steps, length, sampleRate, powerGain);
        return lufs >= Quiet ? lufs : IntegratedOrUngated(steps, length, sampleRate, Up * powerGain) - UpDb;
    }

    /// <summary>True for a clip shorter than one gating block of 400 ms.</summary>
    public static bool IsShort(int length, int sampleRate) => length < KWeighting.StepStart(MomentarySteps, sampleRate);

    /// <summary>
    /// Highest momentary loudness (400 ms, ungated), looked for every 10 ms; NaN for a shorter or silent clip.
    /// </summary>
    public static double MaxMomentary(ReadOnlySpan<double> steps, int length, int sampleRate)
        => MaxWindow(steps, length, sampleRate, MomentarySteps);

    /// <summary>
    /// Highest short-term loudness (3 s, ungated), looked for every 10 ms; NaN for a shorter or silent clip.
    /// </summary>
    public static double MaxShortTerm(ReadOnlySpan<double> steps, int length, int sampleRate)
        => MaxWindow(steps, length, sampleRate, ShortTermSteps);

    /// <summary>The ungated loudness of a window.</summary>
    /// <param name="steps">Energy of each 10 ms step.</param>
    /// <param name="first">First step of the window.</param>
    /// <param name="count">Steps in the window: 40 = momentary, 300 = short-term.</param>
    /// <param name="sampleRate">[Hz]</param>
    public static double Window(ReadOnlySpan<double> steps, int first, int count, int sampleRate)
        => FromMeanSquare(WindowMeanSquare(steps, first, count, sampleRate));

    internal static double WindowMeanSquare(ReadOnlySpan<double> steps, int first, int count, int sampleRate)
    {
        double sum = 0;
        foreach (double e in steps.Slice(first, count))
        {
            sum += e;
        }

        return sum / WindowLength(first, count, sampleRate);
    }

    private static double MeanAbove(ReadOnlySpan<double> steps, int length, int sampleRate, double threshold)
    {
        double sum = 0;
        int kept = 0, first = 0;
        Span<double> four = stackalloc double[4];
        for (; HasWindow(first + (3 * HopSteps), length, sampleRate); first += 4 * HopSteps)
        {
            SumFour(steps[first..], four);
            for (int w = 0; w < 4; w++)
            {
                Add(four[w] / WindowLength(first + (w * HopSteps), MomentarySteps, sampleRate));
            }
        }

        for (; HasWindow(first, length, sampleRate); first += HopSteps)
        {
            Add(WindowMeanSquare(steps, first, MomentarySteps, sampleRate));
        }

        return kept == 0 ? double.NaN : sum / kept;

        void Add(double z)
        {
            if (z > threshold)
            {
                sum += z;
                kept++;
            }
        }
    }

    private static bool HasWindow(int first, int length, int sampleRate) =>
        KWeighting.StepStart(first + MomentarySteps, sampleRate) <= length;

    private static long WindowLength(int first, int count, int sampleRate) =>
        KWeighting.StepStart(first + count, sampleRate) - KWeighting.StepStart(first, sampleRate);

    // Of four momentary windows in a row, each in the order of its steps: one sum waits for itself.
    private static void SumFour(ReadOnlySpan<double> steps, Span<double> sums)
    {
        ReadOnlySpan<double> a = steps[..MomentarySteps], b = steps.Slice(HopSteps, MomentarySteps),
            c = steps.Slice(2 * HopSteps, MomentarySteps), d = steps.Slice(3 * HopSteps, MomentarySteps);
        double sumA = 0, sumB = 0, sumC = 0, sumD = 0;
        for (int i = 0; i < MomentarySteps; i++)
        {
            sumA += a[i];
            sumB += b[i];
            sumC += c[i];
            sumD += d[i];
        }

        (sums[0], sums[1], sums[2], sums[3]) = (sumA, sumB, sumC, sumD);
    }

    private static double MaxWindow(ReadOnlySpan<double> steps, int length, int sampleRate, int count)
    {
        // Sums of ten steps first, so that a window costs a tenth of its steps.
        double max = 0;
        Span<double> tens = stackalloc double[ShortTermSteps];      // ring: tens[k % 300] = Σ steps[k .. k+10]
        for (int k = 0; KWeighting.StepStart(k + HopSteps, sampleRate) <= length; k++)
        {
            double ten = 0;
            foreach (double e in steps.Slice(k, HopSteps))
            {
                ten += e;
            }

            tens[k % ShortTermSteps] = ten;
            int first = k + HopSteps - count;
            if (first < 0)
            {
                continue;
            }

            double sum = 0;
            for (int t = first; t <= k; t += HopSteps)
            {
                sum += tens[t % ShortTermSteps];
            }

            max = Math.Max(max, sum / WindowLength(first, count, sampleRate));
        }

        return FromMeanSquare(max);
    }
}

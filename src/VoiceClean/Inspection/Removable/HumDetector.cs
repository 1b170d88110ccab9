namespace VoiceClean.Inspection.Removable;

/// <summary>
/// Decides whether a clip carries mains hum, and at which frequency exactly: a comb of lines (<see
/// cref="LineSpectrum"/>) at multiples of one frequency near 50 or 60 Hz, while the harmonics of a voice glide. At
/// least three of the first eight harmonics must stand out, and go on where the voice pauses (<see cref="HumProof"/>).
/// </summary>
internal static class HumDetector
{
    private const int MaxHarmonic = 20, Assumed = 12, Tested = 8, Needed = 3;
    private const double HighestHz = 1100, LowestRate = 4000;
    private const double HalfRangeHz = 0.5, StepHz = 0.01, EnoughDb = 40, HigherDb = 5;

    /// <summary>The frequency and the harmonics to remove; 0 and none if there is no hum.</summary>
    public static (double FrequencyHz, int[] Harmonics) Detect(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double thresholdDb,
        CancellationToken cancellation)
    {
        if (samples.Length < sampleRate || sampleRate < 2.2 * HighestHz)
        {
            return (0, []);
        }

        var lines = LineSpectrum.Of(samples, sampleRate, HighestHz, LowestRate, cancellation);
        double best = Frequency(lines, thresholdDb);
        if (best == 0 || !HumProof.GoesOn(samples, sampleRate, best, cancellation))
        {
            return (0, []);
        }

        List<int> harmonics = Harmonics(lines, best, thresholdDb);
        if (harmonics.Count(h => h > Assumed) >= Needed)
        {
            int above = (int)Math.Min(MaxHarmonic, HighestHz / best);
            harmonics.AddRange(HumComb.Find(samples, sampleRate, best, above, thresholdDb, cancellation));
        }

        return (best, [.. harmonics]);
    }

    // The candidate whose harmonics stand out most; 0 if none has enough of them.
    private static double Frequency(LineSpectrum lines, double thresholdDb)
    {
        (double best, double largest) = (0, 0);
        const int steps = (int)(HalfRangeHz / StepHz);
        Span<double> prominences = stackalloc double[Tested * ((2 * steps) + 1)];
        foreach (double mains in (double[])[50, 60])
        {
            // one harmonic after the other: neighbouring candidates ask for neighbouring bins
            for (int h = 1, i = 0; h <= Tested; h++)
            {
                for (int step = -steps; step <= steps; step++)
                {
                    prominences[i++] = lines.At((mains + (StepHz * step)) * h);
                }
            }

            for (int step = -steps; step <= steps; step++)
            {
                double sum = 0;
                int found = 0;
                for (int h = 1; h <= Tested; h++)
                {
                    double p = prominences[((h - 1) * ((2 * steps) + 1)) + step + steps];
                    // Higher harmonics tell the frequency more exactly; one strong line must not outvote the others.
                    sum += Math.Clamp(p, 0, EnoughDb);
                    found += p > thresholdDb ? 1 : 0;
                }

                if (found >= Needed && sum > largest)
                {
                    (best, largest) = (mains + (StepHz * step), sum);
                }
            }
        }

        return best;
    }

    private static List<int> Harmonics(LineSpectrum lines, double frequencyHz, double thresholdDb)
    {
        var harmonics = new List<int>();
        for (int h = 1; h <= MaxHarmonic && frequencyHz * h <= HighestHz; h++)
        {
            // The first ones are taken off seen or not: weak ones hide under the voice, and where there is none little
            // is taken.
            if (h <= Assumed || lines.At(frequencyHz * h) > thresholdDb - HigherDb)
            {
                harmonics.Add(h);
            }
        }

        return harmonics;
    }
}

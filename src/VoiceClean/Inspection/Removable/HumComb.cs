namespace VoiceClean.Inspection.Removable;

/// <summary>
/// How far a comb of hum reaches: the buzz of dimmers and rectifiers has harmonics up to some kilohertz. It is followed
/// upwards in tens as long as some of them stand out. Only clips with hum are asked.
/// </summary>
internal static class HumComb
{
    // Most combs end soon: only one that goes beyond is worth a spectrum of twice the length.
    private const double LowHz = 2000, HighestHz = 4000, RatePerHz = 3.65;
    private const int Group = 10, Needed = 5;       // even harmonics alone are five of ten

    // A held vowel is a comb too, but not for so long, and does not stand out so far. 82 of 1,500 short clean clips had
    // three of ten harmonics that stood out by 8 dB.
    private const double LeastSeconds = 4, HigherDb = 6;

    // Mains wander by some hundredths of a hertz within minutes, and their harmonics by as many times more.
    private const double WanderHz = 0.02, StepHz = 0.25;

    /// <summary>The harmonics above <paramref name="above"/> that stand out, ascending.</summary>
    /// <param name="samples">[sample] mono.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="frequencyHz">The mains [Hz].</param>
    /// <param name="above">The last harmonic that is known.</param>
    /// <param name="thresholdDb">How far one of hum must stand out [dB]; here it is 6 dB more.</param>
    /// <param name="cancellation">Looked at several times per second of audio.</param>
    public static List<int> Find(
        ReadOnlySpan<float> samples,
        int sampleRate,
        double frequencyHz,
        int above,
        double thresholdDb,
        CancellationToken cancellation)
    {
        var found = new List<int>();
        if (samples.Length < LeastSeconds * sampleRate)
        {
            return found;
        }

        LineSpectrum? lines = null;
        double seenHz = 0;
        int last = (int)(Math.Min(HighestHz, 0.45 * sampleRate) / frequencyHz);
        for (int first = above + 1; first + Group - 1 <= last + Needed; first += Group)
        {
            double topHz = Math.Min(first + Group - 1, last) * frequencyHz;
            if (lines is null || topHz > seenHz)
            {
                seenHz = topHz <= LowHz ? LowHz : HighestHz;
                lines = LineSpectrum.Of(samples, sampleRate, seenHz, RatePerHz * seenHz, cancellation);
            }

            int before = found.Count;
            for (int h = first; h < first + Group && h <= last; h++)
            {
                if (Prominence(lines, frequencyHz, h) > thresholdDb + HigherDb)
                {
                    found.Add(h);
                }
            }

            if (found.Count - before < Needed)
            {
                found.RemoveRange(before, found.Count - before);
                break;
            }
        }

        return found;
    }

    // The best of the places to which the mains may have wandered [dB].
    private static double Prominence(LineSpectrum lines, double frequencyHz, int harmonic)
    {
        double best = double.NegativeInfinity;
        for (double off = -WanderHz * harmonic; off <= WanderHz * harmonic; off += StepHz)
        {
            best = Math.Max(best, lines.At((frequencyHz * harmonic) + off));
        }

        return best;
    }
}

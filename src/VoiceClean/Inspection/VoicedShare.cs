using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Inspection;

/// <summary>What the share of frames with pitch says of the noise: it is in those without, too.</summary>
internal static class VoicedShare
{
    // Of a voice so much lies in frames without pitch, at least; and so high the bound may read that rests on it.
    private const double LeastUnvoicedPower = 0.05, MostDb = 1;

    /// <summary>
    /// The least signal-to-noise ratio, for recordings without pauses, where nothing else finds the noise. Noise of one
    /// level is in the frames with and without pitch by their shares v and u. With S and N of voice and noise and the
    /// ratio r of both kinds of frames, (1 - k)·S + v·N = r·(k·S + u·N), where k is the least it can be.
    /// </summary>
    /// <param name="isVoiced">Which frames have pitch.</param>
    /// <param name="ratioDb">Power of these over that of the others [dB].</param>
    /// <param name="near">Which frames count; null = all.</param>
    /// <returns>[dB], 1 at most; −∞ where noise may be all there is.</returns>
    public static double LeastSnrDb(bool[] isVoiced, double ratioDb, VoiceNeighbourhood? near)
    {
        int voiced = 0, all = 0;
        for (int t = 0; t < isVoiced.Length; t++)
        {
            bool counts = near is null || near.IsNear[t];
            all += counts ? 1 : 0;
            voiced += counts && isVoiced[t] ? 1 : 0;
        }

        double v = (double)voiced / Math.Max(all, 1), r = Decibels.ToPower(ratioDb),
            noise = (r * (1 - v)) - v, voice = 1 - (LeastUnvoicedPower * (1 + r));
        return noise <= 0 ? double.NegativeInfinity
            : voice <= 0 ? MostDb
            : Math.Min(MostDb, Decibels.FromPower(noise / voice));
    }
}

using VoiceClean.Audio;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Stages.TameTransients;

/// <summary>What is loud, what is heard and what is quiet in a recording.</summary>
internal sealed class TransientLevels(
    float[] peaks,
    bool[] isEvent,
    float voice,
    float floor,
    int step,
    int length)
{
    /// <summary>So far above what a quarter of the voice exceeds loud speech begins [dB].</summary>
    public const double KeptDb = 3;

    private const double OverFloorDb = 6, ApartUnderVoiceDb = 18, SilentUnderVoiceDb = 35;
    private const int LongestHead = 15, LongestTail = 40, LongestAlone = 80, Clearance = 30;

    private readonly float _quiet = Math.Max(
        floor * (float)Decibels.ToAmplitude(OverFloorDb),
        voice * (float)Decibels.ToAmplitude(-SilentUnderVoiceDb));

    private float Heard => voice * (float)Decibels.ToAmplitude(-ApartUnderVoiceDb);

    // In a background that covers quiet speech a word seems to stand alone, and its pitch is not to be trusted.
    private bool IsSpeechHeard => _quiet <= Heard;

    /// <summary>What is far above the voice, with its echo if it stands apart from speech.</summary>
    public Transient Describe(StepRange core)
    {
        int end = core.End, last = Math.Min(peaks.Length, end + LongestTail);
        while (end < last && peaks[end] > _quiet && !isEvent[end])
        {
            end++;
        }

        // A high-pass without phase rings ahead of a bump too.
        int start = core.Start, first = Math.Max(0, start - LongestHead);
        while (start > first && peaks[start - 1] > _quiet && !isEvent[start - 1])
        {
            start--;
        }

        return (start > first || start == 0) && (end < last || end == peaks.Length) && IsApart(start, end)
            ? Make(start, end, isApart: true)
            : Make(core.Start, core.End, isApart: false);
    }

    /// <summary>What is somewhat above the voice and stands alone.</summary>
    public List<Transient> Alone()
    {
        float seed = voice * (float)Decibels.ToAmplitude(KeptDb);
        var found = new List<Transient>();
        if (!IsSpeechHeard)
        {
            return found;
        }

        for (int i = 0; i < peaks.Length; i++)
        {
            if (peaks[i] <= seed || isEvent[i])
            {
                continue;
            }

            int start = i, end = i + 1;
            while (start > 0 && i - start <= LongestAlone && peaks[start - 1] > _quiet)
            {
                start--;
            }

            while (end < peaks.Length && peaks[end] > _quiet)
            {
                end++;
            }

            if (end - start <= LongestAlone && IsApart(start, end))
            {
                found.Add(Make(start, end, isApart: true));
            }

            i = end - 1;
        }

        return found;
    }

    private bool IsApart(int start, int end) =>
        IsSpeechHeard && !AnyHeard(start - Clearance, start) && !AnyHeard(end, end + Clearance);

    private bool AnyHeard(int from, int to)
    {
        for (int i = Math.Max(0, from); i < Math.Min(peaks.Length, to); i++)
        {
            if (peaks[i] > Heard && !isEvent[i])
            {
                return true;
            }
        }

        return false;
    }

    private Transient Make(int start, int end, bool isApart) =>
        new(
            new SampleRange(start * step, end == peaks.Length ? length : end * step),
            isApart,
            isApart ? floor : voice * (float)Decibels.ToAmplitude(KeptDb));
}

/// <summary>A stretch of steps of 10 ms.</summary>
internal readonly record struct StepRange(int Start, int End)
{
    /// <summary>Number of steps.</summary>
    public int Length => End - Start;
}

/// <summary>Something far too loud and short to be speech.</summary>
/// <param name="Range">Where it is [sample].</param>
/// <param name="IsApart">Whether there is no speech near it.</param>
/// <param name="Ceiling">The amplitude down to which it is turned: of loud speech, or apart from speech of the
/// background.</param>
internal readonly record struct Transient(SampleRange Range, bool IsApart, float Ceiling);

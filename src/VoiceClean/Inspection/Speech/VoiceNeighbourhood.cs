using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// Where in a recording somebody speaks, roughly: within a second of a voice. What lies farther away is no part of a
/// ratio of speech to noise, else minutes of a fan around one sentence would drown it.
/// </summary>
internal sealed class VoiceNeighbourhood
{
    // A voice is there for 60 ms at least; noise has the pitch of one for a frame or two.
    private const int LeastFrames = 3;
    private const double NearS = 1;

    // A recording of which so much is near a voice is taken as a whole.
    private const double WholeShare = 0.6;

    private VoiceNeighbourhood(bool[] isNear, IReadOnlyList<SampleRange> stretches) =>
        (IsNear, Stretches) = (isNear, stretches);

    /// <summary>Per frame of <see cref="VoicingDetector"/>.</summary>
    public IReadOnlyList<bool> IsNear { get; }

    /// <summary>The same, ascending and apart [sample].</summary>
    public IReadOnlyList<SampleRange> Stretches { get; }

    /// <summary>The neighbourhood; null = the whole recording.</summary>
    /// <param name="isVoiced">Per frame of <see cref="VoicingDetector"/>.</param>
    /// <param name="length">Of the recording [sample].</param>
    /// <param name="sampleRate">[Hz]</param>
    public static VoiceNeighbourhood? Of(bool[] isVoiced, int length, int sampleRate)
    {
        ArgumentNullException.ThrowIfNull(isVoiced);
        int near = (int)(NearS * sampleRate / VoicingDetector.FrameStart(1, sampleRate));
        bool[] isNear = new bool[isVoiced.Length];
        int count = 0;
        for (int t = 0, run = 0; t < isVoiced.Length; t++)
        {
            run = isVoiced[t] ? run + 1 : 0;
            if (run == LeastFrames || (run > LeastFrames && t + near < isNear.Length))
            {
                int from = run == LeastFrames ? Math.Max(0, t - LeastFrames + 1 - near) : t + near;
                isNear.AsSpan(from, Math.Min(isNear.Length, t + near + 1) - from).Fill(true);
            }
        }

        foreach (bool isIn in isNear)
        {
            count += isIn ? 1 : 0;
        }

        return count == 0 || count > WholeShare * isNear.Length
            ? null
            : new VoiceNeighbourhood(isNear, Runs(isNear, length, sampleRate));
    }

    private static List<SampleRange> Runs(bool[] isNear, int length, int sampleRate)
    {
        var runs = new List<SampleRange>();
        for (int t = 0; t < isNear.Length; t++)
        {
            int first = t;
            while (t < isNear.Length && isNear[t])
            {
                t++;
            }

            if (t > first)
            {
                runs.Add(new SampleRange(Sample(first), t == isNear.Length ? length : Sample(t)));
            }
        }

        return runs;

        int Sample(int frame) => (int)Math.Min(length, VoicingDetector.FrameStart(frame, sampleRate));
    }
}

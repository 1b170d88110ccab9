using VoiceClean.Audio;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.EstimateNoise;

/// <summary>Whether the beginning of a clip is noise and nothing else.</summary>
/// <param name="framing">The frames.</param>
/// <param name="head">Its frames.</param>
/// <param name="quiet">The quietest frames of the clip.</param>
internal readonly struct HeadProof(SpeechFraming framing, NoiseSpectrum head, NoiseSpectrum quiet)
{
    /// <summary>How far it may move [dB], see <see cref="NoiseSpectrum.ScatterDb"/>.</summary>
    public const double MaxScatterDb = 3.3;

    // A head is noise if it lies little above the quietest frames, in no band far above them (a voice does in its own),
    // and holds still over time. Measured: steady noise reaches 2, 3 and 4 dB and scatters by 3 dB; a voice at an SNR
    // of 5 dB stands out of some band by 5 to 21 dB.
    private const double MaxExcessDb = 2, MaxHighExcessDb = 3.5, MaxBandExcessDb = 4.5;

    // How far above the quietest frames a noise at the head lies that is switched off later, how long it goes on at
    // least, how far its level may move, and how much of it may pass for voice.
    private const double LeastLastingExcessDb = 8, LastingSeconds = 3.2, MaxLastingDb = 2.5, MaxVoicedShare = 0.3;

    /// <summary>
    /// True of what lies at the level of the quietest frames, and of a fan that is switched off later: it holds still,
    /// goes on for seconds beneath whatever is said, and nobody's voice is in it.
    /// </summary>
    /// <param name="frames">All frames.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="range">Where the head is.</param>
    public bool IsNoise(QuietFrames frames, AudioClip clip, SampleRange range)
    {
        (double mean, double high, double most) = head.ExcessDb(framing, quiet);
        if (head.ScatterDb > MaxScatterDb)
        {
            return false;
        }

        if (mean <= MaxExcessDb && high <= MaxHighExcessDb && most <= MaxBandExcessDb)
        {
            return true;
        }

        (double headDb, double lowDb) = frames.HeadAndBeyondDb(range, LastingSeconds);
        return mean >= LeastLastingExcessDb
            && Math.Abs(lowDb - headDb) < MaxLastingDb
            && Voicing.Of(clip, CancellationToken.None).Share(range, clip.SampleRate) < MaxVoicedShare;
    }
}

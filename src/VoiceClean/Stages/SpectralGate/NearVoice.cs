using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Inspection.Speech;
using VoiceClean.Stages.EstimateNoise;

namespace VoiceClean.Stages.SpectralGate;

/// <summary>
/// How far each frame is from a voice. What stands out of the noise far from any is a gust, a wave or a passing car: a
/// syllable has voice in it, a consonant has some beside it. Voice is what is periodic, so the noise profile has no
/// say.
/// </summary>
internal sealed class NearVoice
{
    private readonly float[] _seconds;      // from each frame of the detector to the nearest voiced one
    private readonly double _step, _first;  // frames of the detector per frame of the gate; that of the first frame

    private NearVoice(SpeechFraming framing, float[] seconds)
    {
        double length = VoicingDetector.FrameStart(1, framing.SampleRate);
        _seconds = seconds;
        _step = framing.Stft.HopLength / length;
        // centre upon centre: the detector hears two of its steps
        _first = ((framing.Stft.FrameStart(0) + (framing.Stft.FrameLength / 2)) / length) - 1;
    }

    /// <summary>
    /// Looks for voice; null where next to none of what stands out has any near it, as in whispering, so that it is no
    /// sign.
    /// </summary>
    /// <param name="framing">The frames.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="noise">Its noise.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static NearVoice? Find(
        SpeechFraming framing,
        AudioClip clip,
        NoiseTrack noise,
        CancellationToken cancellation)
    {
        float emphasis = Emphasis(framing, noise.Profile);
        float[] periodicity = emphasis == 0
            ? Voicing.Of(clip, cancellation).Periodicity
            : Emphasized(clip, emphasis, cancellation);
        float[] seconds = Distances(framing, periodicity, DigitalSilence.Of(clip));
        if (seconds.Length == 0 || float.IsPositiveInfinity(seconds[0]))
        {
            return null;        // no voice anywhere
        }

        var near = new NearVoice(framing, seconds);
        int active = 0, voiced = 0;
        double stands = GateConstants.Stands * noise.Active.ProfileLevel;
        for (int cell = 0; cell < noise.CellCount; cell++)
        {
            if (!noise.IsSilent[cell] && noise.Levels[cell] > stands * noise.Lift[cell])
            {
                active++;
                voiced += near.SecondsFrom((cell * NoiseTrack.Step) + 1) <= GateConstants.NearVoiceSeconds ? 1 : 0;
            }
        }

        return voiced >= GateConstants.LeastVoicedShare * active ? near : null;
    }

    /// <summary>From the middle of a frame to the nearest voice [s].</summary>
    public float SecondsFrom(int frame) =>
        _seconds[Math.Clamp((int)Math.Round((frame * _step) + _first), 0, _seconds.Length - 1)];

    /// <summary>
    /// How much the band of the voice is flattened, from the correlation of neighbouring samples of the noise in it:
    /// nothing for a flat one, all for rumble.
    /// </summary>
    /// <param name="framing">The bins.</param>
    /// <param name="profile">λ0 [Stride].</param>
    internal static float Emphasis(SpeechFraming framing, ReadOnlySpan<float> profile)
    {
        double sum = 0, neighbours = 0;
        for (int k = 0; k * framing.BinWidthHz < GateConstants.VoicedBandHz; k++)
        {
            sum += profile[k];
            neighbours += profile[k] * Math.Cos(Math.PI / 2 * k * framing.BinWidthHz / GateConstants.VoicedBandHz);
        }

        double share = ((neighbours / sum) - GateConstants.FlatCorrelation)
            / (GateConstants.RumbleCorrelation - GateConstants.FlatCorrelation);
        return (float)(GateConstants.MostEmphasis * Math.Clamp(share, 0, 1));
    }

    private static float[] Emphasized(AudioClip clip, float emphasis, CancellationToken cancellation)
    {
        float[] periodicity = new float[VoicingDetector.CountFrames(clip.ReadOnlySamples.Length, clip.SampleRate)];
        VoicingDetector.Measure(
            clip.ReadOnlySamples,
            clip.SampleRate,
            periodicity,
            new float[periodicity.Length],
            lags: default,
            emphasis,
            cancellation);
        return periodicity;
    }

    /// <summary>
    /// From each frame of the detector to the nearest voice [s]; infinite without any. Two periodic frames in a row are
    /// a voice; one alone may be chance. Where digital silence ends, what little sounds in a frame is like itself: that
    /// is no voice.
    /// </summary>
    /// <param name="framing">The sampling rate.</param>
    /// <param name="periodicity">One per frame of the detector.</param>
    /// <param name="silence">The silence of the clip.</param>
    internal static float[] Distances(SpeechFraming framing, float[] periodicity, DigitalSilence silence)
    {
        float[] seconds = new float[periodicity.Length];
        float step = VoicingDetector.FrameStart(1, framing.SampleRate) / (float)framing.SampleRate,
            from = float.PositiveInfinity;
        bool before = false;
        for (int t = 0; t < seconds.Length; t++)
        {
            bool now = IsVoiced(t), next = t + 1 < seconds.Length && IsVoiced(t + 1);
            from = now && (before || next) ? 0 : from + step;
            (seconds[t], before) = (from, now);
        }

        from = float.PositiveInfinity;
        for (int t = seconds.Length - 1; t >= 0; t--)
        {
            from = Math.Min(from + step, seconds[t]);
            seconds[t] = from;
        }

        return seconds;

        bool IsVoiced(int t) => periodicity[t] > GateConstants.NearVoicePeriodicity
            && !silence.Touches(
                VoicingDetector.FrameStart(t, framing.SampleRate),
                Math.Min(silence.Length, VoicingDetector.FrameStart(t + 3, framing.SampleRate)));
    }
}

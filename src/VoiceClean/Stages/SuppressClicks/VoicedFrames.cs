using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;
using VoiceClean.Dsp.Statistics;
using VoiceClean.Inspection.Speech;

namespace VoiceClean.Stages.SuppressClicks;

/// <summary>Where in a clip a voice sounds. A plosive has one near it, a key struck in a pause has none.</summary>
internal sealed class VoicedFrames
{
    // A frame is voiced if it is this periodic and no more than so far below the loudest twentieth.
    private const float LeastPeriodicity = 0.6f, LeastPower = 3e-4f;
    private const double LoudQuantile = 0.95;

    // How near a voice may be, on either side.
    private const double NearSeconds = 0.12;

    private readonly bool[] _isVoiced;
    private readonly int _sampleRate;

    private VoicedFrames(bool[] isVoiced, int sampleRate) => (_isVoiced, _sampleRate) = (isVoiced, sampleRate);

    /// <summary>Looks for voice.</summary>
    public static VoicedFrames Of(AudioClip clip, CancellationToken cancellation)
    {
        (float[] periodicity, float[] energies, _) = Voicing.Of(clip, cancellation);
        int count = periodicity.Length;
        bool[] voiced = new bool[count];
        float least = count == 0 ? 0 : LeastPower * OrderStatistics.Quantile([.. energies], LoudQuantile);
        for (int t = 0; t < count; t++)
        {
            voiced[t] = periodicity[t] > LeastPeriodicity && energies[t] > least;
        }

        return new VoicedFrames(voiced, clip.SampleRate);
    }

    /// <summary>Whether nothing around a sample is voiced.</summary>
    public bool IsPause(long sample)
    {
        long step = VoicingDetector.FrameStart(1, _sampleRate), near = (long)(NearSeconds * _sampleRate);
        int from = (int)Math.Max(0, ((sample - near) / step) - 1), to = (int)((sample + near) / step) + 1;
        return from >= _isVoiced.Length || !_isVoiced.AsSpan(from..Math.Min(to, _isVoiced.Length)).Contains(true);
    }
}

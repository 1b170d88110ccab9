using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// How periodic a recording is from frame to frame (<see cref="VoicingDetector"/>), for all who ask whether a voice
/// sounds. Nobody changes the arrays.
/// </summary>
/// <param name="Periodicity">One per frame: -1 to 1.</param>
/// <param name="Energies">One per frame: mean square of the band.</param>
/// <param name="Lags">One per frame: the lag of the pitch, see <see cref="VoicingDetector"/>.</param>
internal sealed record Voicing(float[] Periodicity, float[] Energies, byte[] Lags)
{
    // Periodicity from which a frame is voiced.
    private const float VoicedFrom = 0.6f;

    /// <summary>The voicing of a clip as it is now, measured only if nobody has since its samples changed.</summary>
    /// <param name="clip">Its samples stay as they are.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static Voicing Of(AudioClip clip, CancellationToken cancellation)
    {
        if (clip.Findings.TryGet<OfRevision>() is { } known && ReferenceEquals(known.Revision, clip.Revision))
        {
            return known.Voicing;
        }

        Voicing voicing = Measure(clip.ReadOnlySamples, clip.SampleRate, cancellation);
        clip.Findings.Set(new OfRevision(clip.Revision, voicing));
        return voicing;
    }

    /// <summary>Measures samples.</summary>
    /// <param name="samples">[sample] mono.</param>
    /// <param name="sampleRate">[Hz], at least 8,000.</param>
    /// <param name="cancellation">Looked at every few seconds of audio.</param>
    public static Voicing Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int frames = VoicingDetector.CountFrames(samples.Length, sampleRate);
        var voicing = new Voicing(new float[frames], new float[frames], new byte[frames]);
        VoicingDetector.Measure(
            samples,
            sampleRate,
            voicing.Periodicity,
            voicing.Energies,
            voicing.Lags,
            emphasis: 0,
            cancellation);
        return voicing;
    }

    /// <summary>Share of the frames of a stretch that are voiced, 0 to 1.</summary>
    /// <param name="range">[sample]</param>
    /// <param name="sampleRate">[Hz]</param>
    public double Share(SampleRange range, int sampleRate)
    {
        long step = VoicingDetector.FrameStart(1, sampleRate);
        int from = (int)(range.Start / step), to = (int)Math.Min(Periodicity.Length, range.End / step), voiced = 0;
        for (int t = from; t < to; t++)
        {
            voiced += Periodicity[t] > VoicedFrom ? 1 : 0;
        }

        return to > from ? (double)voiced / (to - from) : 0;
    }

    private sealed record OfRevision(object Revision, Voicing Voicing);
}

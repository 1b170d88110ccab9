using VoiceClean.Audio;
using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// The speech band of one recording in hops of 5 ms: what the detector of speech and the estimate of the SNR both look
/// at.
/// </summary>
/// <param name="MeanSquares">Mean square per hop.</param>
/// <param name="Crossings">Changes of sign per hop.</param>
/// <param name="IsSilent">Whether a hop touches digital silence.</param>
/// <param name="Silence">The silence itself.</param>
internal sealed record SpeechBandTrack(
    float[] MeanSquares,
    ushort[] Crossings,
    bool[] IsSilent,
    DigitalSilence Silence)
{
    /// <summary>Measures a recording (<see cref="SpeechBand.Measure"/>).</summary>
    /// <param name="samples">[sample] mono, full scale ±1.</param>
    /// <param name="sampleRate">[Hz]</param>
    /// <param name="cancellation">Looked at once per second of audio.</param>
    /// <param name="silence">Its silence, from before anything rang into it; null = found here.</param>
    public static SpeechBandTrack Measure(
        ReadOnlySpan<float> samples,
        int sampleRate,
        CancellationToken cancellation,
        DigitalSilence? silence = null)
    {
        silence ??= DigitalSilence.Find(samples, sampleRate);
        int hops = SpeechBand.CountHops(samples.Length, sampleRate);
        var track = new SpeechBandTrack(new float[hops], new ushort[hops], new bool[hops], silence);
        SpeechBand.Measure(samples, sampleRate, track.MeanSquares, track.Crossings, cancellation);
        foreach (SampleRange silent in silence.Stretches)
        {
            int hop = (int)((long)silent.Start * SpeechBand.HopsPerSecond / sampleRate);
            for (; hop < hops && SpeechBand.HopStart(hop, sampleRate) < silent.End; hop++)
            {
                track.IsSilent[hop] = true;
            }
        }

        return track;
    }
}

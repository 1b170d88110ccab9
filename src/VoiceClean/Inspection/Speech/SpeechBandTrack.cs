using VoiceClean.Dsp.Speech;

namespace VoiceClean.Inspection.Speech;

/// <summary>
/// The speech band of one recording in hops of 5 ms: what the detector of speech and the estimate of the SNR both look
/// at.
/// </summary>
/// <param name="MeanSquares">Mean square per hop.</param>
/// <param name="Crossings">Changes of sign per hop.</param>
internal sealed record SpeechBandTrack(float[] MeanSquares, ushort[] Crossings)
{
    /// <summary>Measures a recording (<see cref="SpeechBand.Measure"/>).</summary>
    public static SpeechBandTrack Measure(ReadOnlySpan<float> samples, int sampleRate, CancellationToken cancellation)
    {
        int hops = SpeechBand.CountHops(samples.Length, sampleRate);
        var track = new SpeechBandTrack(new float[hops], new ushort[hops]);
        SpeechBand.Measure(samples, sampleRate, track.MeanSquares, track.Crossings, cancellation);
        return track;
    }
}

namespace VoiceClean.Audio;

/// <summary>What the file was that a clip came from.</summary>
/// <param name="Format">Container, decoder, sampling rate, channels and bit depth of the source.</param>
/// <param name="Duration">Length as decoded.</param>
public sealed record InputFormat(AudioFormat Format, TimeSpan Duration) : IReportedFinding
{
    /// <inheritdoc/>
    public void Report(FigureList figures)
    {
        figures.Add("container", Format.Container);
        figures.Add("decoder", Format.Decoder);
        figures.Add("sample_rate_hz", Format.SampleRate);
        figures.Add("channels", Format.Channels);
        figures.Add("bit_depth", Format.BitDepth > 0 ? Format.BitDepth : null);
        figures.Add("duration_s", Duration.TotalSeconds);
    }
}

using NAudio.Wave;
using VoiceClean.Errors;
using VoiceClean.Formats;

namespace VoiceClean.NAudio;

/// <summary>
/// Plain WAV and AIFF by NAudio's file readers, behind the readers of VoiceClean's own: what those refuse, it may know.
/// Recognises "RIFF" with "WAVE" and "FORM" with "AIFF" or "AIFC"; needs nothing installed.
/// </summary>
public sealed class NAudioDecoder : IAudioDecoder
{
    /// <inheritdoc/>
    public string Name => "naudio";

    /// <inheritdoc/>
    public IReadOnlyList<FileFormat> Formats { get; } =
        [new("wav", "wav", "wave"), new("aiff", "aiff", "aif", "aifc")];

    /// <inheritdoc/>
    public string? Version { get; } = $"NAudio {typeof(WaveFormat).Assembly.GetName().Version?.ToString(3)}";

    /// <inheritdoc/>
    public bool Recognizes(ReadOnlySpan<byte> header) => ContainerOf(header) is not null;

    /// <inheritdoc/>
    public IAudioReader Open(Stream stream, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        Span<byte> header = stackalloc byte[12];
        int length = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        string container = ContainerOf(header[..length]) ?? throw Unsupported("no WAV or AIFF file", null);
        stream.Position = 0;
        try
        {
            WaveStream file = container == "wav" ? new WaveFileReader(stream) : new AiffFileReader(stream);
            if (file.WaveFormat is { Encoding: WaveFormatEncoding.IeeeFloat, BitsPerSample: not (32 or 64) })
            {
                throw Unsupported("NAudio would take its floats for longer ones", null);
            }

            ISampleProvider samples = file.ToSampleProvider();
            if (samples.WaveFormat.Channels < 1 || samples.WaveFormat.SampleRate < 1)
            {
                throw Unsupported("its header contradicts itself", null);
            }

            return samples.WaveFormat.Channels <= limits.MaxChannels
                && samples.WaveFormat.SampleRate <= limits.MaxSampleRate
                    ? new Guarded(new SampleProviderReader(samples, new Both(file, stream), container))
                    : throw new InputException(
                        ReasonCodes.TooLarge,
                        $"The file has {samples.WaveFormat.Channels} channels at {samples.WaveFormat.SampleRate} Hz; "
                            + $"at most {limits.MaxChannels} channels at {limits.MaxSampleRate} Hz are read.");
        }
        catch (Exception e) when (IsOfContent(e))
        {
            throw Unsupported(e.Message, e);
        }
    }

    private static string? ContainerOf(ReadOnlySpan<byte> header) =>
        header.Length < 12 ? null
        : header.StartsWith("RIFF"u8) && header[8..12].SequenceEqual("WAVE"u8) ? "wav"
        : header.StartsWith("FORM"u8) && header[8..11].SequenceEqual("AIF"u8) ? "aiff"
        : null;

    /// <summary>Whatever NAudio throws for what a file holds; a failing disk is none of it.</summary>
    private static bool IsOfContent(Exception e) =>
        e is EndOfStreamException or not (IOException or VoiceCleanException or OutOfMemoryException);

    private static InputException Unsupported(string why, Exception? cause) =>
        new(ReasonCodes.UnsupportedFormat, $"NAudio cannot read this file: {why}", cause);

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }

    /// <summary>Turns what NAudio throws on the way into a refusal.</summary>
    private sealed class Guarded(SampleProviderReader source) : IAudioReader
    {
        public Audio.AudioFormat Format => source.Format;

        public long? SampleCount => null;

        public int Read(Span<float> interleaved)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(interleaved.Length, Format.Channels, nameof(interleaved));
            try
            {
                return source.Read(interleaved);
            }
            catch (Exception e) when (IsOfContent(e))
            {
                throw new InputException(ReasonCodes.DecodeFailed, "The file is damaged; export it again.", e);
            }
        }

        public void Dispose() => source.Dispose();
    }
}

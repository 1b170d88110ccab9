using Concentus.Structs;

namespace VoiceClean.Formats.Opus;

/// <summary>The decoder of Concentus for one stream, made anew after bytes that it cannot bear.</summary>
/// <param name="head">Of the stream.</param>
internal sealed class OpusCodec(OpusHead head) : IDisposable
{
    private IDisposable _decoder = Make(head);

    /// <summary>Decodes a packet; false if it is damaged.</summary>
    /// <param name="packet">Its bytes.</param>
    /// <param name="samples">Receives the samples of all channels, interleaved.</param>
    /// <param name="length">Samples per channel in the packet.</param>
    public bool TryDecode(ReadOnlySpan<byte> packet, Span<float> samples, int length)
    {
        try
        {
            int count = _decoder is OpusDecoder single
                ? single.Decode(packet, samples, length, false)
                : ((OpusMSDecoder)_decoder).DecodeMultistream(packet, samples, length, false);
            return count == length;
        }
#pragma warning disable CA1031 // Whatever another project's decoder throws for damaged bytes.
        catch (Exception e) when (e is not OutOfMemoryException)
#pragma warning restore CA1031
        {
            _decoder.Dispose();
            _decoder = Make(head);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    // The factory would prefer a native library where one is installed, and the samples would depend on it.
#pragma warning disable CS0618
    private static IDisposable Make(OpusHead head) =>
        head.Streams == 1 && head.Mapping.Length <= 2
            ? new OpusDecoder(OpusReader.SampleRate, head.Channels)
            : new OpusMSDecoder(OpusReader.SampleRate, head.Channels, head.Streams, head.Coupled, head.Mapping);
#pragma warning restore CS0618
}

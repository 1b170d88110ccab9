using NVorbis;

namespace VoiceClean.Formats.Vorbis;

/// <summary>
/// A stretch of packets without a gap and its decoder, which may throw whatever it likes for damaged bytes.
/// </summary>
internal sealed class VorbisPart : IDisposable
{
    private readonly StreamDecoder _decoder;

    private VorbisPart(VorbisPackets packets, StreamDecoder decoder) => (Packets, _decoder) = (packets, decoder);

    /// <summary>Where they come from, and what follows them.</summary>
    public VorbisPackets Packets { get; }

    /// <summary>1 to 64.</summary>
    public int Channels => _decoder.Channels;

    /// <summary>[Hz]</summary>
    public int SampleRate => _decoder.SampleRate;

    /// <summary>Begins one; null if the headers are damaged.</summary>
    /// <param name="packets">Behind <paramref name="first"/>.</param>
    /// <param name="headers">The three of the stream.</param>
    /// <param name="first">Its first packet, read already; null if none is.</param>
    public static VorbisPart? Begin(IPackets packets, byte[][] headers, byte[]? first)
    {
        try
        {
            var part = new VorbisPackets(packets, headers, first);
            var decoder = new StreamDecoder(part) { ClipSamples = false };
            return decoder is { Channels: > 0 and <= 64, SampleRate: > 0 } ? new VorbisPart(part, decoder) : null;
        }
#pragma warning disable CA1031 // Whatever another project's decoder throws for damaged headers.
        catch (Exception e) when (e is not OutOfMemoryException and not IOException)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>Decodes; 0 at the end, −1 where the decoder gave up.</summary>
    /// <param name="interleaved">Receives the samples.</param>
    public int Read(Span<float> interleaved)
    {
        try
        {
            return _decoder.Read(interleaved, 0, interleaved.Length);
        }
#pragma warning disable CA1031 // Whatever another project's decoder throws for damaged bytes.
        catch (Exception e) when (e is not OutOfMemoryException and not IOException)
#pragma warning restore CA1031
        {
            return -1;
        }
    }

    /// <summary>Decodes up to its end for nobody.</summary>
    /// <returns>How long it was [s].</returns>
    public double Skip()
    {
        float[] scrap = new float[1024 * Channels];
        long samples = 0;
        for (int count; (count = Read(scrap)) > 0;)
        {
            samples += count;
        }

        return (double)samples / Channels / SampleRate;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}

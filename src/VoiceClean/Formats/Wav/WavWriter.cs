using System.Buffers;
using System.Runtime.InteropServices;
using VoiceClean.Audio;
using VoiceClean.Dsp.Quantizing;
using VoiceClean.Dsp.Statistics;

namespace VoiceClean.Formats.Wav;

/// <summary>
/// Writes mono WAV files. The length is known before the first byte goes out, so all sizes are exact and nothing is
/// patched: a pipe gets the same bytes as a file. Integers are rounded half to even after triangular dither of ±1 step
/// (see <see cref="TpdfDither"/>), which is a function of the clip's id alone. There is no dither in stretches of more
/// than 50 ms that already lie on the grid of the word length (digital silence, samples that nobody has touched since
/// they were stored), nor if the whole clip does: they are written as they are. Beyond 4 GiB the file is RF64.
/// </summary>
internal static class WavWriter
{
    /// <summary>Bytes handed to the stream at a time.</summary>
    private const int BufferLength = 256 * 1024;

    /// <summary>Samples quantised at a time: their integers stay in the first-level cache.</summary>
    private const int ChunkLength = 1024;

    /// <summary>A longer stretch on the grid is no coincidence and stays as it is.</summary>
    private static readonly TimeSpan UnditheredStretch = TimeSpan.FromMilliseconds(50);

    /// <summary>Writes the present samples of a clip; its id seeds the dither.</summary>
    /// <param name="stream">Writable; written from where it stands, never sought, flushed or closed.</param>
    /// <param name="clip">The clip; is not changed.</param>
    /// <param name="encoding">How samples are stored.</param>
    /// <param name="info">Texts to append, if any.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="IOException">The stream failed.</exception>
    public static long Write(Stream stream, AudioClip clip, SampleEncoding encoding, WavInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Write(stream, clip.Samples, clip.SampleRate, encoding, clip.Id, info);
    }

    /// <summary>Writes samples.</summary>
    /// <param name="stream">Writable; written from where it stands, never sought, flushed or closed.</param>
    /// <param name="samples">[sample] mono, full scale ±1; integers clamp beyond it, float does not.</param>
    /// <param name="sampleRate">[Hz], at least 1.</param>
    /// <param name="encoding">How samples are stored.</param>
    /// <param name="ditherId">Seeds the dither: the same id and samples give the same bytes.</param>
    /// <param name="info">Texts to append, if any.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="IOException">The stream failed.</exception>
    public static long Write(
        Stream stream,
        ReadOnlySpan<float> samples,
        int sampleRate,
        SampleEncoding encoding,
        string ditherId,
        WavInfo? info = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(ditherId);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        byte[] trailer = info?.ToChunk() ?? [];
        byte[] header = WavHeader.Create(samples.Length, sampleRate, encoding, trailer.Length);
        long dataSize = (long)samples.Length * WavHeader.SampleSize(encoding);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            stream.Write(header);
            WriteSamples(stream, samples, sampleRate, encoding, TpdfDither.FromId(ditherId), buffer);
            if (dataSize % 2 != 0)
            {
                stream.WriteByte(0);           // pad byte, not counted in the chunk's size
            }

            stream.Write(trailer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return header.Length + dataSize + (dataSize & 1) + trailer.Length;
    }

    private static void WriteSamples(
        Stream stream,
        ReadOnlySpan<float> samples,
        int sampleRate,
        SampleEncoding encoding,
        TpdfDither dither,
        byte[] buffer)
    {
        int bits = 8 * WavHeader.SampleSize(encoding);
        bool isDithered = encoding != SampleEncoding.IeeeFloat && !Quantizer.IsOnGrid(samples, bits);
        int minLength = Math.Max(1, (int)(UnditheredStretch.TotalSeconds * sampleRate));
        (int Start, int End) exact = isDithered
            ? GridRuns.Next(samples, 0, minLength, bits)
            : (samples.Length, samples.Length);
        int blockLength = BufferLength / 12 * 12 / (bits / 8);
        for (int at = 0; at < samples.Length;)
        {
            bool isExact = at >= exact.Start;
            int end = Math.Min(isExact ? exact.End : exact.Start, at + Math.Min(blockLength, samples.Length - at));
            Span<byte> bytes = buffer.AsSpan(0, (end - at) * (bits / 8));
            if (encoding == SampleEncoding.IeeeFloat)
            {
                PutFloats(samples[at..end], bytes);
            }
            else
            {
                PutIntegers(samples[at..end], bytes, bits, isDithered && !isExact ? dither : null, at);
            }

            stream.Write(buffer, 0, bytes.Length);       // a span would be copied on its way into a file
            at = end;
            if (isExact && at == exact.End)
            {
                exact = GridRuns.Next(samples, at, minLength, bits);
            }
        }
    }

    private static void PutIntegers(
        ReadOnlySpan<float> samples,
        Span<byte> bytes,
        int bits,
        TpdfDither? dither,
        long firstIndex)
    {
        Span<int> integers = stackalloc int[ChunkLength];
        for (int at = 0; at < samples.Length; at += ChunkLength)
        {
            int length = Math.Min(ChunkLength, samples.Length - at);
            Span<int> chunk = integers[..length];
            if (dither is { } generator)
            {
                Quantizer.Quantize(samples.Slice(at, length), chunk, bits, generator, firstIndex + at);
            }
            else
            {
                Quantizer.Quantize(samples.Slice(at, length), chunk, bits);
            }

            if (bits == 16)
            {
                Quantizer.PackInt16(chunk, bytes[(2 * at)..]);
            }
            else
            {
                Quantizer.PackInt24(chunk, bytes[(3 * at)..]);
            }
        }
    }

    private static void PutFloats(ReadOnlySpan<float> samples, Span<byte> bytes)
    {
        MemoryMarshal.AsBytes(samples).CopyTo(bytes);
        if (!BitConverter.IsLittleEndian)
        {
            bytes.Reverse(4);
        }
    }

    // Reverses the bytes of every word, for machines that store the high byte first.
    private static void Reverse(this Span<byte> bytes, int wordLength)
    {
        for (int at = 0; at < bytes.Length; at += wordLength)
        {
            bytes.Slice(at, wordLength).Reverse();
        }
    }
}

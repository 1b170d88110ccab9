using System.Runtime.InteropServices;
using VoiceClean.Files;

namespace VoiceClean.Audio;

/// <summary>
/// Samples laid aside in a temporary file, written and read in stretches: beside a recording of hours there is no room
/// for another one in memory, nor always in the addresses of a process. Stretches apart may be written at the same
/// time.
/// </summary>
internal sealed class SampleSpool : IDisposable
{
    /// <summary>Samples that are worth a call of the system: 1 MiB.</summary>
    public const int Piece = 1 << 18;

    private readonly FileStream _file;

    /// <summary>Makes an empty one.</summary>
    /// <param name="length">[sample]</param>
    public SampleSpool(int length)
    {
        (Length, _file) = (length, TemporaryFile.Create());
        TemporaryFile.Allocate(_file, (long)length * sizeof(float));
    }

    /// <summary>[sample]</summary>
    public int Length { get; }

    /// <summary>Lays a stretch aside.</summary>
    /// <param name="at">Its first sample.</param>
    /// <param name="samples">The stretch.</param>
    public void Write(int at, ReadOnlySpan<float> samples) =>
        RandomAccess.Write(_file.SafeFileHandle, MemoryMarshal.AsBytes(samples), (long)at * sizeof(float));

    /// <summary>Reads a stretch.</summary>
    /// <param name="at">Its first sample.</param>
    /// <param name="samples">Receives the stretch.</param>
    public void Read(int at, Span<float> samples)
    {
        Span<byte> rest = MemoryMarshal.AsBytes(samples);
        long from = (long)at * sizeof(float);
        for (int count; rest.Length > 0; rest = rest[count..], from += count)
        {
            count = RandomAccess.Read(_file.SafeFileHandle, rest, from);
            if (count == 0)
            {
                throw new IOException("A temporary file ended early.");
            }
        }
    }

    /// <summary>Lays all samples aside.</summary>
    /// <param name="samples">As many as there is room for.</param>
    public void Keep(ReadOnlySpan<float> samples)
    {
        for (int at = 0; at < Length; at += Piece)
        {
            Write(at, samples[at..(int)Math.Min(Length, (long)at + Piece)]);
        }
    }

    /// <summary>Reads all samples.</summary>
    /// <param name="samples">As many as were laid aside.</param>
    public void Restore(Span<float> samples)
    {
        for (int at = 0; at < Length; at += Piece)
        {
            Read(at, samples[at..(int)Math.Min(Length, (long)at + Piece)]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}

using System.Runtime.InteropServices;
using VoiceClean.Files;

namespace VoiceClean.Audio;

/// <summary>
/// Samples in a temporary file, written and read in stretches, or seen as memory: beside a recording of hours there is
/// no room for another one in memory, nor always in the addresses of a process. Stretches apart may be written at the
/// same time.
/// </summary>
internal sealed unsafe class SampleSpool : IDisposable
{
    /// <summary>Samples that are worth a pass: 1 MiB.</summary>
    public const int Piece = 1 << 18;

    // Samples of a call that writes, 256 KiB. The system keeps the pages of a call together: all later passes over them
    // then cost less, though where one is written through a map it walks over its neighbours.
    private const int WrittenPiece = 1 << 16;

    private readonly FileStream _file;
    private readonly Lock _mapping = new();
    private FileWindow? _window;
    private int _seen;                  // samples within the window

    /// <summary>Makes one of zeros.</summary>
    /// <param name="length">[sample]</param>
    public SampleSpool(int length)
    {
        _file = TemporaryFile.Create();
        try
        {
            Resize(length);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>[sample]</summary>
    public int Length { get; private set; }

    /// <summary>Makes it so long; what is new is zero. Spans of it are no longer valid.</summary>
    /// <param name="length">[sample]</param>
    public void Resize(int length)
    {
        Hide();
        TemporaryFile.Allocate(_file, (long)length * sizeof(float));
        Length = length;
    }

    /// <summary>The first samples as memory, until <see cref="Hide"/> or more of them are asked for.</summary>
    /// <param name="length">How many.</param>
    public Span<float> See(int length)
    {
        if (length > Volatile.Read(ref _seen))
        {
            lock (_mapping)             // stages may look at a clip from several threads
            {
                if (length > _seen)
                {
                    Hide();
                    _window = new FileWindow(_file, 0, (long)length * sizeof(float));
                    ResidentPages.Add(_window.Pointer, (nuint)length * sizeof(float));
                    Volatile.Write(ref _seen, length);
                }
            }
        }

        return length == 0 ? [] : new Span<float>(_window!.Pointer, length);
    }

    /// <summary>Gives the addresses back until samples are looked at again.</summary>
    public void Hide()
    {
        if (_window is not null)
        {
            ResidentPages.Remove(_window.Pointer);
            _window.Dispose();
            (_window, _seen) = (null, 0);
        }
    }

    /// <summary>Lays a stretch aside: by calls of the system, which spares the faults of its pages.</summary>
    /// <param name="at">Its first sample.</param>
    /// <param name="samples">The stretch; none of this file.</param>
    public void Write(int at, ReadOnlySpan<float> samples)
    {
        for (int done = 0; done < samples.Length; done += WrittenPiece)
        {
            RandomAccess.Write(
                _file.SafeFileHandle,
                MemoryMarshal.AsBytes(samples.Slice(done, Math.Min(WrittenPiece, samples.Length - done))),
                ((long)at + done) * sizeof(float));
        }
    }

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

    /// <inheritdoc/>
    public void Dispose()
    {
        Hide();
        _file.Dispose();
    }
}

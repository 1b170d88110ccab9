using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// Lets libsndfile read a .NET stream. An exception must not cross native frames, so the callbacks catch everything,
/// answer as at the end of a file, and keep the exception for the caller.
/// </summary>
internal sealed unsafe class VirtualFile : IDisposable
{
    private readonly Stream _stream;
    private readonly IReadOnlyList<(long Start, long Length)> _stretches;
    private readonly byte[] _prefix;
    private readonly long _length;
    private GCHandle _self;
    private long _position;
    // Of the stretch that was read last: which, and its first byte as libsndfile counts.
    private int _stretch;
    private long _stretchAt;

    /// <summary>Shows libsndfile a stream from <paramref name="start"/> on.</summary>
    public VirtualFile(Stream stream, long start)
        : this(stream, [(start, Math.Max(0, stream.Length - start))], [])
    {
    }

    /// <summary>Shows libsndfile stretches of a stream, one after the other, behind a prefix.</summary>
    /// <param name="stream">Not owned.</param>
    /// <param name="stretches">Where they lie [byte], ascending.</param>
    /// <param name="prefix">What comes first.</param>
    public VirtualFile(Stream stream, IReadOnlyList<(long Start, long Length)> stretches, byte[] prefix)
    {
        (_stream, _stretches, _prefix, _stretchAt) = (stream, stretches, prefix, prefix.Length);
        _length = prefix.Length;
        foreach ((long _, long length) in stretches)
        {
            _length += length;
        }

        _self = GCHandle.Alloc(this);
    }

    /// <summary>Pass this as user data.</summary>
    public nint UserData => GCHandle.ToIntPtr(_self);

    /// <summary>What went wrong below libsndfile, which sees only an end of file.</summary>
    public Exception? Failure { get; private set; }

    public static SoundFileLibrary.VirtualFile Callbacks => new()
    {
        GetLength = &GetLength,
        Seek = &Seek,
        Read = &Read,
        Write = &Write,
        Tell = &Tell,
    };

    public void Dispose()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    private static VirtualFile Of(nint userData) => (VirtualFile)GCHandle.FromIntPtr(userData).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long GetLength(nint userData) => Of(userData)._length;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Tell(nint userData) => Of(userData)._position;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Write(byte* source, long count, nint userData) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Seek(long offset, int origin, nint userData)
    {
        VirtualFile file = Of(userData);
        long from = origin switch { 0 => 0, 1 => file._position, 2 => file._length, _ => -1 };
        long target = unchecked(from + offset);
        if (from < 0 || target < 0 || target > file._length)
        {
            return -1;
        }

        file._position = target;
        return target;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long Read(byte* target, long count, nint userData)
    {
        VirtualFile file = Of(userData);
        try
        {
            return file.Fill(new Span<byte>(target, (int)Math.Min(count, int.MaxValue)));
        }
#pragma warning disable CA1031 // Nothing may cross the native frames above us; the reader throws it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            file.Failure ??= e;
            return 0;
        }
    }

    private int Fill(Span<byte> buffer)
    {
        int done = 0;
        if (_position < _prefix.Length)
        {
            done = Math.Min(_prefix.Length - (int)_position, buffer.Length);
            _prefix.AsSpan((int)_position, done).CopyTo(buffer);
            _position += done;
        }

        while (done < buffer.Length && _position < _length)
        {
            Find();
            (long start, long length) = _stretches[_stretch];
            long within = _position - _stretchAt;
            Span<byte> part = buffer.Slice(done, (int)Math.Min(buffer.Length - done, length - within));
            _stream.Position = start + within;
            int read = _stream.ReadAtLeast(part, part.Length, throwOnEndOfStream: false);
            done += read;
            _position += read;
            if (read < part.Length)
            {
                break;              // the file has become shorter
            }
        }

        return done;
    }

    // The stretch that holds the position, which lies behind the prefix and before the end.
    private void Find()
    {
        if (_position < _stretchAt)
        {
            (_stretch, _stretchAt) = (0, _prefix.Length);
        }

        while (_position >= _stretchAt + _stretches[_stretch].Length)
        {
            _stretchAt += _stretches[_stretch++].Length;
        }
    }
}

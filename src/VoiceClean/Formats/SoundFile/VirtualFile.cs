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
    private readonly long _start, _length;
    private readonly byte[] _prefix;
    private GCHandle _self;
    private long _position;

    /// <summary>
    /// Shows libsndfile the part of <paramref name="stream"/> from <paramref name="start"/> on, behind
    /// <paramref name="prefix"/>.
    /// </summary>
    public VirtualFile(Stream stream, long start, byte[]? prefix = null)
    {
        _stream = stream;
        _prefix = prefix ?? [];
        _start = start - _prefix.Length;
        _length = stream.Length - _start;
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
            var buffer = new Span<byte>(target, (int)Math.Min(count, int.MaxValue));
            int before = 0;
            if (file._position < file._prefix.Length)
            {
                ReadOnlySpan<byte> prefix = file._prefix.AsSpan((int)file._position);
                before = Math.Min(prefix.Length, buffer.Length);
                prefix[..before].CopyTo(buffer);
                file._position += before;
                buffer = buffer[before..];
            }

            if (buffer.IsEmpty)
            {
                return before;
            }

            file._stream.Position = file._start + file._position;
            int read = file._stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            file._position += read;
            return before + read;
        }
#pragma warning disable CA1031 // Nothing may cross the native frames above us; the reader throws it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            file.Failure ??= e;
            return 0;
        }
    }
}

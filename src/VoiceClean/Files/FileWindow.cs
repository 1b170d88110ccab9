using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VoiceClean.Files;

/// <summary>
/// A stretch of a temporary file as memory. Unlike a view of <see cref="MemoryMappedFile"/> it is not written to the
/// disk when it is closed (msync), which nobody needs of a file without a name, and which costs a write fault of every
/// page anew.
/// </summary>
internal sealed unsafe partial class FileWindow : IDisposable
{
    private readonly MemoryMappedFile? _map;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;           // of the page in which the stretch begins
    private readonly nuint _length;

    /// <summary>Maps a stretch, which the file has.</summary>
    /// <param name="file">The file; it need not stay open.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="length">[byte], from 1.</param>
    /// <exception cref="OutOfMemoryException">There are not so many addresses.</exception>
    public FileWindow(FileStream file, long from, long length)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (OperatingSystem.IsWindows())
        {
            _map = MemoryMappedFile.CreateFromFile(
                file,
                null,
                0,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: true);
            _view = _map.CreateViewAccessor(from, length, MemoryMappedFileAccess.ReadWrite);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
            Pointer = _start + _view.PointerOffset;
            return;
        }

        const int readAndWrite = 3, shared = 1;         // PROT_READ | PROT_WRITE, MAP_SHARED of Linux and macOS
        long lead = from % Environment.SystemPageSize;
        _length = (nuint)(lead + length);
        _start = (byte*)Map(null, _length, readAndWrite, shared, file.SafeFileHandle, (nint)(from - lead));
        if ((nint)_start == -1)
        {
            _start = null;
            throw new InsufficientMemoryException(
                $"{length / 1_000_000:N0} MB of a temporary file cannot be mapped "
                    + $"(error {Marshal.GetLastPInvokeError()}).");
        }

        Pointer = _start + lead;
    }

    /// <summary>The first byte of the stretch, until the window is closed.</summary>
    public byte* Pointer { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start is null)
        {
            return;
        }

        if (_view is not null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _map!.Dispose();
        }
        else
        {
            _ = Unmap(_start, _length);
        }

        _start = null;
        Pointer = null;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void* Map(
        void* address,
        nuint length,
        int protection,
        int flags,
        SafeFileHandle file,
        nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(void* address, nuint length);
}

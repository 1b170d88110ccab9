using System.Runtime.InteropServices;

namespace VoiceClean.Files;

/// <summary>
/// The names in a folder with what the folder itself says about them, so that nobody has to ask the disk about each: a
/// run that works on one file of a thousand lists a million.
/// </summary>
internal static unsafe partial class DirectoryEntries
{
    // struct dirent of 64-bit Linux (glibc and musl): d_ino 8 bytes, d_off 8, d_reclen 2, d_type 1, then the name.
    private const int TypeOffset = 18, NameOffset = 19;
    private const byte TypeFifo = 1, TypeCharacter = 2, TypeFolder = 4, TypeBlock = 6, TypeFile = 8, TypeSocket = 12;

    /// <summary>Calls <paramref name="entry"/> for each name but "." and "..", in the order of the disk.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="entry">Receives name and kind; the kind is null where only the disk can tell (links, some file
    /// systems). Bytes that are not UTF-8 are U+FFFD in a name.</param>
    /// <param name="prefix">Files whose names do not begin with it may be passed over.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static void Read(string folder, Action<string, EntryKind?> entry, ReadOnlySpan<byte> prefix = default)
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            ReadHere(folder, entry, prefix);
            return;
        }

        var all = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false };
        foreach (string path in Directory.EnumerateFileSystemEntries(folder, "*", all))
        {
            entry(Path.GetFileName(path), null);
        }
    }

    private static void ReadHere(string folder, Action<string, EntryKind?> entry, ReadOnlySpan<byte> prefix)
    {
        nint directory = OpenDirectory(folder);
        if (directory == 0)
        {
            throw Failure(folder);
        }

        try
        {
            while (true)
            {
                byte* found = ReadEntry(directory);
                if (found == null)
                {
                    if (Marshal.GetLastPInvokeError() != 0)
                    {
                        throw Failure(folder);
                    }

                    return;
                }

                byte* name = found + NameOffset;
                if (name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)))
                {
                    continue;
                }

                EntryKind? kind = Kind(found[TypeOffset]);
                if (kind != EntryKind.File || BeginsWith(name, prefix))
                {
                    entry(Marshal.PtrToStringUTF8((nint)name)!, kind);
                }
            }
        }
        finally
        {
            _ = CloseDirectory(directory);
        }
    }

    private static bool BeginsWith(byte* name, ReadOnlySpan<byte> prefix)
    {
        int same = 0;
        while (same < prefix.Length && name[same] == prefix[same])
        {
            same++;      // no further than the NUL behind the name, which no prefix has
        }

        return same == prefix.Length;
    }

    private static EntryKind? Kind(byte type) => type switch
    {
        TypeFile => EntryKind.File,
        TypeFolder => EntryKind.Folder,
        TypeFifo or TypeCharacter or TypeBlock or TypeSocket => EntryKind.Other,
        _ => null,
    };

    private static Exception Failure(string folder)
    {
        const int denied = 13, notPermitted = 1;
        int error = Marshal.GetLastPInvokeError();
        string message = $"The folder {folder} cannot be read: {Marshal.GetPInvokeErrorMessage(error)}.";
        return error is denied or notPermitted
            ? new UnauthorizedAccessException(message)
            : new IOException(message, error);
    }

    [LibraryImport("libc", EntryPoint = "opendir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenDirectory(string path);

    [LibraryImport("libc", EntryPoint = "readdir", SetLastError = true)]
    private static partial byte* ReadEntry(nint directory);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseDirectory(nint directory);
}

using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// The parts of libsndfile that we call. Source: its own sndfile.h (the ABI has not changed from 1.0 to 1.2).
/// </summary>
[SuppressMessage("Interoperability", "CA5392", Justification = "The library is found by our own resolver.")]
internal static unsafe partial class SoundFileLibrary
{
    private const string Name = "sndfile";

    // The library is a fact of the process, looked for once.
    private static readonly Lazy<nint> Handle = new(Find);

    static SoundFileLibrary() => NativeLibrary.SetDllImportResolver(
        typeof(SoundFileLibrary).Assembly,
        static (name, _, _) => name == Name ? Handle.Value : 0);

    public const int ModeRead = 0x10;

    /// <summary>Masks of <see cref="FileInfo.Format"/>.</summary>
    public const int SubTypeMask = 0xFFFF, GetChannelMap = 0x1100;

    /// <summary>What to do where it is missing.</summary>
    public static DecoderRequirement Requirement { get; } = new(
        "libsndfile",
        "Install libsndfile: on Debian and Ubuntu 'apt install libsndfile1', on macOS 'brew install libsndfile', "
        + "on Windows put sndfile.dll from github.com/libsndfile/libsndfile/releases beside the program.");

    /// <summary>True if the library could be loaded.</summary>
    public static bool IsPresent => Handle.Value != 0;

    /// <summary>"libsndfile-1.2.0"; null if it is missing.</summary>
    public static string? Version => IsPresent ? Marshal.PtrToStringUTF8(GetVersion()) : null;

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct FileInfo
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct VirtualFile
    {
        public delegate* unmanaged[Cdecl]<nint, long> GetLength;
        public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Read;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Write;
        public delegate* unmanaged[Cdecl]<nint, long> Tell;
    }

    [LibraryImport(Name, EntryPoint = "sf_open_virtual")]
    public static partial nint Open(VirtualFile* file, int mode, FileInfo* info, nint userData);

    [LibraryImport(Name, EntryPoint = "sf_readf_float")]
    public static partial long ReadFrames(nint file, float* samples, long frames);

    [LibraryImport(Name, EntryPoint = "sf_command")]
    public static partial int Command(nint file, int command, void* data, int length);

    [LibraryImport(Name, EntryPoint = "sf_error")]
    public static partial int GetError(nint file);

    [LibraryImport(Name, EntryPoint = "sf_strerror")]
    public static partial nint GetErrorText(nint file);

    [LibraryImport(Name, EntryPoint = "sf_close")]
    public static partial int Close(nint file);

    [LibraryImport(Name, EntryPoint = "sf_version_string")]
    private static partial nint GetVersion();

    private static nint Find()
    {
        string[] names =
            OperatingSystem.IsWindows() ? ["sndfile.dll", "libsndfile-1.dll"]
            : OperatingSystem.IsMacOS()
                ?
                [
                    "libsndfile.1.dylib",
                    "/opt/homebrew/lib/libsndfile.1.dylib",
                    "/usr/local/lib/libsndfile.1.dylib",
                    "libsndfile.dylib",
                ]
            : ["libsndfile.so.1", "libsndfile.so"];
        foreach (string name in names)
        {
            if (
                NativeLibrary.TryLoad(
                    name,
                    Assembly.GetExecutingAssembly(),
                    DllImportSearchPath.SafeDirectories,
                    out nint handle))
            {
                if (LibraryNotes.AreUnwanted)
                {
                    LibraryNotes.Catch();
                }

                return handle;
            }
        }

        return 0;
    }
}

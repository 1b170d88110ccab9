using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VoiceClean.Files;

namespace VoiceClean.Formats.SoundFile;

/// <summary>
/// What the MP3 decoder inside libsndfile remarks on standard error, in words of its own. A program whose words are its
/// own has it counted instead: the variable <c>stderr</c> of the C library is pointed to a stream of ours, which takes
/// what comes from a thread that is in libsndfile, and hands on everything else. The descriptor stays what it is, so
/// nobody else's words are lost and no threads race. Only with glibc, where the variable can be written; source: its
/// manual, §12.21.3 (custom streams).
/// </summary>
internal static unsafe class LibraryNotes
{
    private const int Unbuffered = 2;       // _IONBF
    private static readonly Lock Gate = new();
    private static bool s_isCaught;

    [ThreadStatic]
    private static bool t_isInside;

    [ThreadStatic]
    private static int t_count;

    /// <summary>Whether the program wants no words but its own; to be set before the first recording is read.</summary>
    public static bool AreUnwanted { get; set; }

    /// <summary>From now on the calling thread is in libsndfile.</summary>
    public static void Enter() => (t_isInside, t_count) = (true, 0);

    /// <summary>It has come back.</summary>
    /// <returns>How often something was written on the way; 0 where nothing is caught.</returns>
    public static int Leave()
    {
        t_isInside = false;
        return t_count;
    }

    /// <summary>Begins to catch them, once for the process; does nothing where it cannot.</summary>
    public static void Catch()
    {
        lock (Gate)
        {
            if (s_isCaught || !OperatingSystem.IsLinux())
            {
                return;
            }

            nint program = NativeLibrary.GetMainProgramHandle();
            bool canBe =
                NativeLibrary.TryGetExport(program, "gnu_get_libc_version", out _)
                & NativeLibrary.TryGetExport(program, "stderr", out nint variable)
                & NativeLibrary.TryGetExport(program, "fopencookie", out nint open)
                & NativeLibrary.TryGetExport(program, "setvbuf", out nint setBuffer);
            if (!canBe)
            {
                return;
            }

            nint file;
            fixed (byte* mode = "w\0"u8)
            {
                file = ((delegate* unmanaged[Cdecl]<nint, byte*, Functions, nint>)open)(
                    0,
                    mode,
                    new Functions { Write = &Write });
            }

            if (file != 0)
            {
                _ = ((delegate* unmanaged[Cdecl]<nint, byte*, int, nuint, int>)setBuffer)(file, null, Unbuffered, 0);
                *(nint*)variable = file;
                s_isCaught = true;
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Write(nint cookie, byte* bytes, nuint count)
    {
        if (t_isInside)
        {
            t_count++;
            return (nint)count;
        }

        try
        {
            using var standardError = new DescriptorStream(2);
            standardError.Write(new ReadOnlySpan<byte>(bytes, (int)Math.Min(count, int.MaxValue)));
        }
        catch (IOException)
        {
            // nobody left to tell
        }

        return (nint)count;
    }

    // cookie_io_functions_t
    [StructLayout(LayoutKind.Sequential)]
    private struct Functions
    {
        public nint Read;
        public delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint> Write;
        public nint Seek;
        public nint Close;
    }
}

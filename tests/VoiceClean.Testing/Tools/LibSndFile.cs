using System.Runtime.InteropServices;

namespace VoiceClean.Testing.Tools;

/// <summary>Reads sound files with libsndfile, an implementation independent of ours.</summary>
public static partial class LibSndFile
{
    [StructLayout(LayoutKind.Sequential)]
    private struct Info
    {
        public long Frames;
        public int SampleRate, Channels, Format, Sections, Seekable;
    }

    /// <summary>
    /// All samples, full scale ±1, and what the header says. <c>Format</c>: major type in the bits of 0x0FFF0000, word
    /// type below.
    /// </summary>
    public static (float[] Samples, int SampleRate, int Channels, int Format) Read(string path)
    {
        Requires.SoundFile();
        Info info = default;
        IntPtr file = sf_open(path, 0x10, ref info);
        if (file == IntPtr.Zero)
        {
            throw new InvalidDataException(
                $"libsndfile refuses {path}: {Marshal.PtrToStringUTF8(sf_strerror(IntPtr.Zero))}");
        }

        float[] samples = new float[info.Frames * info.Channels];
        long read = sf_read_float(file, samples, samples.Length);
        _ = sf_close(file);
        return read != samples.Length
            ? throw new InvalidDataException($"libsndfile read {read} of {samples.Length} samples of {path}.")
            : (samples, info.SampleRate, info.Channels, info.Format);
    }

#pragma warning disable IDE1006, SYSLIB1054 // The names are those of the C library.
    [LibraryImport("libsndfile.so.1", StringMarshalling = StringMarshalling.Utf8)]
    private static partial IntPtr sf_open(string path, int mode, ref Info info);

    [LibraryImport("libsndfile.so.1")]
    private static partial long sf_read_float(IntPtr file, [Out] float[] samples, long count);

    [LibraryImport("libsndfile.so.1")]
    private static partial int sf_close(IntPtr file);

    [LibraryImport("libsndfile.so.1")]
    private static partial IntPtr sf_strerror(IntPtr file);
#pragma warning restore IDE1006, SYSLIB1054
}

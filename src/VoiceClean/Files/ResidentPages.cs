namespace VoiceClean.Files;

/// <summary>
/// Keeps what is resident of mapped temporary files within bounds. The system leaves every page that was touched in
/// the process until memory runs short, so that a recording of hours looks as large as its files are, and where memory
/// is limited other programs pay for it. Here a thread looks every few milliseconds and lets the pages go when there
/// are many; their content stays in the file and comes back when it is touched.
/// </summary>
/// <remarks>Linux only; elsewhere nothing happens. The thread lives while there is a map.</remarks>
internal static unsafe class ResidentPages
{
    /// <summary>Where pages are let go [byte], of all maps together.</summary>
    public const long Limit = 256 * 1024 * 1024;

    // A pass over samples that does almost nothing touches about 10 MB a millisecond.
    private const int PauseMs = 2;

    private static readonly Lock Gate = new();
    private static readonly List<(nint Start, nuint Length)> Maps = [];
    private static bool s_isWatched;

    /// <summary>Begins to look after a map.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="length">[byte]</param>
    public static void Add(void* start, nuint length)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        lock (Gate)
        {
            Maps.Add(((nint)start, length));
            if (!s_isWatched)
            {
                s_isWatched = true;
                new Thread(Watch, 256 * 1024) { IsBackground = true, Name = "resident pages" }.Start();
            }
        }
    }

    /// <summary>Forgets a map; to be called before it goes.</summary>
    /// <param name="start">Its first byte.</param>
    public static void Remove(void* start)
    {
        lock (Gate)
        {
            Maps.RemoveAll(m => m.Start == (nint)start);
        }
    }

    /// <summary>Lets all pages of all maps go now.</summary>
    internal static void LetGo()
    {
        lock (Gate)
        {
            foreach ((nint start, nuint length) in Maps)
            {
                PageAdvice.LetGo((void*)start, length);
            }
        }
    }

    private static void Watch()
    {
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle figures = File.OpenHandle("/proc/self/statm");
            long limit = BytesOfFiles(figures) + Limit;        // of code and what else was there before
            while (Look(figures, limit))
            {
                Thread.Sleep(PauseMs);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No /proc here: the system decides alone, as before.
        }
    }

    // False when there is nothing left to look after.
    private static bool Look(Microsoft.Win32.SafeHandles.SafeFileHandle figures, long limit)
    {
        bool areMany = BytesOfFiles(figures) > limit;
        lock (Gate)
        {
            if (Maps.Count == 0)
            {
                s_isWatched = false;
                return false;
            }

            if (areMany)
            {
                LetGo();
            }

            return true;
        }
    }

    // proc(5): the third figure of statm is what is resident of files and shared memory.
    private static long BytesOfFiles(Microsoft.Win32.SafeHandles.SafeFileHandle figures)
    {
        Span<byte> line = stackalloc byte[128];
        ReadOnlySpan<byte> rest = line[..RandomAccess.Read(figures, line, 0)];
        for (int i = 0; i < 2; i++)
        {
            rest = rest[(rest.IndexOf((byte)' ') + 1)..];
        }

        return System.Buffers.Text.Utf8Parser.TryParse(rest, out long pages, out _)
            ? pages * Environment.SystemPageSize
            : 0;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Runs.State;

/// <summary>
/// One run at a time on one output. The file names its holder (host and process); a lock of the system on it says
/// whether he lives, so that the lock of a killed run is taken over at once. On network folders without such locks the
/// file is touched every few seconds instead, and taken over when that has stopped.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>
    /// Where the lock of the system lies: behind any text, so that others can read who holds it (locks bar reading on
    /// Windows).
    /// </summary>
    private const long LockPosition = 1L << 30;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(60);

    private readonly FileStream _file;
    private readonly Timer _heartbeat;
    private readonly byte[] _holder;

    private FolderLock(FileStream file)
    {
        _file = file;
        _holder = Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"host\":{JsonEncodedText.Encode(Environment.MachineName).Quoted()},"
                    + $"\"pid\":{Environment.ProcessId},"
                    + $"\"since\":\"{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}\"}}\n"));
        WriteHolder();
        _heartbeat = new Timer(_ => WriteHolder(), null, Heartbeat, Heartbeat);
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <exception cref="VoiceCleanException">Another run holds it (kind <see cref="ErrorKind.Temporary"/>), or the file
    /// cannot be written.</exception>
    public static FolderLock Take(string path)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(
                path,
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 1);
            bool? locked = TryLock(file);
            // Read through the same handle: POSIX drops a process's locks on a file when it closes any of its handles.
            Holder holder = ReadHolder(file);
            if (locked == false || IsAlive(holder, locked == true, path))
            {
                throw new VoiceCleanException(
                    ErrorKind.Temporary,
                    ReasonCodes.IoError,
                    $"Another run works on this output: {holder}; wait for it, or choose another output folder "
                        + $"({path}).");
            }

            return new FolderLock(file);
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (OutputErrors.IsFileSystemFailure(e))
            {
                throw OutputErrors.Describe(e, path);
            }

            throw;
        }
    }

    /// <summary>Takes the lock as soon as whoever holds it gives it back.</summary>
    /// <param name="path">The lock file; its folder exists.</param>
    /// <param name="patience">How long it is still waited for once stopped.</param>
    /// <param name="stop">Ends the waiting, after <paramref name="patience"/>.</param>
    /// <returns>The lock; null if the waiting was ended.</returns>
    /// <exception cref="VoiceCleanException">The file cannot be written.</exception>
    public static FolderLock? Await(string path, TimeSpan patience, CancellationToken stop)
    {
        long? stopped = null;
        while (true)
        {
            try
            {
                return Take(path);
            }
            catch (VoiceCleanException e) when (e is { Kind: ErrorKind.Temporary, Code: ReasonCodes.IoError })
            {
                if (stop.IsCancellationRequested)
                {
                    stopped ??= Environment.TickCount64;
                    if (Environment.TickCount64 - stopped >= patience.TotalMilliseconds)
                    {
                        return null;
                    }
                }

                Thread.Sleep(50);
            }
        }
    }

    /// <summary>
    /// Gives the lock back. The file stays, empty: removing it would race with the next run that opens it.
    /// </summary>
    public void Dispose()
    {
        using (var stopped = new ManualResetEvent(false))
        {
            if (_heartbeat.Dispose(stopped))
            {
                stopped.WaitOne(TimeSpan.FromSeconds(1));
            }
        }

        try
        {
            _file.SetLength(0);
        }
        catch (IOException)
        {
            // The next run finds our name and a dead process: the same to it.
        }

        _file.Dispose();
    }

    /// <summary>True: ours now. False: another process has it. Null: this file system has no locks.</summary>
    private static bool? TryLock(FileStream file)
    {
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
        {
            return null;       // the runtime offers no lock of a range there
        }

        try
        {
            file.Lock(LockPosition, 1);
            return true;
        }
        catch (IOException e)
        {
            const int again = 11, denied = 13, windowsViolation = 33;
            return (e.HResult & 0xFFFF) is again or denied or windowsViolation ? false : null;
        }
    }

    private static bool IsAlive(Holder holder, bool locked, string path)
    {
        if (holder.Host.Length == 0)
        {
            return false;
        }

        if (string.Equals(holder.Host, Environment.MachineName, StringComparison.OrdinalIgnoreCase))
        {
            return !locked && holder.Pid != Environment.ProcessId && IsRunning(holder.Pid);
        }

        // Another machine. If it still touches the file, our lock only means that locks do not reach across this
        // network.
        return ServerTime(path) - File.GetLastWriteTimeUtc(path) < Patience;
    }

    /// <summary>Now, by the clock of the machine that holds the files.</summary>
    private static DateTime ServerTime(string path)
    {
        string probe = path + FormattableString.Invariant($".{Environment.ProcessId}");
        File.WriteAllText(probe, "");
        DateTime now = File.GetLastWriteTimeUtc(probe);
        File.Delete(probe);
        return now;
    }

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Holder ReadHolder(FileStream file)
    {
        byte[] content = new byte[1024];
        file.Position = 0;
        int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        try
        {
            using JsonDocument json = JsonDocument.Parse(content.AsMemory(0, length));
            JsonElement root = json.RootElement;
            return new Holder(
                root.GetProperty("host").GetString() ?? "",
                root.GetProperty("pid").GetInt32(),
                root.GetProperty("since").GetString() ?? "");
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new Holder("", 0, "");
        }
    }

    private void WriteHolder()
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, _holder, 0);
            RandomAccess.SetLength(_file.SafeFileHandle, _holder.Length);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A full disk does not end the lock, only its heartbeat; the work itself will say that the disk is full.
        }
    }

    private sealed record Holder(string Host, int Pid, string Since)
    {
        public override string ToString() => Host.Length == 0
            ? "it has not said who it is yet"
            : string.Create(CultureInfo.InvariantCulture, $"process {Pid} on {Host} since {Since}");
    }
}

/// <summary>JSON text in its quotes.</summary>
file static class JsonText
{
    public static string Quoted(this JsonEncodedText text) => "\"" + text.ToString() + "\"";
}

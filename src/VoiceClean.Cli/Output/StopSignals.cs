using System.Runtime.InteropServices;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP: the first one asks for a clean stop and ends the process itself if that takes longer
/// than it may; the second ends it at once. .NET has no SIGTERM handler of its own: without this the process would die
/// with its temporary files in place.
/// </summary>
internal sealed partial class StopSignals : IDisposable
{
    /// <summary>
    /// What waits for the outside world (standard input, a FIFO, a reader that does not read) may never come back. A
    /// run that works needs up to 1 s for the recordings in flight.
    /// </summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1.5);

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;
    private volatile bool _isOver;

    public StopSignals()
    {
        Register(PosixSignal.SIGINT, 130);
        Register(PosixSignal.SIGTERM, 143);
        Register(PosixSignal.SIGHUP, 129);
    }

    /// <summary>
    /// How long after the first signal the process is ended by force; longer for a server, which drains first.
    /// </summary>
    public TimeSpan Patience { get; set; } = Usual;

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>128 + the number of the signal that came, null if none did.</summary>
    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    /// <summary>
    /// A file that grows beyond a limit (ulimit -f) is to be an error of the write, not the end of the process, which
    /// would leave its temporary file behind.
    /// </summary>
    public static void IgnoreFileSizeSignal()
    {
        const int fileSizeExceeded = 25;        // SIGXFSZ on Linux, macOS and the BSDs
        if (!OperatingSystem.IsWindows())
        {
            _ = SetHandler(fileSizeExceeded, Ignore);
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private const nint Ignore = 1;              // SIG_IGN

    private void Register(PosixSignal signal, int exitCode) =>
        _registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    context.Cancel = true;
                    if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
                    {
                        End(exitCode);
                    }

                    new Thread(EndLater) { IsBackground = true, Name = "voiceclean end" }.Start();
                    _source.Cancel();
                }));

    private void EndLater()
    {
        Thread.Sleep(Patience);
        if (!_isOver)
        {
            End(_exitCode);
        }
    }

    private static void End(int exitCode)
    {
        EndNow(exitCode);
        Environment.Exit(exitCode);     // Windows
    }

    /// <summary>
    /// Ends the process without any help of the runtime (Unix), and without the temporary files of what is being
    /// written.
    /// </summary>
    public static void EndNow(int exitCode)
    {
        AtomicFile.RemoveUnfinished();
        ExitNow(exitCode);
    }

    private static void ExitNow(int exitCode)
    {
        if (!OperatingSystem.IsWindows())
        {
            ExitProcess(exitCode);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ExitProcess(int exitCode);
}

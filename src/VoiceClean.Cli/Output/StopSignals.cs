using System.Runtime.InteropServices;

namespace VoiceClean.Cli.Output;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP: the first one asks for a clean stop, the second ends the process at once. .NET has no
/// SIGTERM handler of its own: without this the process would die with its temporary files in place.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;

    public StopSignals()
    {
        Register(PosixSignal.SIGINT, 130);
        Register(PosixSignal.SIGTERM, 143);
        Register(PosixSignal.SIGHUP, 129);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>128 + the number of the signal that came, null if none did.</summary>
    public int? ExitCode => _exitCode == 0 ? null : _exitCode;

    public void Dispose()
    {
        _registrations.ForEach(r => r.Dispose());
        _source.Dispose();
    }

    private void Register(PosixSignal signal, int exitCode) =>
        _registrations.Add(
            PosixSignalRegistration.Create(
                signal,
                context =>
                {
                    if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
                    {
                        Environment.Exit(exitCode);
                    }

                    context.Cancel = true;
                    _source.Cancel();
                }));
}

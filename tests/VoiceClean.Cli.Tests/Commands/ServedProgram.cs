using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Cli.Tests.Commands;

/// <summary>The built program as a server, in a process of its own.</summary>
internal sealed class ServedProgram : IDisposable
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task<string> _output;

    /// <summary>Starts it on a free port or a socket, and waits until it listens.</summary>
    public ServedProgram(string listen, params string[] options)
    {
        Process = BuiltProgram.Start(["serve", "--listen", listen, .. options]);
        Process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is { } line)
            {
                _errors.Enqueue(line);
            }
        };
        Process.BeginErrorReadLine();
        _output = Process.StandardOutput.ReadToEndAsync();
        const string announced = "voiceclean: listening on ";
        Await.Until(
            () => Process.HasExited || _errors.Any(e => e.StartsWith(announced, StringComparison.Ordinal)),
            "it listens");
        string? line = _errors.FirstOrDefault(e => e.StartsWith(announced, StringComparison.Ordinal));
        Address = line?[announced.Length..] ?? throw new InvalidOperationException(string.Join('\n', _errors));
        Client = new HttpClient(new SocketsHttpHandler { ConnectCallback = Connect })
        {
            BaseAddress = new Uri(IsSocket ? "http://localhost/" : Address),
            Timeout = Await.Limit,
        };
    }

    /// <summary>"http://127.0.0.1:12345" or "unix:PATH".</summary>
    public string Address { get; }

    public Process Process { get; }

    public HttpClient Client { get; }

    private bool IsSocket => Address.StartsWith("unix:", StringComparison.Ordinal);

    /// <summary>Sends it a signal of Unix.</summary>
    public void Signal(string name) => UnixSignal.Send(Process, name);

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code, standard output, standard error.</returns>
    public (int ExitCode, string Output, string Errors) Ended()
    {
        Await.Exit(Process);
        Process.WaitForExit();      // until the last line of its errors has come
        return (Process.ExitCode, _output.Result, string.Join('\n', _errors));
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            Process.WaitForExit();
        }

        Process.Dispose();
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = IsSocket
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IsSocket ? new UnixDomainSocketEndPoint(Address[5..]) : context.DnsEndPoint, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

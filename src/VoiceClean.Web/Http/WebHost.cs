using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using VoiceClean.Errors;

namespace VoiceClean.Web.Http;

/// <summary>How fast a client must be.</summary>
/// <param name="BytesPerSecond">Least mean rate of a body, and of reading an answer [byte/s].</param>
/// <param name="Grace">How long it may be slower at the beginning; more than 1 s, which is how often it is
/// looked.</param>
internal sealed record BodyRate(double BytesPerSecond, TimeSpan Grace)
{
    /// <summary>16 KB/s after 5 s. The server's own default of 240 B/s lets 200 MB take ten days.</summary>
    public static BodyRate Default { get; } = new(16_000, TimeSpan.FromSeconds(5));
}

/// <summary>Through which of the server's addresses a request came; a feature of its connection.</summary>
/// <param name="Value">The place in the list of addresses.</param>
internal sealed record ListenerNumber(int Value);

/// <summary>
/// The web server with nothing in it that was not asked for: no configuration files, no environment, no console, no
/// signal handlers. HTTP/1.1 only; a proxy does the rest.
/// </summary>
internal static class WebHost
{
    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="addresses">Where it will.</param>
    /// <param name="rate">How fast bodies and readers must be.</param>
    public static WebApplication Build(IReadOnlyList<ListenAddress> addresses, BodyRate rate)
    {
        // A connection over whose unread body an answer was sent ends with FIN. The default is RST, and a client that
        // has not read the answer yet may then never see it.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.FinOnError", true);
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;       // counted where the body is read, see BodyFile
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(rate.BytesPerSecond, rate.Grace);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(rate.BytesPerSecond, rate.Grace);
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            for (int i = 0; i < addresses.Count; i++)
            {
                Listen(kestrel, addresses[i], i);
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(5));
        return builder.Build();
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="app">What <see cref="Build"/> made.</param>
    /// <param name="addresses">The same addresses.</param>
    /// <returns>
    /// Where it listens, with the ports that were chosen: "http://127.0.0.1:8080", "unix:/run/vc.sock".
    /// </returns>
    /// <exception cref="VoiceCleanException">It cannot listen there.</exception>
    public static async Task<IReadOnlyList<string>> StartAsync(
        WebApplication app,
        IReadOnlyList<ListenAddress> addresses)
    {
        string names = string.Join(" and ", addresses);
        try
        {
            foreach (ListenAddress address in addresses)
            {
                RemoveDeadSocket(address.SocketPath);
            }

            await app.StartAsync().ConfigureAwait(false);
            ICollection<string> bound = ((IApplicationBuilder)app).ServerFeatures.Get<IServerAddressesFeature>()!
                .Addresses;
            return [.. bound.Select(a => a.Replace("http://unix:", "unix:", StringComparison.Ordinal))];
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new VoiceCleanException(
                ErrorKind.Temporary,
                ReasonCodes.IoError,
                $"cannot listen on {names}: {e.Message.TrimEnd('.')}."
                    + (IsInUse(e) ? " Is another server there already?" : ""),
                e);
        }
    }

    private static bool IsInUse(Exception e) => e.Message.TrimEnd('.').EndsWith("in use", StringComparison.Ordinal);

    private static void Listen(KestrelServerOptions kestrel, ListenAddress address, int number)
    {
        if (address.SocketPath is { } path)
        {
            kestrel.ListenUnixSocket(path, Configure);
        }
        else
        {
            kestrel.Listen(address.EndPoint!, Configure);
        }

        void Configure(ListenOptions listening)
        {
            listening.Protocols = HttpProtocols.Http1;
            listening.Use(next => connection =>
            {
                connection.Features.Set(new ListenerNumber(number));
                return next(connection);
            });
        }
    }

    /// <summary>A server that was killed leaves the name of its socket behind, and nobody can listen there.</summary>
    private static void RemoveDeadSocket(string? path)
    {
        if (path is null || !File.Exists(path))
        {
            return;
        }

        bool isFile = true;
        try
        {
            File.OpenHandle(path).Dispose();
        }
        catch (IOException)
        {
            isFile = false;     // a socket cannot be opened like a file
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (isFile || CanConnect(probe, path))
        {
            throw new IOException(isFile ? $"{path} exists and is no socket" : "address already in use");
        }

        File.Delete(path);
    }

    private static bool CanConnect(Socket probe, string path)
    {
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    // The default one answers SIGTERM itself, and the program has its own way of ending.
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

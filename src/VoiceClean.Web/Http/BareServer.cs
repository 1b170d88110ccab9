using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace VoiceClean.Web.Http;

/// <summary>
/// Makes the server alone, without the framework's host, which brings configuration, routing, logging, error pages and
/// a container of services. What it could do beyond HTTP/1.1 is left out of the native binary
/// (VoiceClean.Cli/Native/unused.xml).
/// </summary>
internal static class BareServer
{
    /// <summary>Makes a server that does not listen yet.</summary>
    /// <param name="configure">Where and how it will.</param>
    public static IServer Make(Action<KestrelServerOptions> configure)
    {
        var options = new KestrelServerOptions();
        configure(options);
        var sockets = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }
}

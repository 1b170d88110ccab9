using System.Globalization;
using System.Net;
using System.Text;

namespace VoiceClean.Web.Http;

/// <summary>Where a server listens: an address of the network with its port, or a socket in the file system.</summary>
/// <param name="EndPoint">Address and port (0 = any free one); null for a socket.</param>
/// <param name="SocketPath">The path of the socket; null for an address.</param>
internal sealed record ListenAddress(IPEndPoint? EndPoint, string? SocketPath)
{
    private const string SocketPrefix = "unix:";

    // Systems keep the path in 104 or 108 bytes, one of which ends it.
    private const int LongestPath = 103;

    /// <summary>What a text must be, to stand behind "must be".</summary>
    public const string Expectation =
        "an address with its port, like 127.0.0.1:8080 or [::1]:8080, or unix:PATH for a socket (103 bytes at most)";

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLocal => SocketPath is not null || IPAddress.IsLoopback(EndPoint!.Address);

    /// <summary>Reads "127.0.0.1:8080", "localhost:0", "[::1]:8080", "*:8080" (every address) or "unix:PATH".</summary>
    /// <param name="text">The text.</param>
    /// <param name="address">What it says.</param>
    /// <returns>False if it says none: a name other than localhost, or no port.</returns>
    public static bool TryParse(string text, out ListenAddress address)
    {
        ArgumentNullException.ThrowIfNull(text);
        address = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0), null);
        if (text.StartsWith(SocketPrefix, StringComparison.Ordinal))
        {
            address = new ListenAddress(null, text[SocketPrefix.Length..]);
            return Encoding.UTF8.GetByteCount(address.SocketPath!) is > 0 and <= LongestPath;
        }

        int colon = text.LastIndexOf(':');
        bool hasPort = ushort.TryParse(
            text.AsSpan(colon + 1),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ushort port);
        if (colon <= 0 || !hasPort || HostOf(text[..colon]) is not { } host)
        {
            return false;
        }

        address = new ListenAddress(new IPEndPoint(host, port), null);
        return true;
    }

    /// <summary>As it is written in options and addresses.</summary>
    public override string ToString() => SocketPath is { } path ? SocketPrefix + path : EndPoint!.ToString();

    // "1" and "0x7f.1" are addresses for the runtime, and not what anybody meant.
    private static IPAddress? HostOf(string host) =>
        host == "localhost" ? IPAddress.Loopback
        : host == "*" ? IPAddress.IPv6Any
        : host is ['[', .. var inner, ']'] && inner.Contains(':') && IPAddress.TryParse(inner, out var six) ? six
        : host.Count(c => c == '.') == 3
            && host.All(c => char.IsAsciiDigit(c) || c == '.')
            && IPAddress.TryParse(host, out IPAddress? four) ? four
        : null;
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Studio;

/// <summary>
/// The word by which a studio knows its own page: 128 random bits, new with every run. It stands in the fragment of the
/// address, which browsers do not send; the page keeps it in memory and sends it in a header, or, where there are no
/// headers (WebSockets), as a subprotocol. It never stands in a query, so in no log.
/// </summary>
internal sealed class StudioToken
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "X-VoiceClean-Token";

    /// <summary>What stands before it in the name of a subprotocol.</summary>
    public const string ProtocolPrefix = "token.";

    private readonly byte[] _bytes;

    /// <summary>Makes a new one.</summary>
    public StudioToken()
    {
        Value = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _bytes = Encoding.ASCII.GetBytes(Value);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public string Value { get; }

    /// <summary>Whether a request carries it; the time of the comparison does not depend on where it differs.</summary>
    public bool IsCarriedBy(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Is(request.Headers[Header].ToString())
            || (IsUpgrade(request) && request.Headers.SecWebSocketProtocol
                .SelectMany(v => (v ?? "").Split(','))
                .Select(p => p.Trim())
                .Any(p => p.StartsWith(ProtocolPrefix, StringComparison.Ordinal) && Is(p[ProtocolPrefix.Length..])));
    }

    private static bool IsUpgrade(HttpRequest request) =>
        string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private bool Is(string said) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), _bytes);
}

using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>
/// Keeps web pages of others away from a server that only this machine can reach and that asks for no token: the page
/// runs on this machine too. A name that somebody points at 127.0.0.1 is caught by the Host header, a page that posts
/// by Origin and Sec-Fetch-Site. Programs send neither of the last two.
/// </summary>
internal static class LoopbackGuard
{
    /// <summary>The names of a port of this machine, whole literals: "127.0.0.1.evil.example" begins like one of
    /// them.</summary>
    /// <param name="port">The port.</param>
    public static string[] NamesOf(int port) => [$"127.0.0.1:{port}", $"localhost:{port}", $"[::1]:{port}"];

    /// <summary>Looks at the headers.</summary>
    /// <param name="request">A request that came over TCP.</param>
    /// <param name="names">What the Host header may say.</param>
    /// <param name="advice">What else can be done; a sentence, or empty.</param>
    /// <exception cref="RefusalException">It is not for us.</exception>
    public static void Check(HttpRequest request, IReadOnlyList<string> names, string advice)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(names);
        if (!names.Contains(request.Headers.Host.ToString(), StringComparer.OrdinalIgnoreCase))
        {
            throw new RefusalException(
                HttpReasons.WrongHost,
                $"This server is {names[0]}; the Host header says something else. {advice}".TrimEnd());
        }

        string origin = request.Headers.Origin.ToString();
        bool isForeign = origin.Length > 0
            && !names.Select(n => "http://" + n).Contains(origin, StringComparer.OrdinalIgnoreCase);
        if (isForeign || request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            throw new RefusalException(HttpReasons.WrongOrigin, "Pages of other sites may not use this server.");
        }
    }
}

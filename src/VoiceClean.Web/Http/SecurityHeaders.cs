using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>
/// What a browser is told about pages of ours: they use nothing but themselves, nobody frames or reads them, nothing is
/// kept. No answer ever allows another origin.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>What a page may load: what this server serves, and what the page itself made.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
            + "media-src 'self' blob:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Puts them on an answer that has not begun.</summary>
    public static void Add(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "microphone=(self)";
        headers.CacheControl = "no-store";
    }
}

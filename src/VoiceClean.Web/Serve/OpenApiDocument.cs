using System.Text;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Web.Serve;

/// <summary>The description of the server in OpenAPI 3.1.</summary>
internal static class OpenApiDocument
{
    /// <summary>Makes it.</summary>
    /// <param name="defaults">What holds for a request that says nothing.</param>
    /// <returns>JSON, UTF-8.</returns>
    public static byte[] Make(CleaningOptions defaults) => Encoding.UTF8.GetBytes("{}");
}

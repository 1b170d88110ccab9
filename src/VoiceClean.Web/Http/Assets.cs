using System.Reflection;
using Microsoft.AspNetCore.Http;
using VoiceClean.Files;

namespace VoiceClean.Web.Http;

/// <summary>A file of a page.</summary>
/// <param name="Path">Where it is served, without the first '/': "js/api.js".</param>
/// <param name="Type">The type of its content.</param>
internal sealed record Asset(string Path, string Type)
{
    private readonly Lazy<byte[]> _content = new(() => Assets.Read(Path));

    /// <summary>What is in it.</summary>
    public ReadOnlyMemory<byte> Content => _content.Value;

    /// <summary>Sends it.</summary>
    public Task Handle(HttpContext context) => Answer.SendAsync(context, StatusCodes.Status200OK, Type, Content);
}

/// <summary>
/// The files of the pages, which lie in the assembly: everything below wwwroot, under its own path. A file that is put
/// there is served; nothing else is.
/// </summary>
internal static class Assets
{
    private const string Root = "wwwroot/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Asset> All { get; } =
    [
        .. Here.GetManifestResourceNames()
            .Select(n => n.Replace('\\', '/'))
            .Where(n => n.StartsWith(Root, StringComparison.Ordinal))
            .Select(n => new Asset(n[Root.Length..], TypeOf(n)))
            .OrderBy(a => a.Path, StringComparer.Ordinal),
    ];

    private static Assembly Here => typeof(Assets).Assembly;

    /// <summary>The one with this path; null if there is none.</summary>
    public static Asset? Find(string path) => All.FirstOrDefault(a => a.Path == path);

    /// <summary>The content of a file.</summary>
    internal static byte[] Read(string path)
    {
        string name = Here.GetManifestResourceNames().First(n => n.Replace('\\', '/') == Root + path);
        return PackedResource.Read(Here, name);
    }

    private static string TypeOf(string name) =>
        Types.GetValueOrDefault(Path.GetExtension(name))
        ?? throw new NotSupportedException($"{name}: what type has it? Add its ending to the table.");
}

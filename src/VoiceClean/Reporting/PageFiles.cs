using System.Text;
using VoiceClean.Files;

namespace VoiceClean.Reporting;

/// <summary>What the page is made of: files of the source tree that lie in the assembly.</summary>
internal static class PageFiles
{
    private const string Prefix = "VoiceClean.Reporting.Page.";

    // Together one module, in this order: what is used stands above what uses it.
    private static readonly string[] Scripts =
        ["base.js", "charts.js", "table.js", "sound.js", "detail.js", "head.js", "dataset.js", "main.js"];

    /// <summary>The style sheet.</summary>
    public static string Style => Text("report.css") + Text("table.css");

    /// <summary>The script.</summary>
    public static string Script => string.Concat(Scripts.Select(Text));

    /// <summary>The content of an embedded file.</summary>
    /// <param name="name">Its full name.</param>
    public static byte[] Bytes(string name) => PackedResource.Read(typeof(PageFiles).Assembly, name);

    // One kind of line end, whatever the checkout made of it: the hash in the page is over these bytes.
    private static string Text(string name) => Encoding.UTF8.GetString(Bytes(Prefix + name)).ReplaceLineEndings("\n");
}

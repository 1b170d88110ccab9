using System.Net;
using System.Text;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Reporting;

/// <summary>
/// A report as one page that needs nothing else: it opens from the disk, asks nobody for anything, and a policy in it
/// lets nothing run but the one script whose hash it names.
/// </summary>
internal static class HtmlReport
{
    /// <summary>By what one knows it again.</summary>
    public const string Mark = "<meta name=\"generator\" content=\"VoiceClean report\">";

    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="records">What it is about.</param>
    /// <param name="options">What it is to be.</param>
    /// <param name="decoders">For the pictures.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void Write(
        Stream stream,
        RunRecords records,
        ReportOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        string style = PageFiles.Style, script = PageFiles.Script;
        IReadOnlyDictionary<string, string> words = ReportWords.Of(options.Language);
        string title = WebUtility.HtmlEncode(options.Title ?? words["title"]);
        Put(stream, $"""
            <!doctype html>
            <html lang="{options.Language}">
            <head>
            <meta charset="utf-8">
            {Mark}
            <meta http-equiv="Content-Security-Policy" content="{Policy(style, script, options.Audio)}">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            <style>{style}</style>
            </head>
            <body>
            <noscript>{WebUtility.HtmlEncode(words["noscript"])}</noscript>
            <script type="application/json" id="data">
            """);
        stream.Write(PageData.Of(records, options, decoders, cancellation));
        Put(stream, $"</script>\n<script type=\"module\">{script}</script>\n</body>\n</html>\n");
    }

    /// <summary>What the page may do: nothing but show itself.</summary>
    public static string Policy(string style, string script, AudioChoice audio) =>
        $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; "
        + $"media-src data:{(audio.AreLinked ? " 'self' file:" : "")}; base-uri 'none'; form-action 'none'";

    private static string Hash(string text) =>
        "sha256-" + Convert.ToBase64String(Sha256.HashData(Encoding.UTF8.GetBytes(text)));

    private static void Put(Stream stream, string text) =>
        stream.Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")));
}

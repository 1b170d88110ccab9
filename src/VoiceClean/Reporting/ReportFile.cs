using System.Text;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Reporting;

/// <summary>Writes a report as the ending of its name says.</summary>
internal static class ReportFile
{
    private static readonly string[] Endings = [".html", ".htm", ".csv", ".md"];

    /// <summary>Whether a name is that of a report, and not of JSON Lines.</summary>
    public static bool IsReport(string path) =>
        Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes it; the name only ever shows a complete file.</summary>
    /// <param name="place">Its name ends in .html, .htm, .csv or .md.</param>
    /// <param name="records">What it is about.</param>
    /// <param name="options">What it is to be; its folder is that of the path.</param>
    /// <param name="decoders">For the pictures.</param>
    /// <param name="cancellation">Ends it, and nothing is written.</param>
    /// <exception cref="VoiceCleanException">It cannot be written, or its ending says nothing.</exception>
    public static void Write(
        WritePlace place,
        RunRecords records,
        ReportOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(place);
        string path = place.Path;
        CheckName(path);
        options = options with { Folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "." };
        using FileStream whole = TemporaryFile.Create();
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                whole.Write(Encoding.UTF8.GetBytes(CsvReport.Of(records)));
                break;
            case ".md":
                whole.Write(Encoding.UTF8.GetBytes(MarkdownReport.Of(records, options)));
                break;
            default:
                HtmlReport.Write(whole, records, options, decoders, cancellation);
                break;
        }

        place.Write(
            stream =>
            {
                whole.Position = 0;
                whole.CopyTo(stream);
            },
            cancellation);
    }

    /// <summary>Whether a file is a report of ours, which may be made anew.</summary>
    public static bool IsOurs(string path)
    {
        try
        {
            using Stream stream = InputFile.Open(path);
            byte[] start = new byte[1024];
            string text = Encoding.UTF8.GetString(start, 0, stream.ReadAtLeast(start, start.Length, false));
            return CsvReport.IsBegunBy(text)
                || text.StartsWith(MarkdownReport.Mark, StringComparison.Ordinal)
                || (text.StartsWith("<!doctype html>", StringComparison.Ordinal)
                    && text.Contains(HtmlReport.Mark, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is VoiceCleanException || OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }

    /// <summary>Refuses a name whose ending says nothing.</summary>
    /// <exception cref="VoiceCleanException">Of kind Usage.</exception>
    public static void CheckName(string path)
    {
        if (!IsReport(path))
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"{path}: a report is called .html, .csv or .md.");
        }
    }
}

namespace VoiceClean.Reporting;

/// <summary>
/// Addresses of recordings and results, seen from the folder of the report. Most of them are one beginning and the id,
/// so that a row needs to say no more than that.
/// </summary>
internal sealed class Links
{
    private readonly string _folder;

    /// <summary>Looks for the beginnings.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="folder">Where the report will lie.</param>
    public Links(IReadOnlyList<RecordRow> rows, string folder)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _folder = Path.GetFullPath(folder);
        Inputs = Beginning(rows, r => r.InputPath, r => r.Id);
        Outputs = Beginning(rows, r => r.HasResult ? r.OutputPath : null, r => ResultOf(r.Id));
    }

    /// <summary>What stands before the id of a recording; empty if nothing does.</summary>
    public string Inputs { get; }

    /// <summary>What stands before the id of a result, whose ending is .wav; empty if nothing does.</summary>
    public string Outputs { get; }

    /// <summary>The address of a recording: null = none, empty = the beginning and the id.</summary>
    public string? Input(RecordRow row) => Short(row.InputPath, Inputs, row.Id);

    /// <summary>The address of a result: null = none, empty = the beginning and the id.</summary>
    public string? Output(RecordRow row) =>
        row.HasResult && row.OutputPath!.EndsWith(".wav", StringComparison.OrdinalIgnoreCase)
            ? Short(row.OutputPath, Outputs, ResultOf(row.Id))
            : null;

    /// <summary>The address of a file: relative to the report, each part escaped.</summary>
    public string To(string path)
    {
        string relative = Path.GetRelativePath(_folder, Path.GetFullPath(path));
        return Path.IsPathRooted(relative)
            ? new Uri(relative).AbsoluteUri
            : string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    private string? Short(string? path, string beginning, string id) =>
        path is null or "" or "-" ? null
        : To(path) is var url && url == beginning + Escape(id) ? ""
        : url;

    private string Beginning(IEnumerable<RecordRow> rows, Func<RecordRow, string?> path, Func<RecordRow, string> id)
    {
        foreach (RecordRow row in rows)
        {
            if (path(row) is { Length: > 1 } file && To(file) is var url
                && url.EndsWith("/" + Escape(id(row)), StringComparison.Ordinal))
            {
                return url[..^Escape(id(row)).Length];
            }
        }

        return "";
    }

    private static string ResultOf(string id) => Path.ChangeExtension(id, ".wav");

    private static string Escape(string id) => string.Join('/', id.Split('/').Select(Uri.EscapeDataString));
}

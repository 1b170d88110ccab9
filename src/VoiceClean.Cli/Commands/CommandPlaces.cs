using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Reporting;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// The files that the options of a command name, from their rows: what is read is never written over, and every place
/// that is written to is checked before anything is begun (<see cref="RunPlaces"/>).
/// </summary>
internal sealed class CommandPlaces
{
    private readonly RunPlaces _places = new("replace it with --force");
    private readonly List<IEnumerable<string>> _inputs = [];
    private readonly List<(string Label, string Path)> _folders = [];
    private readonly bool _force;

    /// <summary>Notes what the options name.</summary>
    /// <param name="named">Every option that was given, with its value.</param>
    /// <param name="run">What was chosen about the run.</param>
    /// <param name="scope">The command.</param>
    public CommandPlaces(IEnumerable<(OptionRow Row, string Value)> named, RunSettings run, OptionScope scope)
    {
        _force = run.Force;
        foreach ((OptionRow row, string value) in named)
        {
            switch (row.Writes)
            {
                case OptionWrites.File when !(row.Name == "report" && run.Report is null):
                    Report = _places.AddPlace(
                        value,
                        row.Flag,
                        _force ? PlaceRule.Replace : scope == OptionScope.Clean ? PlaceRule.New : PlaceRule.ReplaceOurs,
                        IsReportOfTheSame);
                    break;
                case OptionWrites.Log:
                    Log = _places.AddPlace(value, row.Flag, PlaceRule.Append, LogFile.IsLog);
                    break;
                case OptionWrites.Folder when scope != OptionScope.Report:      // there -o names the file
                    _folders.Add((row.Flag, value));
                    break;
                case OptionWrites.Nothing when row.FileIn(value) is { } path:
                    _places.AddInput(path);
                    break;
            }
        }
    }

    /// <summary>Where the JSON Lines go; null = nowhere, or to standard output.</summary>
    public WritePlace? Report { get; }

    /// <summary>Where the log goes; null = nowhere.</summary>
    public WritePlace? Log { get; }

    /// <summary>Notes a file that is written.</summary>
    public WritePlace Add(string path) => _places.AddPlace(path, "", _force ? PlaceRule.Replace : PlaceRule.New);

    /// <summary>Notes the file of a report: an earlier one is made anew, the records it was made of are still
    /// there.</summary>
    public WritePlace AddReport(string path) =>
        _places.AddPlace(path, "-o", _force ? PlaceRule.Replace : PlaceRule.ReplaceOurs, ReportFile.IsOurs);

    /// <summary>Notes files that are read. They are gone through only where a file is named that is written.</summary>
    public void AddInputs(IEnumerable<string> inputs) => _inputs.Add(inputs);

    /// <summary>Refuses what would write over something.</summary>
    /// <param name="results">Where results will appear.</param>
    /// <param name="folders">Folders that hold nothing but the run's own files.</param>
    /// <exception cref="Errors.VoiceCleanException">As the message says; nothing has been touched.</exception>
    public void Check(IEnumerable<string> results, IEnumerable<string> folders)
    {
        foreach ((string label, string folder) in _folders)
        {
            EntryKind kind = FileIdentity.KindOf(folder);
            string? wrong =
                kind is EntryKind.File or EntryKind.Other ? $"{label} {folder} is a file; name a folder."
                : kind == EntryKind.None
                    && new FileInfo(Path.TrimEndingDirectorySeparator(folder)).LinkTarget is not null
                    ? $"{label} {folder} is a link that leads nowhere; remove it, or name another folder."
                : null;
            if (wrong is not null)
            {
                throw new OutputException(ReasonCodes.OutputExists, wrong);
            }
        }

        _inputs.ForEach(_places.CheckInputs);
        _places.Check();
        _places.CheckResults(results, folders);
    }

    // The same command again goes on where it stopped, and its report is made anew. A report on other recordings is not
    // lost that way.
    private bool IsReportOfTheSame(string path)
    {
        if (ReportFile.IsReport(path))
        {
            return ReportFile.IsOurs(path);
        }

        try
        {
            using StreamReader reader = new(InputFile.Open(path));
            JsonNode? line = JsonNode.Parse(reader.ReadLine() ?? "");
            return line?["schema"]?.ToString().StartsWith("voiceclean.result/", StringComparison.Ordinal) == true
                && (line["event"]?.ToString() == "summary"
                    || _inputs.Exists(i => i.Contains(line["input"]?["path"]?.ToString() ?? "")));
        }
        catch (Exception e)
            when (e is System.Text.Json.JsonException or InvalidOperationException or Errors.VoiceCleanException
                || OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }
}

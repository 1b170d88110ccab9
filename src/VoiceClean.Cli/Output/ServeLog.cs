using System.Diagnostics;
using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Serve;

namespace VoiceClean.Cli.Output;

/// <summary>
/// What a server tells: a line on standard error for each request, unless it is quiet; with --json the record of each
/// recording on standard output. Nothing in a line comes from a stranger but what was checked. Thread-safe.
/// </summary>
internal sealed class ServeLog(Screen screen, bool isJson) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly RunSummary.Tally _tally = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private Stream? _output = isJson ? StandardOutput.Open() : null;

    /// <summary>Tells about one request.</summary>
    public void Add(RequestRecord record)
    {
        if (record.Incident is { } incident)
        {
            string message = record.Report?.Message ?? "";
            screen.Log.Error(record.Exception, "incident {Incident}: {Message}", incident, message);
        }

        lock (_lock)
        {
            if (!screen.Quiet && (record.Method == "POST" || record.Status >= 400 || screen.IsVerbose))
            {
                Screen.Line(LineOf(record));
            }

            if (record.Report is { } report)
            {
                _tally.Add(report);
                Write(ReportJson.ToLine(report));
            }
        }
    }

    /// <summary>The last line.</summary>
    public void Finish(int exitCode)
    {
        lock (_lock)
        {
            RunSummary summary = _tally.ToSummary(Stopwatch.GetElapsedTime(_start).TotalSeconds);
            Write(ExitCodes.AddTo(ReportJson.ToLine(summary), exitCode));
        }
    }

    public void Dispose() => _output?.Dispose();

    // 2026-11-26T17:05:09.123Z POST /v1/clean 200 145 ms 882044 B anna
    private static string LineOf(RequestRecord record)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {record.Method} {record.Endpoint} {record.Status} "
                + $"{record.Time.TotalMilliseconds:0} ms {record.UploadBytes} B");
        string[] more = [record.Token ?? "", record.Reason, record.Incident ?? ""];
        return string.Join(' ', more.Where(m => m.Length > 0).Prepend(line));
    }

    private void Write(string line)
    {
        try
        {
            _output?.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (IOException)
        {
            Screen.Error("the reader of standard output went away; --json ends here.");
            _output?.Dispose();
            _output = null;
        }
    }
}

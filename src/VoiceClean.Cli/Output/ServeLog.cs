using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Web.Serve;

namespace VoiceClean.Cli.Output;

/// <summary>
/// What a server tells: a line on standard error for each request, unless it is quiet; with --json the record of each
/// recording on standard output. Nothing in a line comes from a stranger but what was checked. Thread-safe.
/// </summary>
internal sealed class ServeLog(Screen screen, bool isJson, bool hasJsonLines) : IDisposable
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
                Screen.Line(hasJsonLines ? JsonOf(record) : LineOf(record));
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
            $"{Now()} {record.Method} {record.Endpoint} {record.Status} "
                + $"{record.Time.TotalMilliseconds:0} ms {record.UploadBytes} B");
        return line + Word(record.Token) + Word(record.Reason) + Word(record.Incident);
    }

    // {"time":"2026-11-26T17:05:09.123Z","method":"POST","path":"/v1/clean","status":200,"ms":145,"bytes":882044, …}
    private static string JsonOf(RequestRecord record)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("time", Now());
            json.WriteString("method", record.Method);
            json.WriteString("path", record.Endpoint);
            json.WriteNumber("status", record.Status);
            json.WriteNumber("ms", Math.Round(record.Time.TotalMilliseconds));
            json.WriteNumber("bytes", record.UploadBytes);
            AddWord(json, "token", record.Token);
            AddWord(json, "reason", record.Reason);
            AddWord(json, "incident", record.Incident);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static string Word(string? word) => string.IsNullOrEmpty(word) ? "" : " " + word;

    private static void AddWord(Utf8JsonWriter json, string key, string? word)
    {
        if (!string.IsNullOrEmpty(word))
        {
            json.WriteString(key, word);
        }
    }

    private static string Now() =>
        DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

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

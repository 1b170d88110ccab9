using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Formats.Loading;

namespace VoiceClean.Reporting;

/// <summary>
/// What the page shows, as JSON in it. Rows are arrays, codes are places in one list, and every sign that means
/// something in HTML is escaped, so that no name of a file can leave its string.
/// </summary>
internal sealed class PageData : IDisposable
{
    private static readonly JsonWriterOptions Inert = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly RunRecords _records;
    private readonly ReportOptions _options;
    private readonly AudioDecoders _decoders;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _json;

    private PageData(RunRecords records, ReportOptions options, AudioDecoders decoders)
    {
        (_records, _options, _decoders) = (records, options, decoders);
        _json = new Utf8JsonWriter(_bytes, Inert);
    }

    /// <summary>The JSON, UTF-8.</summary>
    public static byte[] Of(
        RunRecords records,
        ReportOptions options,
        AudioDecoders decoders,
        CancellationToken cancellation)
    {
        using var data = new PageData(records, options, decoders);
        data.WriteAll(cancellation);
        data._json.Flush();
        return data._bytes.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
    }

    private void WriteAll(CancellationToken cancellation)
    {
        _json.WriteStartObject();
        _json.WriteString("lang", _options.Language);
        _json.WriteString("title", _options.Title);
        WriteHead();
        WriteNotices();
        WriteRows();
        new PageDetails(_records, _options, _decoders, _json).Write(cancellation);
        new PageSets(_records.Sets, _options, _json, Code).Write();
        _json.WriteStartArray("codes");
        _codes.OrderBy(c => c.Value).ToList().ForEach(c => _json.WriteStringValue(c.Key));
        _json.WriteEndArray();
        _json.WriteStartObject("words");
        foreach ((string key, string sentence) in ReportWords.Of(_options.Language))
        {
            _json.WriteString(key, sentence);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void WriteHead()
    {
        RunSummary summary = _records.Summary;
        _json.WriteStartObject("head");
        Strings("tools", _records.Tools);
        Strings("settings", _records.Settings);
        Strings("changed", Changed(_records));
        _json.WriteBoolean("known", _records.Options is not null || _records.Command.Count > 0);
        _json.WriteString("command", ShellWords.Join(_records.Command));
        _json.WriteStartArray("counts");
        Enum.GetValues<ClipStatus>().ToList().ForEach(s => _json.WriteNumberValue(summary.Count(s)));
        _json.WriteEndArray();
        _json.WriteFigure("in", summary.AudioInS, 1);
        _json.WriteFigure("out", summary.AudioOutS, 1);
        _json.WriteFigure("wall", summary.WallS, 1);
        _json.WriteBoolean("judged", _records.Rows.Any(r => r.Verdict is not null));
        _json.WriteNumber("longest", SoundOfRow.LongestS);
        _json.WriteEndObject();
    }

    /// <summary>
    /// The options of the sound that are not as they are by default, "--strength 0.4": as the command names them, else
    /// as the records echo them.
    /// </summary>
    public static IEnumerable<string> Changed(RunRecords records)
    {
        if (records.Command.Count == 0)
        {
            return records.Options is { } options
                ? OptionTable.Cleaning.Differences(options).Select(d => $"{d.Row.Flag} {d.Text}")
                : [];
        }

        return records
            .Command.Index()
            .Where(w => w.Item.StartsWith("--", StringComparison.Ordinal))
            .Select(w => (w, Row: OptionTable.Cleaning.Find(w.Item.Split('=')[0])))
            .Where(w => w.Row is not null)
            .Select(w => w.Row!.Kind == OptionKind.Switch
                ? w.w.Item
                : $"{w.w.Item} {records.Command.Skip(w.w.Index + 1).FirstOrDefault()}");
    }

    private void WriteNotices()
    {
        _json.WriteStartArray("notices");
        foreach (Notice notice in _records.Notices)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(notice.Code);
            _json.WriteStartObject();
            notice.Slots.ToList().ForEach(s => _json.WriteString(s.Name, s.Value));
            _json.WriteEndObject();
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    // [id, status, reason, warnings, SNR before, after, LUFS before, after, seconds in, out, message, verdict,
    //  link of the input, of the result]; what is not known at the end of a row is left out.
    private void WriteRows()
    {
        Links? links = _options.Audio.AreLinked ? new Links(_records.Rows, _options.Folder) : null;
        _json.WriteStartArray("links");
        _json.WriteStringValue(links?.Inputs);
        _json.WriteStringValue(links?.Outputs);
        _json.WriteEndArray();
        _json.WriteStartArray("rows");
        foreach (RecordRow row in _records.Rows)
        {
            _json.WriteStartArray();
            _json.WriteStringValue(row.Id);
            _json.WriteNumberValue((int)row.Status);
            _json.WriteNumberValue(row.Reason is { } reason ? Code(reason) : -1);
            WriteCodes(row.Warnings);
            Value(row.SnrBeforeDb, 1);
            Value(row.SnrAfterDb, 1);
            Value(row.LufsBefore, 1);
            Value(row.LufsAfter, 1);
            Value(row.InputS, 2);
            Value(row.OutputS, 2);
            WriteTail(row, links);
            _json.WriteEndArray();
        }

        _json.WriteEndArray();
    }

    private void WriteTail(RecordRow row, Links? links)
    {
        string? input = links?.Input(row), output = links?.Output(row);
        if (row.Message is null && row.Verdict is null && input is null && output is null)
        {
            return;
        }

        if (row.Message is { } message)
        {
            _json.WriteStringValue(message);
        }
        else
        {
            _json.WriteNumberValue(0);
        }

        _json.WriteNumberValue(row.Verdict is { } verdict ? (int)verdict : -1);
        if (links is not null)
        {
            Link(input);
            Link(output);
        }
    }

    private void Link(string? url)
    {
        if (url is { Length: > 0 })
        {
            _json.WriteStringValue(url);
        }
        else
        {
            _json.WriteNumberValue(url is null ? 0 : 1);
        }
    }

    private void WriteCodes(IReadOnlyList<string> codes)
    {
        if (codes.Count == 0)
        {
            _json.WriteNumberValue(0);
            return;
        }

        _json.WriteStartArray();
        codes.ToList().ForEach(c => _json.WriteNumberValue(Code(c)));
        _json.WriteEndArray();
    }

    private int Code(string code)
    {
        if (!_codes.TryGetValue(code, out int place))
        {
            _codes.Add(code, place = _codes.Count);
        }

        return place;
    }

    private void Strings(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        values.ToList().ForEach(_json.WriteStringValue);
        _json.WriteEndArray();
    }

    private void Value(double? value, int digits) => _json.WriteFigure(value, digits);
}

using System.Text;
using System.Text.Json;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Runs.State;

namespace VoiceClean.Reporting;

/// <summary>Lines of records: a file of a run with <c>--report</c>, or a journal.</summary>
/// <param name="Name">What it is called, for people.</param>
/// <param name="Stream">Readable, can be sought in; stays the caller's.</param>
/// <param name="IsJournal">Whether its lines are those of a journal, which has no last line.</param>
internal sealed record RecordSource(string Name, Stream Stream, bool IsJournal)
{
    /// <summary>Lines that are neither a record nor a summary.</summary>
    public int IgnoredLines { get; private set; }

    /// <summary>What its last line says; null if it ends without one.</summary>
    public SummaryLine? Summary { get; private set; }

    /// <summary>Reads all records, in their order.</summary>
    /// <param name="number">Its place among the sources.</param>
    /// <param name="cancellation">Checked at every line.</param>
    public IEnumerable<(RecordRow Row, ClipReport Report)> Read(int number, CancellationToken cancellation)
    {
        Stream.Position = 0;
        foreach ((long position, ReadOnlyMemory<byte> line) in LineReader.Read(Stream))
        {
            cancellation.ThrowIfCancellationRequested();
            if (line.Span.IndexOfAnyExcept((byte)'\r', (byte)' ') < 0)
            {
                continue;
            }

            if (SummaryLine.TryRead(line) is { } summary)
            {
                Summary = Summary is null ? summary : Summary.With(summary);
            }
            else if (ReadReport(line) is { } report)
            {
                yield return (RecordRow.Of(report, new RecordPlace(number, position, line.Length)), report);
            }
            else
            {
                IgnoredLines++;
            }
        }
    }

    /// <summary>The whole record of a row that came from here; null if it is not there any more.</summary>
    public ClipReport? ReadAgain(RecordPlace place)
    {
        byte[] line = new byte[place.Length];
        Stream.Position = place.Position;
        return Stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length
            ? ReadReport(line)
            : null;
    }

    private ClipReport? ReadReport(ReadOnlyMemory<byte> line)
    {
        if (IsJournal)
        {
            return JournalLine.TryRead(line, 0) is null ? null : JournalLine.ReadReport(line);
        }

        try
        {
            ClipReport report = ReportJson.ReadReport(Encoding.UTF8.GetString(line.Span));
            return report is { Event: "file", Id: not null } ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The last line of a run.</summary>
/// <param name="WallS">How long it took [s].</param>
/// <param name="Command">What does it again; empty if it does not say.</param>
/// <param name="Shard">Which share it was: "2/8"; null if it was all.</param>
internal sealed record SummaryLine(double WallS, IReadOnlyList<string> Command, string? Shard)
{
    /// <summary>Reads a line; null if it is none of these.</summary>
    public static SummaryLine? TryRead(ReadOnlyMemory<byte> line)
    {
        if (line.Span[..Math.Min(line.Length, 128)].IndexOf("\"event\":\"summary\""u8) < 0)
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            return new SummaryLine(
                root.TryGetProperty("wall_s", out JsonElement wall) ? wall.GetDouble() : 0,
                root.TryGetProperty("command", out JsonElement words) && words.ValueKind == JsonValueKind.Array
                    ? [.. words.EnumerateArray().Select(w => w.GetString() ?? "")]
                    : [],
                root.TryGetProperty("shard", out JsonElement shard) ? shard.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Two runs in one file, one after the other.</summary>
    public SummaryLine With(SummaryLine later) =>
        later with { WallS = WallS + later.WallS, Shard = Shard is null || later.Shard is null ? null : later.Shard };
}

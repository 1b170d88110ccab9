using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Files;

namespace VoiceClean.Runs.State;

/// <summary>What is known about an input before it is opened; equal prints mean nothing to do.</summary>
/// <param name="SizeBytes">[byte]</param>
/// <param name="Modified">Last change (UTC).</param>
/// <param name="Sha256">Hash of the content, lower-case hexadecimal; null unless asked for.</param>
internal sealed record Fingerprint(long SizeBytes, DateTime Modified, string? Sha256);

/// <summary>The part of a journal line that a resume needs.</summary>
internal sealed record JournalEntry
{
    /// <summary>Relative path of the result with '/'.</summary>
    public required string Output { get; init; }

    /// <summary>Id of the input.</summary>
    public required string Id { get; init; }

    /// <summary>Complete path of the input, for a line that is written; not kept.</summary>
    public string? Source { get; init; }

    /// <summary>Hash of that path; 0 = not known, as in lines of earlier versions.</summary>
    public ulong SourceHash { get; init; }

    /// <summary>What the input was.</summary>
    public required Fingerprint Input { get; init; }

    /// <summary>SHA-256 of the effective options.</summary>
    public required string Settings { get; init; }

    /// <summary>Version of VoiceClean.</summary>
    public required string Tool { get; init; }

    /// <summary>The verdict.</summary>
    public required ClipStatus Status { get; init; }

    /// <summary>
    /// Size of the result [byte]; null if there is none. Of a failure that of an earlier run's result, which stays.
    /// </summary>
    public long? OutputBytes { get; init; }

    /// <summary>SHA-256 of the result, lower-case hexadecimal; null if there is none.</summary>
    public string? OutputSha256 { get; init; }

    /// <summary>Whether the run that holds the journal has asked for it, or made it.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Where its line begins in the file [byte].</summary>
    public long Position { get; init; }

    /// <summary>How long its line is, without the end [byte].</summary>
    public int Length { get; init; }
}

/// <summary>
/// One line of the journal: JSON that ends in a checksum of all before it, so that a line torn or damaged in any byte
/// is known as such.
/// </summary>
internal static class JournalLine
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> CheckStart => ",\"check\":\""u8;

    private static ReadOnlySpan<byte> CheckEnd => "\"}"u8;

    private static int CheckLength => CheckStart.Length + CheckDigits + CheckEnd.Length;
    private const int CheckDigits = 8;

    /// <summary>The line with its end.</summary>
    public static byte[] Write(JournalEntry entry, ClipReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (
            var json = new Utf8JsonWriter(
                buffer,
                new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("journal", Version);
            json.WriteString("output", entry.Output);
            json.WriteString("id", entry.Id);
            json.WriteString("source", entry.Source);
            json.WriteNumber("input_bytes", entry.Input.SizeBytes);
            json.WriteNumber("input_ticks", entry.Input.Modified.Ticks);
            json.WriteString("input_sha256", entry.Input.Sha256);
            json.WriteString("settings", entry.Settings);
            json.WriteString("tool", entry.Tool);
            json.WriteString("status", entry.Status.ToString());
            if (entry.OutputBytes is { } bytes)
            {
                json.WriteNumber("output_bytes", bytes);
            }

            json.WriteString("output_sha256", entry.OutputSha256);
            json.WritePropertyName("report");
            json.WriteRawValue(ReportJson.ToLine(report with { Options = null }), skipInputValidation: true);
            json.WriteEndObject();
        }

        ReadOnlySpan<byte> body = buffer.WrittenSpan[..^1];
        return [.. body, .. CheckStart, .. Encoding.ASCII.GetBytes(Check(body)), .. CheckEnd, (byte)'\n'];
    }

    /// <summary>The entry of a line without its end, null if the line is torn, damaged or of another version.</summary>
    public static JournalEntry? TryRead(ReadOnlyMemory<byte> line, long position)
    {
        if (line.Length <= CheckLength)
        {
            return null;
        }

        ReadOnlySpan<byte> body = line.Span[..^CheckLength],
            check = line.Span[^CheckLength..];
        if (
            !check.StartsWith(CheckStart)
            || !check.EndsWith(CheckEnd)
            || !check.Slice(CheckStart.Length, CheckDigits).SequenceEqual(Encoding.ASCII.GetBytes(Check(body))))
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            return root.GetProperty("journal").GetInt32() != Version
                ? null
                : new JournalEntry
                {
                    Output = root.GetProperty("output").GetString()!,
                    Id = root.GetProperty("id").GetString()!,
                    SourceHash = Source(root) is { } source ? NameFolding.Hash(source) : 0,
                    Input = new Fingerprint(
                        root.GetProperty("input_bytes").GetInt64(),
                        new DateTime(root.GetProperty("input_ticks").GetInt64(), DateTimeKind.Utc),
                        root.GetProperty("input_sha256").GetString()),
                    Settings = root.GetProperty("settings").GetString()!,
                    Tool = root.GetProperty("tool").GetString()!,
                    Status = Enum.Parse<ClipStatus>(root.GetProperty("status").GetString()!),
                    OutputBytes = root.TryGetProperty("output_bytes", out JsonElement bytes) ? bytes.GetInt64() : null,
                    OutputSha256 = root.GetProperty("output_sha256").GetString(),
                    Position = position,
                    Length = line.Length,
                };
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentException)
        {
            return null;      // the checksum is right, so another version of us wrote it
        }
    }

    /// <summary>The complete path of the input of a line; null if it is not there.</summary>
    public static string? ReadSource(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return Source(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Source(JsonElement root) =>
        root.TryGetProperty("source", out JsonElement source) ? source.GetString() : null;

    /// <summary>The report in a line, null if it cannot be read.</summary>
    public static ClipReport? ReadReport(ReadOnlyMemory<byte> line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return ReportJson.ReadReport(json.RootElement.GetProperty("report").GetRawText());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Check(ReadOnlySpan<byte> body)
    {
        return Convert.ToHexStringLower(Sha256.HashData(body).AsSpan(0, 4));
    }
}

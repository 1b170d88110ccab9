using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>A feature of a request whose body was read to its end.</summary>
internal sealed record BodyWasRead;

/// <summary>The body of a request: one JSON object of known members.</summary>
internal sealed class StudioBody : IDisposable
{
    /// <summary>The longest body [byte].</summary>
    public const int MostBytes = 1_000_000;

    private readonly JsonDocument _document;

    private StudioBody(JsonDocument document) => _document = document;

    /// <summary>Reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The names of members that mean something.</param>
    /// <exception cref="RefusalException">It is too long, of another type, no JSON object, or has other
    /// members.</exception>
    public static async Task<StudioBody> ReadAsync(HttpRequest request, params string[] known)
    {
        ArgumentNullException.ThrowIfNull(request);

        // Of another site's page a browser sends this type only after it has asked (CORS), and that is refused.
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new RefusalException(HttpReasons.WrongType, "The body must be application/json.");
        }

        byte[] bytes = await ReadBytesAsync(request).ConfigureAwait(false);
        request.HttpContext.Features.Set(new BodyWasRead());
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new RefusalException(HttpReasons.BadBody, $"The body is no JSON: {e.Message}");
        }

        var body = new StudioBody(document);
        try
        {
            body.Check(known);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>A text that must be there.</summary>
    public string Text(string name) =>
        _document.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Bad($"{name} must be a text.");

    /// <summary>A number of seconds; null if it is not there.</summary>
    public double? Seconds(string name) => SecondsOf(_document.RootElement, name);

    /// <summary>An object as its text; "{}" if it is not there.</summary>
    public string Object(string name) =>
        Find(_document.RootElement, name) is not { } value ? "{}"
        : value.ValueKind == JsonValueKind.Object ? value.GetRawText()
        : throw Bad($"{name} must be an object.");

    /// <summary>A stretch of time [s]; null if it is not there.</summary>
    public (double Start, double Length)? Span(string name)
    {
        if (Find(_document.RootElement, name) is not { } span)
        {
            return null;
        }

        return span.ValueKind == JsonValueKind.Object
            && SecondsOf(span, "start_s") is { } start
            && SecondsOf(span, "length_s") is { } length
            && span.EnumerateObject().Count() == 2
            ? (start, length)
            : throw Bad($"{name} must be an object of start_s and length_s.");
    }

    public void Dispose() => _document.Dispose();

    private static async Task<byte[]> ReadBytesAsync(HttpRequest request)
    {
        if (request.ContentLength > MostBytes)
        {
            throw TooLarge();
        }

        using var bytes = new MemoryStream();
        byte[] block = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var body = new PacedStream(request.Body, BodyRate.Default);
            int count;
            while ((count = await body.ReadAsync(block, request.HttpContext.RequestAborted).ConfigureAwait(false)) > 0)
            {
                if (bytes.Length + count > MostBytes)
                {
                    throw TooLarge();
                }

                bytes.Write(block, 0, count);
            }
        }
        catch (BadHttpRequestException e)
        {
            throw new RefusalException(HttpReasons.BadBody, $"The body is malformed: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return bytes.ToArray();
    }

    private static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static double? SecondsOf(JsonElement parent, string name) =>
        Find(parent, name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double seconds)
            && seconds is >= 0 and <= StudioQuery.MostSeconds
            ? seconds
            : throw Bad($"{name} must be a number of seconds between 0 and {StudioQuery.MostSeconds}.");

    private void Check(string[] known)
    {
        if (_document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw Bad("The body must be a JSON object.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in _document.RootElement.EnumerateObject())
        {
            if (!known.Contains(member.Name) || !seen.Add(member.Name))
            {
                throw Bad($"'{member.Name}' means nothing here, or stands twice; known: {string.Join(", ", known)}.");
            }
        }
    }

    private static RefusalException Bad(string detail) => new(ReasonCodes.BadOptions, detail);

    private static RefusalException TooLarge() => new(ReasonCodes.TooLarge, "The body is larger than 1 MB.");
}

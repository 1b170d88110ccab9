using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VoiceClean.Web.Http;

/// <summary>JSON as the server's answers have it: UTF-8, nothing escaped that need not be.</summary>
internal static class JsonBytes
{
    private static readonly JsonWriterOptions s_compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>An object.</summary>
    /// <param name="write">Writes its properties.</param>
    public static byte[] OfObject(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        return Written(s_compact, json =>
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        });
    }

    /// <summary>Whatever is in a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isIndented">In lines, for people; else without any blanks.</param>
    public static byte[] Of(JsonNode node, bool isIndented = false)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Written(s_compact with { Indented = isIndented }, json => node.WriteTo(json));
    }

    private static byte[] Written(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            write(json);
        }

        return bytes.ToArray();
    }
}

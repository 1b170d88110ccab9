using System.Text.Json.Nodes;

namespace VoiceClean.Audio;

/// <summary>
/// Named figures on their way into a report. Not-a-number and infinities become null, as the schema asks.
/// </summary>
public sealed class FigureList
{
    /// <summary>The figures as a JSON object, in the order of their addition.</summary>
    public JsonObject Json { get; } = [];

    /// <summary>Adds a number; non-finite becomes null.</summary>
    public void Add(string key, double? value) => Json[key] = ToNode(value);

    /// <summary>Adds a text.</summary>
    public void Add(string key, string? value) => Json[key] = value;

    /// <summary>Adds a yes or no.</summary>
    public void Add(string key, bool value) => Json[key] = value;

    /// <summary>Adds a series of numbers, for instance a per-band curve.</summary>
    public void Add(string key, ReadOnlySpan<double> values)
    {
        var array = new JsonArray();
        foreach (double v in values)
        {
            array.Add((JsonNode?)ToNode(v));
        }

        Json[key] = array;
    }

    /// <summary>Adds stretches of time as [[from, to], …] in seconds, rounded to 0.1 ms.</summary>
    public void Add(string key, IEnumerable<SampleRange> ranges, int sampleRate)
    {
        var array = new JsonArray();
        foreach (SampleRange r in ranges)
        {
            array.Add((JsonNode)new JsonArray(Seconds(r.Start, sampleRate), Seconds(r.End, sampleRate)));
        }

        Json[key] = array;
    }

    private static JsonValue Seconds(int sample, int sampleRate) =>
        JsonValue.Create(Math.Round((double)sample / sampleRate, 4));

    // Six decimals: finer than any figure here is known, and the same text on every machine.
    private static JsonValue? ToNode(double? value) =>
        value is { } v && double.IsFinite(v) ? JsonValue.Create(Math.Round(v, 6)) : null;
}

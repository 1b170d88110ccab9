using System.Text.Json;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Segments and words with times, as programs for speech recognition write them in JSON.</summary>
internal static class JsonCues
{
    private static readonly string[] Lists = ["segments", "transcription", "chunks"];
    private static readonly string[] WordLists = ["words", "word_segments"];

    /// <summary>Whether an object has a list of segments, even an empty one.</summary>
    public static bool HasAny(JsonElement json) => List(json, Lists) is not null;

    /// <summary>The cues of an object; empty if it has none.</summary>
    public static IReadOnlyList<Cue> Of(JsonElement json)
    {
        if (List(json, Lists) is { } segments && Segments(segments) is { Count: > 0 } cues)
        {
            return cues;
        }

        return List(json, WordLists) is { } words
            && Words(words) is { Count: > 0 } timed
            && JsonFormat.Text(json, ["text"]) is { } text
            && TranscriptText.OneLine(text) is var line
            && TimedWords.Fill(timed, line) is { Count: > 0 } filled
            ? CueTimes.Order([new Cue(filled[0].StartS, filled[^1].EndS, line) { Words = filled }])
            : [];
    }

    /// <summary>The cues of an array of segments; null if one has no times.</summary>
    public static IReadOnlyList<Cue>? Segments(JsonElement array)
    {
        var cues = new List<Cue>();
        foreach (JsonElement segment in array.EnumerateArray())
        {
            if (segment.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            List<TimedWord> words = List(segment, WordLists) is { } list ? Words(list) : [];
            string? text = JsonFormat.Text(segment, ["text", "sentence", "transcript", "punctuated_text"]);
            string line = TranscriptText.OneLine(text ?? Join(words));
            (double start, double end) = Times(segment);
            if (line.Length == 0)
            {
                continue;
            }

            if (double.IsNaN(start))
            {
                start = words.Select(w => w.StartS).FirstOrDefault(double.IsFinite, double.NaN);
                end = words.Select(w => w.EndS).LastOrDefault(double.IsFinite, start);
            }

            if (double.IsNaN(start))
            {
                return null;
            }

            IReadOnlyList<TimedWord> filled =
                words.Exists(w => double.IsFinite(w.StartS)) ? TimedWords.Fill(words, line) : [];
            cues.Add(new Cue(start, double.IsNaN(end) ? start : end, line) { Words = filled });
        }

        return CueTimes.Order(cues);
    }

    private static List<TimedWord> Words(JsonElement array)
    {
        var words = new List<TimedWord>();
        foreach (JsonElement word in array.EnumerateArray())
        {
            if (
                word.ValueKind == JsonValueKind.Object
                && JsonFormat.Text(word, ["word", "text", "punctuated_word"]) is { } text)
            {
                (double start, double end) = Times(word);
                words.Add(new TimedWord(start, end, text));
            }
        }

        return words;
    }

    private static string Join(List<TimedWord> words)
    {
        bool haveBlanks = words.Skip(1).Any(w => w.Text.StartsWith(' '));
        bool areLatin = words.Exists(w => w.Text.Any(c => c < '\u0250' && char.IsLetter(c)));
        return string.Join(haveBlanks || !areLatin ? "" : " ", words.Select(w => w.Text));
    }

    /// <summary>Where in its recording a text of a manifest is said; null = not given.</summary>
    public static TranscriptSegment? Segment(JsonElement json)
    {
        double offset = Number(json, ["offset"]), duration = Number(json, ["duration"]);
        if (double.IsFinite(offset) && duration > 0)
        {
            return new TranscriptSegment(offset, offset + duration, IsWhole: false, IsWithin: true);
        }

        double start = Number(json, ["start", "start_time", "begin", "start_s"]),
            end = Number(json, ["end", "end_time", "end_s"]);
        return end > start ? new TranscriptSegment(start, end, IsWhole: false, IsWithin: false) : null;
    }

    // Seconds, whisper.cpp's milliseconds, or a pair; NaN = none.
    private static (double Start, double End) Times(JsonElement json)
    {
        if (json.TryGetProperty("offsets", out JsonElement offsets) && offsets.ValueKind == JsonValueKind.Object)
        {
            return (Number(offsets, ["from"]) / 1000, Number(offsets, ["to"]) / 1000);
        }

        if (
            json.TryGetProperty("timestamp", out JsonElement pair)
            && pair.ValueKind == JsonValueKind.Array
            && pair.GetArrayLength() == 2)
        {
            return (Number(pair[0]), Number(pair[1]));
        }

        bool isNested =
            json.TryGetProperty("timestamps", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object;
        JsonElement times = isNested ? inner : json;
        return (
            Number(times, ["start", "start_time", "begin", "from", "start_s"]),
            Number(times, ["end", "end_time", "to", "end_s"]));
    }

    private static double Number(JsonElement json, string[] names)
    {
        foreach (string name in names)
        {
            if (json.TryGetProperty(name, out JsonElement value) && double.IsFinite(Number(value)))
            {
                return Number(value);
            }
        }

        return double.NaN;
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out double number)
        && number is >= -60 and <= 1e6 ? Math.Max(0, number)      // some begin a little before the recording
        : value.ValueKind == JsonValueKind.String && CueTimes.TryParse(value.GetString(), out double time) ? time
        : double.NaN;

    private static JsonElement? List(JsonElement json, string[] names)
    {
        foreach (string name in names)
        {
            if (json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array)
            {
                return value;
            }
        }

        return null;
    }
}

using System.Text.Json;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// What speech recognition writes (Whisper and its relatives, whisper.cpp, pipelines with chunks), and manifests: an
/// object a clip, in an array or one a line.
/// </summary>
internal static class JsonFormat
{
    private static readonly string[] Texts =
        ["text", "sentence", "transcript", "transcription", "normalized_text", "raw_text", "words_text"];

    private static readonly string[] AudioNames =
    [
        "audio_filepath", "audio_file", "audio_path", "audio", "wav", "wav_path", "path", "file", "file_name",
        "filename",
    ];

    private static readonly string[] Names = [.. AudioNames, "key", "utt", "id"];

    /// <summary>The entries; null if it is no JSON or says nothing that is understood.</summary>
    /// <param name="text">The file.</param>
    /// <param name="ignored">Gets the lines that were not understood.</param>
    public static IReadOnlyList<TranscriptEntry>? TryRead(string text, List<int> ignored)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ignored);
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return Root(json.RootElement, ignored);
        }
        catch (JsonException)
        {
            return Lines(text, ignored);
        }
        catch (InvalidOperationException)
        {
            return null;             // half a character, escaped
        }
    }

    /// <summary>Whether a text is JSON as a whole, whatever it says.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<TranscriptEntry>? Lines(string text, List<int> ignored)
    {
        var entries = new List<TranscriptEntry>();
        var strange = new List<int>();
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                using JsonDocument json = JsonDocument.Parse(lines[i]);
                if (
                    json.RootElement.ValueKind == JsonValueKind.Object
                    && Entry(json.RootElement, i + 1) is { Name: not null } entry)
                {
                    entries.Add(entry);
                    continue;
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
            }

            strange.Add(i + 1);
            if (entries.Count == 0 && strange.Count > 3)
            {
                return null;
            }
        }

        ignored.AddRange(entries.Count > 0 ? strange : []);
        return entries.Count > 0 ? entries : null;
    }

    private static List<TranscriptEntry>? Root(JsonElement root, List<int> ignored)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (Entry(root, 0) is { } entry)
            {
                return [entry];
            }

            // {"a.wav": "what is said"}
            List<TranscriptEntry> map =
            [
                .. root.EnumerateObject()
                    .Where(p => p.Value.ValueKind == JsonValueKind.String)
                    .Select(p => new TranscriptEntry
                    {
                        Name = p.Name,
                        Text = TranscriptText.OneLine(p.Value.GetString()!),
                    }),
            ];
            return map.Count > 0 && map.All(e => e.Name!.Contains('.', StringComparison.Ordinal)) ? map : null;
        }

        if (root.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        if (!NamesRecordings(root) && JsonCues.Segments(root) is { Count: > 0 } cues)
        {
            return [new TranscriptEntry { Cues = cues }];
        }

        return Elements(root, ignored);
    }

    // Segments of several recordings are a list, not the text of one. An "id" may be that of a segment.
    private static bool NamesRecordings(JsonElement array) =>
        array.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Object && Text(e, AudioNames) is not null);

    private static List<TranscriptEntry>? Elements(JsonElement array, List<int> ignored)
    {
        int number = 0;
        var strange = new List<int>();
        var entries = new List<TranscriptEntry>();
        foreach (JsonElement element in array.EnumerateArray())
        {
            number++;
            if (element.ValueKind == JsonValueKind.Object && Entry(element, number) is { } entry)
            {
                entries.Add(entry);
            }
            else
            {
                strange.Add(number);
            }
        }

        bool isNone = entries.Count == 0 || (entries.Count > 1 && entries.Exists(e => e.Name is null));
        ignored.AddRange(isNone ? [] : strange);
        return isNone ? null : entries;
    }

    private static TranscriptEntry? Entry(JsonElement json, int line)
    {
        IReadOnlyList<Cue> cues = JsonCues.Of(json);
        string? text = Text(json, Texts), name = Text(json, Names);
        if (
            name is null
            && json.TryGetProperty("audio", out JsonElement audio)
            && audio.ValueKind == JsonValueKind.Object)
        {
            name = Text(audio, Names);
        }

        bool isEmpty = text is null && cues.Count == 0 && !JsonCues.HasAny(json);
        return isEmpty ? null : new TranscriptEntry
        {
            Name = name,
            Text = cues.Count > 0 ? "" : TranscriptText.OneLine(text ?? ""),
            Cues = cues,
            BeyondCues = cues.Count > 0 && text is not null ? Beyond(cues, text) : 0,
            Segment = cues.Count == 0 ? JsonCues.Segment(json) : null,
            Language = Language(json),
            Speaker = Text(json, ["speaker", "speaker_name", "speaker_id", "spk"]),
            Line = line,
        };
    }

    private static int Beyond(IReadOnlyList<Cue> cues, string text) => Math.Max(
        0,
        TranscriptText.CountCharacters(text) - cues.Sum(c => TranscriptText.CountCharacters(c.Text)));

    private static string? Language(JsonElement json)
    {
        string? language = Text(json, ["language", "lang", "locale"]);
        if (
            language is null
            && json.TryGetProperty("result", out JsonElement result)
            && result.ValueKind == JsonValueKind.Object)
        {
            language = Text(result, ["language"]);
        }

        return string.IsNullOrWhiteSpace(language) ? null : language.Trim().ToLowerInvariant();
    }

    /// <summary>The first of some properties that is a string; null if none is.</summary>
    internal static string? Text(JsonElement json, string[] names)
    {
        foreach (string name in names)
        {
            if (json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String)
            {
                return value.GetString();
            }
        }

        return null;
    }
}

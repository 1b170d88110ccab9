using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// The one entrance to transcripts: any bytes in, entries or a refusal out. What a file is tells its content first and
/// its extension only where the content leaves a choice.
/// </summary>
internal static class TranscriptReader
{
    /// <summary>Extensions of files that may hold transcripts, lower case.</summary>
    public static IReadOnlyList<string> Extensions { get; } =
        [".list", ".csv", ".tsv", ".json", ".jsonl", ".srt", ".vtt", ".lrc", ".txt", ".lab"];

    // Formats whose words stand in markup that is not understood here, by how they begin.
    private static readonly string[] Foreign =
        ["[script", "<?xml", "<!DOCTYPE", "<html", "<tt", "{\\rtf"];

    // Praat's files name their type in the first line.
    private const string PraatType = "\"ooTextFile";

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its name.</param>
    /// <param name="isAudioName">Says whether a name is that of a recording.</param>
    /// <param name="stop">Ends the waiting for a pipe.</param>
    /// <exception cref="InputException">Missing, unreadable, too large, in an encoding that is not known for certain,
    /// or nothing in it was understood.</exception>
    public static TranscriptFile ReadFile(
        string path,
        Func<string, bool> isAudioName,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        using Stream stream = InputFile.Open(path, stop);
        try
        {
            // A pipe has no length.
            using var content = new MemoryStream();
            byte[] block = new byte[1 << 16];
            for (int count; (count = stream.Read(block)) > 0;)
            {
                content.Write(block, 0, count);
                if (content.Length > TextDecoding.MostBytes)
                {
                    throw new InputException(ReasonCodes.TooLarge, $"{path} is too large for a list of transcripts.");
                }
            }

            TranscriptFile file = Read(content.GetBuffer().AsSpan(0, (int)content.Length), path, isAudioName);
            string extension = Path.GetExtension(path).ToLowerInvariant();
            return file.Format != "text" || extension.Length == 0 || Extensions.Contains(extension)
                ? file
                : throw NotKnown(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(ReasonCodes.IoError, $"{path} cannot be read: {SystemErrors.Say(e)}.", e);
        }
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">Any bytes.</param>
    /// <param name="path">Its name.</param>
    /// <param name="isAudioName">Says whether a name is that of a recording.</param>
    /// <exception cref="InputException">The encoding is not known for certain, it is no text, or nothing in it was
    /// understood.</exception>
    public static TranscriptFile Read(ReadOnlySpan<byte> content, string path, Func<string, bool> isAudioName)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(isAudioName);
        string text = TextDecoding.Decode(content, path).TrimStart('\uFEFF');
        var ignored = new List<int>();
        (string format, IReadOnlyList<TranscriptEntry> entries) = Parse(text, path, isAudioName, ignored);
        var voices = new List<string>();
        entries = NamedSegments.Join(entries, voices);
        var damaged = new List<int>();
        var sound = new List<TranscriptEntry>();
        var sounds = new List<string>();
        foreach (TranscriptEntry read in entries)
        {
            sounds.AddRange(read.Cues.Select(c => c.Text).Where(CueTimes.IsSound));
            TranscriptEntry entry =
                sounds.Count == 0 ? read : read with { Cues = [.. read.Cues.Where(c => !CueTimes.IsSound(c.Text))] };
            bool isDamaged =
                TranscriptText.IsDamaged(entry.Text)
                || TranscriptText.IsDamaged(entry.Name ?? "")
                || entry.Cues.Any(c => TranscriptText.IsDamaged(c.Text));
            if (isDamaged)
            {
                damaged.Add(Math.Max(1, entry.Line));
            }
            else
            {
                sound.Add(entry);
            }
        }

        return new TranscriptFile
        {
            Path = path,
            Format = format,
            Entries = sound,
            IgnoredLines = ignored,
            DamagedLines = damaged,
            Sounds = sounds,
            Voices = voices.Count == 0 && entries is [{ Cues.Count: > 0 }] ? NamedVoices.In(text) : voices,
        };
    }

    /// <summary>All that a text says without its times: for what a program has printed.</summary>
    /// <exception cref="InputException">As for <see cref="Read"/>.</exception>
    public static string PlainText(ReadOnlySpan<byte> content, string source)
    {
        TranscriptFile file = Read(content, source, _ => false);
        if (file.DamagedLines.Count > 0)
        {
            throw new InputException(ReasonCodes.UnsupportedFormat, $"{source} has lost characters (U+FFFD).");
        }

        return string.Join(
            ' ',
            file.Entries
                .SelectMany(e => e.Cues.Count > 0 ? e.Cues.Select(c => c.Text) : [e.Text])
                .Where(t => t.Length > 0));
    }

    private static bool IsForeign(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        bool isForeign = start[..Math.Min(64, start.Length)].Contains(PraatType, StringComparison.Ordinal);
        foreach (string foreign in Foreign)
        {
            isForeign |= start.StartsWith(foreign, StringComparison.OrdinalIgnoreCase);
        }

        return isForeign;
    }

    private static InputException NotKnown(string path) => new(
        ReasonCodes.UnsupportedFormat,
        $"{path} is in no format whose words are told from its markup; convert it to .srt, .txt or a list.");

    private static (string, IReadOnlyList<TranscriptEntry>) Parse(
        string text,
        string path,
        Func<string, bool> isAudioName,
        List<int> ignored)
    {
        string extension = Path.GetExtension(path).ToLowerInvariant();
        if (JsonFormat.TryRead(text, ignored) is { } json)
        {
            return ("json", json);
        }

        if (SubtitleFormat.TryRead(text, ignored) is { } subtitles)
        {
            return (text.StartsWith("WEBVTT", StringComparison.Ordinal) ? "vtt" : "srt", [new() { Cues = subtitles }]);
        }

        if (LabelFormat.TryRead(text, out string format) is { } labels)
        {
            return (format, [new() { Cues = labels }]);
        }

        if (LyricsFormat.TryRead(text) is { } lyrics)
        {
            return ("lrc", [new() { Cues = lyrics }]);
        }

        if (TableFormat.TryRead(text, extension, isAudioName) is var (entries, lines))
        {
            ignored.AddRange(lines);
            return (entries is [{ Name: null }] ? "tsv" : "list", entries);
        }

        return ("text", [new() { Text = Plain(text, path, extension) }]);
    }

    private static string Plain(string text, string path, string extension)
    {
        if (IsForeign(text))
        {
            throw NotKnown(path);
        }

        if (extension == ".json" && !JsonFormat.IsJson(text))
        {
            throw new InputException(ReasonCodes.DecodeFailed, $"{path} is no valid JSON; it may have been cut.");
        }

        if (LyricsFormat.HasTimes(text))
        {
            throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"{path} has times in its lines that could not be read, and times are no words; save it as .srt.");
        }

        return extension is ".json" or ".jsonl" or ".srt" or ".vtt" or ".lrc"
            ? throw new InputException(
                ReasonCodes.UnsupportedFormat,
                $"{path} holds nothing that a {extension} file should hold; look into it.")
            : TranscriptText.OneLine(Markup.Strip(text));
    }
}

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// Lists: by the names of their columns where they have any, else by what the columns hold
/// (<see cref="TableColumns"/>).
/// </summary>
internal static class TableFormat
{
    private static readonly char[] Separators = ['|', '\t', ',', ';'];

    private static readonly HashSet<string> Names =
    [
        "audio_file", "audio", "audio_path", "audio_filepath", "path", "file", "filename", "file_name", "wav",
        "wav_path", "wav_filename", "wav_file", "clip", "clip_path", "id", "utt", "utt_id", "utterance_id", "key",
        "name", "segment_id",
    ];

    // What is read aloud comes before what was written.
    private static readonly string[] Texts =
    [
        "text", "sentence", "transcript", "transcription", "normalized_text", "normalised_text",
        "normalized_transcription", "raw_text", "original_text", "content", "label",
    ];

    /// <summary>The list; null if it is something else.</summary>
    /// <param name="text">The file.</param>
    /// <param name="extension">Of its name, lower case, with the dot.</param>
    /// <param name="isAudioName">Says whether a name is that of a recording.</param>
    public static (IReadOnlyList<TranscriptEntry> Entries, IReadOnlyList<int> Ignored)? TryRead(
        string text,
        string extension,
        Func<string, bool> isAudioName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(isAudioName);
        string first = text.AsSpan(0, LineEnd(text)).ToString();
        foreach (char separator in Separators)
        {
            if (Header.Of(first, separator) is { } header)
            {
                return Read(TableRows.Split(text, separator).Skip(1), header);
            }
        }

        bool isList = extension is ".list" or ".csv" or ".tsv";
        foreach (char separator in Separators)
        {
            List<TableRow> rows = TableRows.Split(text, separator);
            int several = rows.Count(r => r.Fields.Count > 1);
            bool looksLikeOne =
                several > 0
                && 2 * several >= rows.Count
                && (isList || LooksLikeList(rows, separator, isAudioName));
            if (looksLikeOne)
            {
                return TableColumns.Read(rows, isAudioName);
            }
        }

        return isList ? ([], [.. TableRows.Split(text, '|').Select(r => r.Line)]) : null;
    }

    // A text may hold '|' or a tab; a list names recordings.
    private static bool LooksLikeList(List<TableRow> rows, char separator, Func<string, bool> isAudioName) =>
        (2 * rows.Count(r => isAudioName(r.Fields[0].Trim())) >= rows.Count)
        || (separator is '|' or '\t'
            && rows.Count > 1
            && rows.All(r => r.Fields.Count > 1 && r.Fields[0].Length > 0 && !r.Fields[0].Any(char.IsWhiteSpace))
            && rows.DistinctBy(r => r.Fields[0]).Count() == rows.Count);

    private static (IReadOnlyList<TranscriptEntry>, IReadOnlyList<int>) Read(IEnumerable<TableRow> rows, Header header)
    {
        var entries = new List<TranscriptEntry>();
        var cues = new List<Cue>();
        var ignored = new List<int>();
        foreach (TableRow row in rows)
        {
            string? name = header.Name is { } n ? header.Field(row, n) : null,
                text = header.Field(row, header.Text);
            if (text is null || (header.Name is not null && string.IsNullOrWhiteSpace(name)))
            {
                ignored.Add(row.Line);
            }
            else if (header.Name is not null)
            {
                entries.Add(new TranscriptEntry
                {
                    Name = name!.Trim(),
                    Text = TranscriptText.OneLine(text),
                    Speaker = header.Speaker is { } s ? Trimmed(header.Field(row, s)) : null,
                    Language = header.Language is { } l ? Trimmed(header.Field(row, l))?.ToLowerInvariant() : null,
                    Segment = header.Segment(row),
                    Line = row.Line,
                });
            }
            else if (header.Time(row) is { } time)
            {
                cues.Add(new Cue(time.Start, time.End, TranscriptText.OneLine(text)));
            }
            else
            {
                ignored.Add(row.Line);
            }
        }

        return (header.Name is null ? [new TranscriptEntry { Cues = CueTimes.Order(cues) }] : entries, ignored);
    }

    private static string? Trimmed(string? field) => string.IsNullOrWhiteSpace(field) ? null : field.Trim();

    private static int LineEnd(string text) => text.IndexOfAny(['\n', '\r']) is >= 0 and var end ? end : text.Length;

    // Which column is what.
    private sealed record Header(int? Name, int Text, int? Speaker, int? Language, int? Start, int? End, int Count)
    {
        public static Header? Of(string line, char separator)
        {
            List<TableRow> rows = TableRows.Split(line, separator);
            if (rows.Count == 0 || rows[0].Fields.Count < 2)
            {
                return null;
            }

            string[] fields = [.. rows[0].Fields.Select(f => f.Trim().ToLowerInvariant())];
            int? text = Array.Find(Texts, t => fields.Contains(t)) is { } best ? Array.IndexOf(fields, best) : null,
                name = Find(Names.Contains),
                start = Find(f => f is "start" or "begin" or "start_time" or "start_s" or "start_ms"),
                end = Find(f => f is "end" or "stop" or "end_time" or "end_s" or "end_ms");
            return text is null || (name is null && start is null)
                ? null
                : new Header(
                    name,
                    text.Value,
                    Find(f => f is "speaker" or "speaker_name" or "speaker_id" or "spk"),
                    Find(f => f is "language" or "lang" or "locale" or "language_id"),
                    start,
                    end,
                    fields.Length);

            int? Find(Func<string, bool> isIt) =>
                Array.FindIndex(fields, f => isIt(f)) is >= 0 and var i ? i : null;
        }

        // What a row has too many is a text with separators in it, unless it is empty; so what stands behind the text
        // is counted from the end.
        public string? Field(TableRow row, int column)
        {
            int extra = row.Fields.Count - Count;
            while (extra > 0 && string.IsNullOrWhiteSpace(row.Fields[Count + extra - 1]))
            {
                extra--;
            }

            extra = Math.Max(0, extra);
            return column >= row.Fields.Count ? null
                : column == Text ? row.Join(column, 1 + extra)
                : row.Fields[column > Text ? column + extra : column];
        }

        // Of a list with a row a segment; what is no pair of times says nothing.
        public TranscriptSegment? Segment(TableRow row)
        {
            if (Start is not { } s || End is not { } e || Field(row, s) is not { } from || Field(row, e) is not { } to)
            {
                return null;
            }

            bool good =
                (CueTimes.TryParseSeconds(from.Trim(), out double start) || CueTimes.TryParse(from, out start))
                & (CueTimes.TryParseSeconds(to.Trim(), out double end) || CueTimes.TryParse(to, out end));
            bool isWhole = from.AsSpan().IndexOfAny(".,:") < 0 && to.AsSpan().IndexOfAny(".,:") < 0;
            return good && end > start ? new TranscriptSegment(start, end, isWhole, IsWithin: false) : null;
        }

        // Whisper writes whole milliseconds; seconds have a point.
        public (double Start, double End)? Time(TableRow row)
        {
            if (Start is not { } s || s >= row.Fields.Count || End is not { } e || e >= row.Fields.Count)
            {
                return null;
            }

            string from = row.Fields[s].Trim(), to = row.Fields[e].Trim();
            bool areSeconds = from.AsSpan().IndexOfAny('.', ',') >= 0 || to.AsSpan().IndexOfAny('.', ',') >= 0;
            if (!areSeconds && uint.TryParse(from, out uint a) && uint.TryParse(to, out uint b))
            {
                return b < 1_000_000_000 ? (a / 1000.0, b / 1000.0) : null;
            }

            bool good =
                (CueTimes.TryParseSeconds(from, out double start) || CueTimes.TryParse(from, out start))
                & (CueTimes.TryParseSeconds(to, out double end) || CueTimes.TryParse(to, out end));
            return good ? (start, end) : null;
        }
    }
}

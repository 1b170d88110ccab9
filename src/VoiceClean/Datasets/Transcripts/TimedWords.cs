namespace VoiceClean.Datasets.Transcripts;

/// <summary>Brings the words of a segment and its text together.</summary>
internal static class TimedWords
{
    /// <summary>
    /// The text of a segment divided among its words, so that not a character of it is lost: each word takes what
    /// stands up to the next one. Words without times get what lies between their neighbours' times.
    /// </summary>
    /// <param name="words">As a recogniser gives them; NaN = no time.</param>
    /// <param name="text">The segment, one line.</param>
    /// <returns>Empty if the words do not make up the text.</returns>
    public static IReadOnlyList<TimedWord> Fill(IReadOnlyList<TimedWord> words, string text)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(text);
        var filled = new List<TimedWord>();
        int at = 0;
        foreach (TimedWord word in words)
        {
            string core = TranscriptText.OneLine(word.Text);
            if (core.Length == 0)
            {
                continue;
            }

            int found = text.IndexOf(core, at, StringComparison.Ordinal);
            // What stands before a word belongs to the word before, but for the blank and opening marks.
            if (found < 0 || found - at > 8 || text[at..found].Any(char.IsLetterOrDigit))
            {
                return [];
            }

            int from = filled.Count == 0 ? 0 : Border(text, at, found);
            if (filled.Count > 0)
            {
                filled[^1] = filled[^1] with { Text = filled[^1].Text + text[at..from] };
            }

            filled.Add(word with { Text = text[from..(found + core.Length)] });
            at = found + core.Length;
        }

        if (filled.Count == 0 || text[at..].Any(char.IsLetterOrDigit))
        {
            return [];
        }

        filled[^1] = filled[^1] with { Text = filled[^1].Text + text[at..] };
        return Times(filled);
    }

    private static int Border(string text, int from, int to)
    {
        int blank = text.IndexOf(' ', from, to - from);
        return blank < 0 ? to : blank;
    }

    private static List<TimedWord> Times(List<TimedWord> words)
    {
        double last = words.Select(w => w.StartS).FirstOrDefault(double.IsFinite, 0), lastEnd = last;
        for (int i = 0; i < words.Count; i++)
        {
            TimedWord word = words[i];
            double start = double.IsFinite(word.StartS) ? Math.Max(word.StartS, last) : lastEnd;
            double next = words.Skip(i + 1).Take(50).Select(w => w.StartS).FirstOrDefault(double.IsFinite, start + 0.2);
            double end = double.IsFinite(word.EndS) && word.EndS >= start ? word.EndS : Math.Max(start, next);
            words[i] = word with { StartS = start, EndS = end };
            (last, lastEnd) = (start, end);
        }

        return words;
    }
}

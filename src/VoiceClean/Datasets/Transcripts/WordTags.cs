using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Times of words that stand within a text: <c>&lt;00:01.50&gt;</c> of WebVTT and of extended LRC.</summary>
internal static partial class WordTags
{
    /// <summary>True if there is any.</summary>
    public static bool IsIn(string text) => Tag().IsMatch(text);

    /// <summary>A cue of a text with or without such tags.</summary>
    /// <param name="startS">Of the cue [s].</param>
    /// <param name="endS">Of the cue [s]; not above the start = unknown.</param>
    /// <param name="text">With its tags.</param>
    public static Cue Read(double startS, double endS, string text)
    {
        MatchCollection tags = Tag().Matches(text);
        string plain = TranscriptText.OneLine(Tag().Replace(text, Markup.Nothing));
        if (tags.Count == 0)
        {
            return new Cue(startS, endS, plain);
        }

        var words = new List<TimedWord>();
        double at = startS;
        int from = 0;
        foreach (Match tag in tags)
        {
            if (!CueTimes.TryParse(tag.Groups[1].ValueSpan, out double time))
            {
                time = at;
            }

            Add(text[from..tag.Index], at, time);
            (from, at) = (tag.Index + tag.Length, time);
        }

        Add(text[from..], at, endS > at ? endS : double.NaN);
        double last = words.Count > 0 && words[^1].EndS > endS ? words[^1].EndS : endS;
        return new Cue(startS, last, plain) { Words = TimedWords.Fill(words, plain) };

        void Add(string word, double start, double end)
        {
            if (word.Trim().Length > 0)
            {
                words.Add(new TimedWord(start, end, word));
            }
        }
    }

    [GeneratedRegex(@"<((?:\d{1,3}:)?\d{1,3}:\d\d(?:[.,]\d{1,3})?)>")]
    private static partial Regex Tag();
}

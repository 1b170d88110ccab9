namespace VoiceClean.Reporting;

/// <summary>
/// What the program says, in another language. The English sentence stands where it is said, in records and journals
/// too; it is the key here, with {0}, {1} … for what differs, as in <c>Words/zh-CN.sentences.json</c>. A sentence is
/// known again by the text between its slots, so that what was written by an earlier run can be shown as well. A slot
/// stays as it is (names, paths, numbers, codes) unless the translation writes it {~0}: then its words are translated.
/// </summary>
internal sealed class Sentences
{
    private readonly Dictionary<string, string> _whole = new(StringComparer.Ordinal);
    private readonly List<Pattern> _patterns = [];
    private string _mark = ": ", _or = ", or ";         // between a name and what is said about it; before a word

    private Sentences()
    {
    }

    /// <summary>The sentences of a language; for English there are none, and each stays as it is.</summary>
    /// <param name="language">One of <see cref="ReportWords.Languages"/>.</param>
    public static Sentences Of(string language)
    {
        var sentences = new Sentences();
        if (language != ReportWords.Default)
        {
            foreach ((string english, string other) in ReportWords.Of(language + ".sentences"))
            {
                sentences.Add(english, other);
            }
        }

        return sentences;
    }

    /// <summary>Whether anything is translated at all.</summary>
    public bool IsEmpty => _whole.Count == 0;

    /// <summary>The sentence in the language; as it is where it is not known.</summary>
    public string Say(string english) => Labelled(english) ?? Find(english) ?? InPieces(english) ?? english;

    /// <summary>The sentence in the language; null where it is not known as a whole.</summary>
    public string? Find(string english)
    {
        if (_whole.TryGetValue(english, out string? whole))
        {
            return whole;
        }

        // "a number between 1 and 9, or off": the last number is no more than that.
        if (english.LastIndexOf(", or ", StringComparison.Ordinal) is var at and > 0
            && !english.AsSpan(at + 5).Contains(' ')
            && Find(english[..at]) is { } first)
        {
            return first + _or + english[(at + 5)..];
        }

        return Fitting(english, beginsWithWords: false);
    }

    // "a.wav: The noise …": what begins with words of its own is no end of another sentence that begins with a name.
    private string? Labelled(string english)
    {
        int at = english.IndexOf(": ", StringComparison.Ordinal);
        if (at <= 0)
        {
            return null;
        }

        string rest = english[(at + 2)..];
        string? said = rest.Contains(' ') && !_whole.ContainsKey(english) ? _whole.GetValueOrDefault(rest) : null;
        said ??= Fitting(rest, beginsWithWords: true);
        return said is null ? null : english[..at] + _mark + said;
    }

    private string? Fitting(string english, bool beginsWithWords)
    {
        foreach (Pattern pattern in _patterns)
        {
            if ((pattern.BeginsWithWords || !beginsWithWords) && pattern.Match(english) is { } slots
                && Filled(pattern, slots) is { } said)
            {
                return said;
            }
        }

        return null;
    }

    private void Add(string english, string other)
    {
        if (english == "{0}: {1}")
        {
            _mark = other["{0}".Length..^"{~1}".Length];
        }
        else if (english == "{0}, or {1}")
        {
            _or = other["{~0}".Length..^"{1}".Length];
        }

        var pattern = new Pattern(english, other);
        if (pattern.IsFixed)
        {
            _whole.Add(english, other);
            return;
        }

        // What says most comes first.
        int place = _patterns.FindIndex(p => p.Letters < pattern.Letters);
        _patterns.Insert(place < 0 ? _patterns.Count : place, pattern);
    }

    // What has hardly a word of its own ("{0}: {1}", "{0} to {1}") fits everything, so what it holds must be known, or
    // begin with a number.
    private string? Filled(Pattern pattern, string[] slots)
    {
        string said = pattern.Other;
        if (pattern.Letters < 3
            && !said.Contains("{~", StringComparison.Ordinal)
            && !(slots[0].Length > 0 && char.IsAsciiDigit(slots[0][slots[0][0] == '-' && slots[0].Length > 1 ? 1 : 0])))
        {
            return null;
        }

        for (int i = slots.Length - 1; i >= 0; i--)
        {
            if (i > 0 && pattern.IsOneWithNext(i - 1))
            {
                (slots[i - 1], slots[i]) = Divided(slots[i]);
            }

            string own = $"{{~{i}}}";
            if (!said.Contains(own, StringComparison.Ordinal))
            {
                said = said.Replace($"{{{i}}}", slots[i], StringComparison.Ordinal);
                continue;
            }

            string? inner = Find(slots[i]) ?? InPieces(slots[i]);
            if (inner is null && pattern.Letters < 3)
            {
                return null;
            }

            said = HanSpacing.Put(said, own, inner ?? slots[i]);
        }

        return said;
    }

    // "--strengt; did you mean --strength?": a name, and behind it what is said about it.
    private (string Name, string Said) Divided(string both)
    {
        for (int at = 0; at < both.Length; at++)
        {
            if (!char.IsLetterOrDigit(both[at]) && both[at] != '-' && Find(both[at..]) is not null)
            {
                return (both[..at], both[at..]);
            }
        }

        return (both, "");
    }

    // Several sentences, or several halves of one: as many from the left as are known together.
    private string? InPieces(string english)
    {
        foreach ((string mark, string other, int kept) in ((string, string, int)[])
            [(". ", "", 1), ("; ", "；", 0), (", ", "，", 0)])
        {
            for (int at = english.LastIndexOf(mark, StringComparison.Ordinal);
                at > 0;
                at = english.LastIndexOf(mark, at - 1, StringComparison.Ordinal))
            {
                if (Find(english[..(at + kept)]) is { } left)
                {
                    string rest = english[(at + mark.Length)..];
                    return left.TrimEnd() + other + (Find(rest) ?? InPieces(rest) ?? rest);
                }
            }
        }

        return null;
    }

    // "The file ends after {0} s": the texts around the slots, in their order.
    private sealed class Pattern
    {
        private readonly string[] _texts;

        public Pattern(string english, string other)
        {
            Other = other;
            var texts = new List<string>();
            int from = 0;
            for (string slot = "{0}"; english.IndexOf(slot, from, StringComparison.Ordinal) is var at and >= 0;)
            {
                texts.Add(english[from..at]);
                from = at + slot.Length;
                slot = $"{{{texts.Count}}}";
            }

            _texts = [.. texts, english[from..]];
            Letters = _texts.Sum(t => t.Count(char.IsLetter));
        }

        public string Other { get; }

        public int Letters { get; }

        public bool IsFixed => _texts.Length == 1;

        /// <summary>Whether it begins with several words before its first slot.</summary>
        public bool BeginsWithWords => char.IsUpper(_texts[0].FirstOrDefault()) && _texts[0].Contains(' ');

        public string[]? Match(string english)
        {
            if (!english.StartsWith(_texts[0], StringComparison.Ordinal)
                || !english.EndsWith(_texts[^1], StringComparison.Ordinal))
            {
                return null;
            }

            string[] slots = new string[_texts.Length - 1];
            int from = _texts[0].Length, end = english.Length - _texts[^1].Length;
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i] = "";
                if (IsOneWithNext(i))
                {
                    continue;
                }

                int to = i == slots.Length - 1 ? end
                    : from <= end ? english.IndexOf(_texts[i + 1], from, StringComparison.Ordinal) : -1;
                if (to < from || to > end)
                {
                    return null;
                }

                slots[i] = english[from..to];
                from = to + _texts[i + 1].Length;
            }

            return slots;
        }

        /// <summary>Whether nothing stands between a slot and the next one.</summary>
        public bool IsOneWithNext(int slot) => slot + 2 < _texts.Length && _texts[slot + 1].Length == 0;
    }
}

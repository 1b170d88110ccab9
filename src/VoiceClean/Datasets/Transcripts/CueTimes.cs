using System.Globalization;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>Times as subtitles write them, and cues in order.</summary>
internal static class CueTimes
{
    private const double Latest = 1e6;      // eleven days; what lies behind is a slip

    // About how long a character takes; only where a text has a beginning but no end.
    private const double SecondsPerCharacter = 0.12;

    private const string NoWords = " ♪♫♬#*";

    /// <summary>Reads "1:02:03.5", "02:03,500" or "02:03"; hours may be missing.</summary>
    /// <param name="text">Nothing but the time.</param>
    /// <param name="seconds">[s]</param>
    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = 0;
        text = text.Trim();
        int parts = 0;
        while (text.IndexOf(':') is >= 0 and var colon)
        {
            if (++parts > 2 || !TryDigits(text[..colon], out double value))
            {
                return false;
            }

            seconds = (60 * seconds) + value;
            text = text[(colon + 1)..];
        }

        int point = text.IndexOfAny('.', ',');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        double fraction = 0;
        bool good =
            TryDigits(whole, out double last)
            && (point < 0 || TryFraction(text[(point + 1)..], out fraction));
        if (parts == 0 || !good)
        {
            return false;
        }

        seconds = (60 * seconds) + last + fraction;
        return seconds <= Latest;
    }

    /// <summary>A number of seconds with a point or a comma; no sign, no exponent.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<char> text, out double seconds)
    {
        int point = text.IndexOfAny('.', ',');
        double fraction = 0;
        bool good =
            TryDigits(point < 0 ? text : text[..point], out seconds)
            && (point < 0 || TryFraction(text[(point + 1)..], out fraction));
        seconds += fraction;
        return good && seconds <= Latest;
    }

    /// <summary>
    /// Sorts cues by their start, leaves out those without words, and gives those without an end one: the start of the
    /// next, or as long as their text takes.
    /// </summary>
    public static IReadOnlyList<Cue> Order(IEnumerable<Cue> cues)
    {
        Cue[] ordered =
        [
            .. cues
                .Where(c => !c.Text.AsSpan().Trim(NoWords).IsEmpty && double.IsFinite(c.StartS))
                .OrderBy(c => c.StartS),
        ];
        double next = double.PositiveInfinity;
        for (int i = ordered.Length - 1; i >= 0; i--)
        {
            Cue cue = ordered[i];
            if (i + 1 < ordered.Length && ordered[i + 1].StartS > cue.StartS)
            {
                next = ordered[i + 1].StartS;
            }

            if (!(cue.EndS > cue.StartS))
            {
                double guess = cue.StartS + 0.5 + (SecondsPerCharacter * TranscriptText.CountCharacters(cue.Text));
                ordered[i] = cue with { EndS = Math.Min(guess, next) };
            }
        }

        return WithoutRepeats(ordered);
    }

    // A cue that stands there twice, with its times, is said once.
    private static List<Cue> WithoutRepeats(Cue[] ordered)
    {
        var once = new List<Cue>(ordered.Length);
        foreach (Cue cue in ordered)
        {
            bool isThere = false;
            for (int i = once.Count - 1; i >= 0 && once[i].StartS == cue.StartS && !isThere; i--)
            {
                isThere = once[i].EndS == cue.EndS && once[i].Text == cue.Text;
            }

            if (!isThere)
            {
                once.Add(cue);
            }
        }

        return once;
    }

    /// <summary>True of what stands in square brackets as a whole: a sound, not speech, as in "[Music]".</summary>
    public static bool IsSound(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim(NoWords);
        return rest.Length > 1
            && ((rest[0] == '[' && rest.IndexOf(']') == rest.Length - 1)
                || (rest[0] == '【' && rest.IndexOf('】') == rest.Length - 1));
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        return text.Length is > 0 and <= 12
            && !text.ContainsAnyExceptInRange('0', '9')
            && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out double value)
    {
        bool good = TryDigits(text, out value);
        value /= Math.Pow(10, text.Length);
        return good;
    }
}

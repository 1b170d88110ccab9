using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// LRC, with several times a line, an offset and times of words; and texts whose lines begin with a time in another
/// way.
/// </summary>
internal static partial class LyricsFormat
{
    /// <summary>The cues; null if it is something else.</summary>
    public static IReadOnlyList<Cue>? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] lines =
        [
            .. text.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0),
        ];
        Match[] timed = [.. lines.Select(l => Bracketed().Match(l))];
        int tags = lines.Count(IsTag), times = timed.Count(t => t.Success);
        if (times > 0 && times + tags == lines.Length)
        {
            return ReadBracketed(lines, timed);
        }

        return ReadPlain(lines);
    }

    /// <summary>
    /// Whether most lines begin with a time, in whatever way: of a text that no format has taken, these times would
    /// become words.
    /// </summary>
    public static bool HasTimes(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int lines = 0, timed = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string trimmed = line.Trim();
            lines += trimmed.Length > 0 ? 1 : 0;
            timed += Bracketed().IsMatch(trimmed) || Leading().IsMatch(trimmed) || IsLabel(trimmed) ? 1 : 0;
        }

        // A platform shows each time on a line of its own, above its text.
        return timed > 1 && 5 * timed >= 2 * lines;
    }

    private static IReadOnlyList<Cue> ReadBracketed(string[] lines, Match[] timed)
    {
        double offset = 0;
        var cues = new List<(double Start, string Text)>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!timed[i].Success)
            {
                // [ms]; what is positive lets the text come earlier.
                offset = Offset(lines[i]) is { } shift ? shift / 1000.0 : offset;
                continue;
            }

            foreach (Capture time in timed[i].Groups[1].Captures)
            {
                if (CueTimes.TryParse(LastColon(time.Value), out double start))
                {
                    cues.Add((start, Markup.Strip(timed[i].Groups[2].Value)));
                }
            }
        }

        (double Start, string Text)[] ordered = [.. cues.OrderBy(c => c.Start)];
        return CueTimes.Order(ordered.Select((c, i) => WordTags.Read(
            c.Start,
            ordered.Skip(i + 1).Take(1).Select(n => n.Start).FirstOrDefault(c.Start),
            c.Text)).Select(c => Shift(c, -offset)));
    }

    // "0:12 Hello" and "0:12", line end, "Hello": as video platforms show transcripts.
    private static IReadOnlyList<Cue>? ReadPlain(string[] lines)
    {
        var starts = new List<double>();
        var texts = new List<List<string>>();
        foreach (string line in lines)
        {
            Match time = Leading().Match(line);
            if (time.Success && CueTimes.TryParse(time.Groups[1].ValueSpan, out double start))
            {
                if (starts.Count > 0 && start < starts[^1])
                {
                    return null;
                }

                starts.Add(start);
                texts.Add([time.Groups[2].Value]);
            }
            else if (starts.Count == 0)
            {
                return null;
            }
            else
            {
                texts[^1].Add(line);
            }
        }

        return starts.Count < 2
            ? null
            : CueTimes.Order(starts.Select((s, i) => new Cue(
                s,
                i + 1 < starts.Count ? starts[i + 1] : s,
                TranscriptText.OneLine(Markup.Strip(string.Join(' ', texts[i]))))));
    }

    private static Cue Shift(Cue cue, double seconds) =>
        seconds == 0
            ? cue
            : cue with
            {
                StartS = cue.StartS + seconds,
                EndS = cue.EndS + seconds,
                Words = [.. cue.Words.Select(w => w with { StartS = w.StartS + seconds, EndS = w.EndS + seconds })],
            };

    // Some programs write 01:02:50 for 1 min, 2.5 s.
    private static string LastColon(string time) =>
        time.Count(c => c == ':') == 2 && time.Length - time.LastIndexOf(':') == 3 && !time.Contains('.')
            ? $"{time[..time.LastIndexOf(':')]}.{time[(time.LastIndexOf(':') + 1)..]}"
            : time;

    [GeneratedRegex(@"^(?:\[(\d{1,4}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?)\]\s*)+(.*)$")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^\(?((?:\d{1,2}:)?\d{1,2}:\d\d(?:[.,]\d{1,3})?)\)?(?:\s+(?:-\s+)?(.*))?$")]
    private static partial Regex Leading();

    // [ar:Somebody], [#a remark]; expressions for these would be 2 KB of code each.
    private static bool IsTag(string line)
    {
        const int longest = 20;
        int at = 1;
        return line.Length > 2
            && line[0] == '['
            && line[^1] == ']'
            && (line[1] == '#'
                || (Pass(line, ref at, char.IsAsciiLetter) && at <= longest + 1 && line[at] == ':'));
    }

    // [offset:+250]
    private static int? Offset(string line)
    {
        const string name = "[offset:";
        const int digits = 9;
        if (!line.StartsWith(name, StringComparison.OrdinalIgnoreCase) || line[^1] != ']')
        {
            return null;
        }

        ReadOnlySpan<char> number = line.AsSpan(name.Length..^1).Trim();
        return number.TrimStart("+-").Length <= digits
            && int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int shift)
            ? shift
            : null;
    }

    // Of Audacity: two numbers with fractions, for whole ones may be said here, and text.
    private static bool IsLabel(string line)
    {
        int at = 0;
        return PassFraction(line, ref at) && PassFraction(line, ref at) && at < line.Length;
    }

    // A number with a fraction and the white space behind it.
    private static bool PassFraction(string line, ref int at) =>
        Pass(line, ref at, char.IsDigit)
        && at < line.Length
        && line[at++] is '.' or ','
        && Pass(line, ref at, char.IsDigit)
        && Pass(line, ref at, char.IsWhiteSpace);

    private static bool Pass(string line, ref int at, Func<char, bool> kind)
    {
        int from = at;
        while (at < line.Length && kind(line[at]))
        {
            at++;
        }

        return at > from;
    }
}

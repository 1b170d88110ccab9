using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// SubRip (SRT), WebVTT, and what whisper programs print: anything whose lines hold <c>00:01.000 --> 00:02.500</c>.
/// </summary>
internal static partial class SubtitleFormat
{
    // Captions that roll repeat the line before; so many of those with two lines must do so.
    private const int LeastRolling = 2;

    private static readonly string[] NoWords = ["NOTE", "STYLE", "REGION"];

    /// <summary>The cues; null if it is something else.</summary>
    /// <param name="text">The file.</param>
    /// <param name="ignored">Gets the lines that are words or times and were not understood.</param>
    public static IReadOnlyList<Cue>? TryRead(string text, List<int> ignored)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(ignored);
        bool isVtt = text.StartsWith("WEBVTT", StringComparison.Ordinal);
        if (!isVtt && !text.Contains('>', StringComparison.Ordinal) && !text.Contains("&gt;", StringComparison.Ordinal))
        {
            return null;
        }

        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        List<Block> blocks = Blocks(lines);
        if (!blocks.Exists(b => double.IsFinite(b.StartS)))
        {
            return isVtt ? [] : null;
        }

        ignored.AddRange(BeforeTimes(lines, blocks[0], isVtt));
        for (int k = 0; k < blocks.Count; k++)
        {
            int limit = k + 1 < blocks.Count ? BeforeBlock(lines, blocks[k + 1].Line) : lines.Length;
            if (double.IsNaN(blocks[k].StartS))
            {
                ignored.Add(blocks[k].Line + 1);
                continue;
            }

            blocks[k].Lines.AddRange(TextLines(lines, blocks[k], limit, isVtt, ignored));
        }

        blocks.RemoveAll(b => double.IsNaN(b.StartS));
        Unroll(blocks);
        return CueTimes.Order(
            blocks.Select(b => WordTags.Read(b.StartS, b.EndS, string.Join(' ', b.Lines))));
    }

    // One for each line of times; NaN where they are not understood, so that their words go nowhere.
    private static List<Block> Blocks(string[] lines)
    {
        var blocks = new List<Block>();
        for (int i = 0; i < lines.Length; i++)
        {
            Match time = Time().Match(lines[i]);
            if (
                time.Success
                && (time.Groups[2].Value == "-->" || IsExact(time.Groups[1].Value))
                && CueTimes.TryParse(time.Groups[1].ValueSpan, out double start)
                && CueTimes.TryParse(time.Groups[3].ValueSpan, out double end))
            {
                bool isBracketed = time.Groups[4].ValueSpan.StartsWith("]");
                blocks.Add(new Block(i, start, end, isBracketed ? time.Groups[4].Value[1..] : null, []));
            }
            else if (BrokenTime().IsMatch(lines[i]))
            {
                blocks.Add(new Block(i, double.NaN, double.NaN, null, []));
            }
        }

        return blocks;
    }

    // "10:30 -> 11:00" may be said; what has seconds too, or parts of them, is a subtitle's.
    private static bool IsExact(string time) =>
        time.IndexOf(':') != time.LastIndexOf(':') || time.AsSpan().IndexOfAny('.', ',') >= 0;

    // The line before a time is its number or its name, if a blank line or the start stands before that.
    private static int BeforeBlock(string[] lines, int time)
    {
        int id = time - 1;
        bool isId =
            id >= 0
            && !string.IsNullOrWhiteSpace(lines[id])
            && (id == 0
                || string.IsNullOrWhiteSpace(lines[id - 1])
                || lines[id].AsSpan().Trim().IndexOfAnyExceptInRange('0', '9') < 0);
        return isId ? id : time;
    }

    // A subtitle whose line of times is missing; WebVTT has its head there.
    private static IEnumerable<int> BeforeTimes(string[] lines, Block first, bool isVtt)
    {
        bool isPrinted = isVtt || first.Beside is not null;
        for (int i = 0; !isPrinted && i < BeforeBlock(lines, first.Line); i++)
        {
            if (lines[i].Any(char.IsLetter))
            {
                yield return i + 1;
            }
        }
    }

    private static List<string> TextLines(string[] lines, Block block, int limit, bool isVtt, List<int> ignored)
    {
        List<string> words = block.Beside is { } beside ? [Markup.Strip(beside).Trim()] : [];
        int i = block.Line + 1;
        for (; i < limit && !(isVtt && string.IsNullOrWhiteSpace(lines[i])); i++)
        {
            string line = Markup.Strip(lines[i]).Trim();
            if (line.Length > 0)
            {
                words.Add(line);
            }
        }

        // Behind a blank line WebVTT has notes and styles; anything else there belongs to nothing.
        bool isNote = false;
        for (; i < limit; i++)
        {
            bool isBlank = string.IsNullOrWhiteSpace(lines[i]);
            isNote = !isBlank && (isNote || NoWords.Any(w => lines[i].StartsWith(w, StringComparison.Ordinal)));
            if (!isBlank && !isNote)
            {
                ignored.Add(i + 1);
            }
        }

        return words;
    }

    // Live captions show each line twice: first below, then above the next one.
    private static void Unroll(List<Block> blocks)
    {
        int rolling = 0, several = 0;
        for (int k = 1; k < blocks.Count; k++)
        {
            several += blocks[k].Lines.Count > 1 ? 1 : 0;
            rolling += blocks[k].Lines.Count > 1 && Repeats(blocks[k - 1], blocks[k]) ? 1 : 0;
        }

        if (rolling < LeastRolling || 2 * rolling < several)
        {
            return;
        }

        string[]? shown = null;
        foreach (Block block in blocks)
        {
            string[] now = [.. block.Lines.Select(Plain)];
            if (shown is not null)
            {
                for (int most = Math.Min(shown.Length, now.Length); most > 0; most--)
                {
                    if (shown.AsSpan(shown.Length - most).SequenceEqual(now.AsSpan(0, most)))
                    {
                        block.Lines.RemoveRange(0, most);
                        break;
                    }
                }
            }

            shown = now.Length > 0 ? now : shown;
        }
    }

    private static bool Repeats(Block before, Block now) =>
        before.Lines.Count > 0
        && now.StartS <= before.EndS + 0.1
        && Plain(before.Lines[^1]) == Plain(now.Lines[0]);

    private static string Plain(string line) => WordTags.Read(0, 0, line).Text;

    private sealed record Block(int Line, double StartS, double EndS, string? Beside, List<string> Lines);

    [GeneratedRegex(@"^\s*\[?\s*([\d:.,]{4,20})\s*((?:-{1,3}|[–—])(?:>|&gt;))\s*([\d:.,]{4,20})(.*)$")]
    private static partial Regex Time();

    // Begins with a time, then an arrow, then digits or nothing.
    [GeneratedRegex(
        @"^\s*\[?\s*\d{1,3}\s?:\s?[\dOolI]{1,2}[\w:., ]{0,20}(?:(?:-{1,3}|[–—=])\s?(?:>|&gt;)|→)\s*(?:\d+[\s:.,]|$)")]
    private static partial Regex BrokenTime();
}

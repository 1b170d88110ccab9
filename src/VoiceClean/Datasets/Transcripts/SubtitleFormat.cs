using System.Text.RegularExpressions;

namespace VoiceClean.Datasets.Transcripts;

/// <summary>
/// SubRip (SRT), WebVTT, and what whisper programs print: anything whose lines hold <c>00:01.000 --> 00:02.500</c>.
/// </summary>
internal static partial class SubtitleFormat
{
    // Captions that roll repeat the line before; so many of those with two lines must do so.
    private const int LeastRolling = 2;

    /// <summary>The cues; null if it is something else.</summary>
    public static IReadOnlyList<Cue>? TryRead(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool isVtt = text.StartsWith("WEBVTT", StringComparison.Ordinal);
        if (!isVtt && !text.Contains("-->", StringComparison.Ordinal))
        {
            return null;
        }

        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        var blocks = new List<Block>();
        for (int i = 0; i < lines.Length; i++)
        {
            Match time = Time().Match(lines[i]);
            if (
                time.Success
                && CueTimes.TryParse(time.Groups[1].ValueSpan, out double start)
                && CueTimes.TryParse(time.Groups[2].ValueSpan, out double end))
            {
                bool isBracketed = time.Groups[3].ValueSpan.StartsWith("]");
                blocks.Add(new Block(i, start, end, isBracketed ? time.Groups[3].Value[1..] : null, []));
            }
        }

        if (blocks.Count == 0)
        {
            return isVtt ? [] : null;
        }

        for (int k = 0; k < blocks.Count; k++)
        {
            int limit = k + 1 < blocks.Count ? BeforeBlock(lines, blocks[k + 1].Line) : lines.Length;
            blocks[k].Lines.AddRange(TextLines(lines, blocks[k], limit, isVtt));
        }

        Unroll(blocks);
        return CueTimes.Order(
            blocks.Select(b => WordTags.Read(b.StartS, b.EndS, string.Join(' ', b.Lines))));
    }

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

    private static IEnumerable<string> TextLines(string[] lines, Block block, int limit, bool isVtt)
    {
        if (block.Beside is { } beside)
        {
            yield return Markup.Strip(beside).Trim();
        }

        for (int i = block.Line + 1; i < limit; i++)
        {
            string line = Markup.Strip(lines[i]).Trim();
            if (line.Length > 0)
            {
                yield return line;
            }
            else if (isVtt && string.IsNullOrWhiteSpace(lines[i]))
            {
                yield break;             // what follows is a note or a style
            }
        }
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

    [GeneratedRegex(@"^\s*\[?\s*([\d:.,]{4,20})\s*-->\s*([\d:.,]{4,20})(.*)$")]
    private static partial Regex Time();
}

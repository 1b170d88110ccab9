using System.Text;

namespace VoiceClean.Cli.Output;

/// <summary>One line on a terminal that is written over and over, however many columns there are.</summary>
/// <param name="output">The terminal.</param>
/// <param name="width">How many columns it has now.</param>
internal sealed class ProgressBar(TextWriter output, Func<int> width)
{
    private const int LeastBar = 8, LongestBar = 40;

    private int _shown;

    /// <summary>
    /// A bar, the share in percent, and as many of the texts as have room: the first are the most important.
    /// </summary>
    public static string Line(double share, IReadOnlyList<string> texts, int columns)
    {
        string percent = FormattableString.Invariant($"{Math.Floor(100 * share),3:0} %");
        var line = new StringBuilder();
        int room = columns - percent.Length - LeastBar - 4;
        foreach (string text in texts)
        {
            int needed = Wrapped.Columns(text) + (line.Length > 0 ? 2 : 0);
            if (needed > room)
            {
                break;
            }

            line.Append(line.Length > 0 ? ", " : "").Append(text);
            room -= needed;
        }

        int bar = Math.Clamp(LeastBar + room, 1, LongestBar), done = (int)Math.Round(bar * Math.Clamp(share, 0, 1));
        string drawn = $"[{new string('=', done)}{new string(' ', bar - done)}] {percent} {line}".TrimEnd();
        return Wrapped.Columns(drawn) <= columns ? drawn : percent.Length <= columns ? percent : "";
    }

    /// <summary>Shows a line in the place of the one before.</summary>
    public void Show(string line)
    {
        Clear();
        output.Write(line);
        _shown = Wrapped.Columns(line);
    }

    /// <summary>Takes the line away. In a terminal that became narrower it has become several.</summary>
    public void Clear()
    {
        if (_shown == 0)
        {
            return;
        }

        int rows = (_shown - 1) / Math.Max(1, width());
        output.Write((rows > 0 ? FormattableString.Invariant($"\e[{rows}A") : "") + "\r\e[J");
        _shown = 0;
    }
}

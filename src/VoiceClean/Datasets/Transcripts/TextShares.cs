namespace VoiceClean.Datasets.Transcripts;

/// <summary>Divides a text among clips in proportion to their speech, where it reads best.</summary>
internal static class TextShares
{
    private const string SentenceEnds = ".!?…。！？", ClauseEnds = ",;:，；：、—–";

    /// <summary>Divides a text; put together again the parts are the text.</summary>
    /// <param name="text">One line.</param>
    /// <param name="shares">Clips and how long each speaks of it [s], at least two.</param>
    public static IEnumerable<(int Clip, string Text)> Divide(
        string text,
        IReadOnlyList<(int Clip, double Seconds)> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        string[] units = [.. TranscriptText.Units(text)];
        double[] behind = new double[units.Length + 1];
        for (int i = 0; i < units.Length; i++)
        {
            behind[i + 1] = behind[i] + Math.Max(0.2, TranscriptText.CountCharacters(units[i]));
        }

        double total = shares.Sum(s => s.Seconds), at = 0;
        int from = 0;
        for (int k = 0; k < shares.Count; k++)
        {
            at += shares[k].Seconds;
            int to = k == shares.Count - 1 ? units.Length : Border(units, behind, from, at / total, total);
            yield return (shares[k].Clip, string.Concat(units[from..to]));
            from = to;
        }
    }

    // The place that is nearest in time; a clip ends where there is a pause, and pauses follow marks.
    private static int Border(string[] units, double[] behind, int from, double share, double seconds)
    {
        int best = from;
        double least = double.PositiveInfinity;
        for (int i = from; i <= units.Length; i++)
        {
            double distance = Math.Abs((behind[i] / behind[^1]) - share) * seconds;
            double cost = distance + (i == 0 || i == units.Length ? 0.5 : Quality(units[i - 1], units[i]));
            if (cost < least)
            {
                (best, least) = (i, cost);
            }
        }

        return best;
    }

    // In seconds by which a place may be farther away.
    private static double Quality(string left, string right)
    {
        char end = left.TrimEnd(' ', '"', '\'', '”', '’', '」', '』', ')', '）') is [.., var c] ? c : ' ';
        return SentenceEnds.Contains(end, StringComparison.Ordinal) ? 0
            : ClauseEnds.Contains(end, StringComparison.Ordinal) ? 0.15
            : right[0] == ' ' ? 0.6
            : IsKana(end) && IsKana(right[0]) ? 1.2
            : IsKana(end) ? 0.6
            : 0.8;
    }

    private static bool IsKana(char c) => c is >= '\u3040' and <= '\u30FF';
}

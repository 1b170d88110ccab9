namespace VoiceClean.Cleaning.Options;

/// <summary>What somebody who mistyped a word probably meant.</summary>
internal static class Suggestion
{
    /// <summary>
    /// The known word that is nearest to <paramref name="word"/>: at most one slip (a letter too much, missing, wrong,
    /// or two swapped) for every three letters, and at most two; null if none is.
    /// </summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        (string? best, int least) = (null, Math.Min(2, word.Trim('-').Length / 3) + 1);
        foreach (string candidate in known)
        {
            int slips = Slips(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (slips < least)
            {
                (best, least) = (candidate, slips);
            }
        }

        return best;
    }

    // The restricted distance of Damerau and Levenshtein: no letter is touched twice.
    private static int Slips(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}

namespace VoiceClean.Reporting;

/// <summary>
/// Chinese words touch each other; Latin letters and numbers among them stand apart by a blank, as all our sentences
/// have them.
/// </summary>
internal static class HanSpacing
{
    /// <summary>Puts words in the place of a slot, apart from Chinese around it where they begin or end in
    /// others.</summary>
    /// <param name="sentence">Has the slot.</param>
    /// <param name="slot">"{~0}".</param>
    /// <param name="words">What stands there.</param>
    public static string Put(string sentence, string slot, string words)
    {
        int at = sentence.IndexOf(slot, StringComparison.Ordinal), end = at + slot.Length;
        bool isApartBefore =
            at > 0 && IsHan(sentence[at - 1]) && words.Length > 0 && char.IsAsciiLetterOrDigit(words[0]);
        bool isApartBehind =
            end < sentence.Length && IsHan(sentence[end]) && words.Length > 0 && char.IsAsciiLetterOrDigit(words[^1]);
        return sentence.Replace(
            slot,
            (isApartBefore ? " " : "") + words + (isApartBehind ? " " : ""),
            StringComparison.Ordinal);
    }

    private static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF';
}

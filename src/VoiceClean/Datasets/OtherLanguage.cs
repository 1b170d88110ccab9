using VoiceClean.Datasets.Targets;

namespace VoiceClean.Datasets;

/// <summary>Clips that a list names another language for than the user told for the recordings.</summary>
/// <param name="Told">What was told, as a code.</param>
/// <param name="Language">What the lists say.</param>
/// <param name="IsOtherScript">
/// Whether the text has no letter of the language that was told; else somebody named the language with the text.
/// </param>
/// <param name="Clips">How many clips.</param>
/// <param name="Example">The first of them: path in the set and text.</param>
internal sealed record OtherLanguage(string Told, string Language, bool IsOtherScript, int Clips, string Example)
{
    private const int MostOfText = 40;

    /// <summary>All of a set; empty where nothing was told.</summary>
    /// <param name="clips">Its clips as the lists have them, in their order.</param>
    /// <param name="told">What was told for the recordings, in any spelling; null = nothing.</param>
    public static IReadOnlyList<OtherLanguage> Of(IEnumerable<ClipRecord> clips, string? told)
    {
        ArgumentNullException.ThrowIfNull(clips);
        return Languages.Normalize(told) is not { } code
            ? []
            :
            [
                .. clips
                    .Where(c => c.Language is { } said && said != code)
                    .GroupBy(c => (Language: c.Language!, TextFigures.ShareOfOtherScripts(c.Text ?? "", code) is >= 1))
                    .OrderBy(g => g.Key)
                    .Select(g => new OtherLanguage(code, g.Key.Language, g.Key.Item2, g.Count(), Say(g.First()))),
            ];
    }

    private static string Say(ClipRecord clip)
    {
        string text = clip.Text ?? "";
        return text.Length == 0 ? clip.File
            : $"{clip.File}: {(text.Length > MostOfText ? text[..(MostOfText - 2)].TrimEnd() + " …" : text)}";
    }
}

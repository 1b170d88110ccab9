using VoiceClean.Reporting;

namespace VoiceClean.Cli.Output;

/// <summary>What is missing, a line each.</summary>
internal static class Notices
{
    /// <summary>Prints it in the language, unless the screen is quiet.</summary>
    public static void Print(IReadOnlyList<Notice> notices, Screen screen)
    {
        if (screen.Quiet || notices.Count == 0)
        {
            return;
        }

        IReadOnlyDictionary<string, string> words = ReportWords.Of(Tongue.Language);
        foreach (Notice notice in notices)
        {
            Screen.Sentence("warning: " + ReportWords.Say(words, "notice." + notice.Code, notice.Slots));
        }
    }
}

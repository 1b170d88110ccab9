using System.Globalization;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Transcripts;

namespace VoiceClean.Cli.Output;

/// <summary>Where the words of a set went, for people.</summary>
internal static class WordsText
{
    private const int MostExamples = 3;

    /// <summary>Prints it; nothing where no text was given.</summary>
    public static void Print(TextReport texts)
    {
        if (texts.ClipsWithText > 0 || texts.Sums is not null)
        {
            int clips = texts.ClipsWithText + texts.ClipsWithoutText;
            Screen.Sentence(
                string.Create(CultureInfo.InvariantCulture, $"text: {texts.ClipsWithText:N0} of {clips:N0} clips")
                    + (texts.Sums is { Words: > 0 } sums ? Share(sums) : ""));
        }

        if (texts.Fits.TryGetValue(TextFits.Shared, out int shared))
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  in {shared:N0} of them a segment was divided between clips in proportion to its speech "
                        + $"(text_fit \"{TextFits.Shared}\" in the manifest)"));
        }

        if (texts.LostText.Count > 0)
        {
            Screen.Sentence($"  no clip speaks at: {string.Join("; ", texts.LostText.Take(MostExamples))}");
        }

        foreach (TextProblem problem in texts.Problems)
        {
            string more = problem.Count > Math.Min(MostExamples, problem.Examples.Count) ? " …" : "";
            // Each by itself: together nobody knows them, and several examples would fit the sentence of one.
            string sentence = Tongue.Say("warning:") + Tongue.Gap + Tongue.Say(Sentence(problem));
            string examples = string.Join("; ", problem.Examples.Take(MostExamples).Select(Tongue.Say));
            Screen.Said($"{sentence}: {examples}{more}");
        }
    }

    private static string Share(TextSums sums) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"; of {sums.Words:N0} words {100.0 * sums.WordsInClips / sums.Words:0.0#} % found a clip")
        + (sums.WordsRejected > 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", {100.0 * sums.WordsRejected / sums.Words:0.0#} % a rejected one")
            : "");

    private static string Sentence(TextProblem problem)
    {
        string count = problem.Count.ToString("N0", CultureInfo.InvariantCulture);
        bool one = problem.Count == 1;
        return problem.Code switch
        {
            TextProblems.FitsNothing => one
                ? "1 transcript fits no recording and no clip"
                : $"{count} transcripts fit no recording and no clip",
            TextProblems.FitsSeveral => $"{count} transcript{(one ? " fits" : "s fit")} several recordings and "
                + $"{(one ? "is" : "are")} not used",
            TextProblems.OtherSpeaker => $"{count} transcript{(one ? " has" : "s have")} the name of a recording, but "
                + $"{(one ? "is" : "are")} about another folder or speaker; not used",
            TextProblems.SpeakerName => $"{count} transcript{(one ? " calls its" : "s call their")} speaker otherwise "
                + "than the set does",
            TextProblems.SpeakerOfList => $"{count} recording{(one ? " has" : "s have")} the speaker that a list "
                + "names, because the folder holds several",
            TextProblems.SeveralVoices => $"{count} text{(one ? " names" : "s name")} several voices in a recording, "
                + "which become one speaker: cut it by voices first",
            TextProblems.Contradicts => $"{count} text{(one ? " contradicts" : "s contradict")} another one",
            TextProblems.NotUnderstood => $"{count} line{(one ? "" : "s")} of the transcripts {(one ? "was" : "were")} "
                + "not understood",
            TextProblems.Unreadable => $"{count} file{(one ? "" : "s")} with text could not be read and "
                + $"{(one ? "is" : "are")} not used",
            TextProblems.TakenForSounds => $"{count} caption{(one ? "" : "s")} in square brackets "
                + $"{(one ? "was taken for a sound" : "were taken for sounds")} and not used",
            TextProblems.CharactersLost => $"{count} text{(one ? " has" : "s have")} lost characters before and "
                + $"{(one ? "is" : "are")} not used",
            TextProblems.PhonemesOnly => $"{count} file{(one ? " holds" : "s hold")} phonemes, not words",
            TextProblems.SpeechWithoutWords => $"{count} clip{(one ? " holds" : "s hold")} speech for which the text "
                + "has no words",
            TextProblems.RecordingWasCut => $"the text of {count} recording{(one ? "" : "s")} was not used, because "
                + $"{(one ? "it was" : "they were")} cut and the text has no times",
            TextProblems.UnknownLanguage => $"{count} text{(one ? " names" : "s name")} a language that is none; it "
                + "counts as not named",
            TextProblems.LanguageChanged => $"{count} text{(one ? " has" : "s have")} no letter of the language that "
                + $"the set named for {(one ? "its clip" : "their clips")}; the script decides",
            TextProblems.CommandFailed => $"{count} clip{(one ? "" : "s")} got no text from the command",
            _ => $"{problem.Code} {count}",
        };
    }
}

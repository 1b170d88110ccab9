using System.Globalization;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;

namespace VoiceClean.Cli.Output;

/// <summary>What the trainer makes of the languages and speakers of a set, on standard error.</summary>
internal static class SpeakersText
{
    public static void Print(DatasetReport report, DatasetTarget target)
    {
        string[] unknown =
        [
            .. report.Languages.Where(l => target.Languages.Count > 0 && !target.Languages.Contains(l.Key))
                .Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Key} ({Counted.Of(l.Value, "clip")})")),
        ];
        if (unknown.Length > 0)
        {
            Screen.Sentence(
                $"warning: {target.Name} does not know {string.Join(", ", unknown)} and leaves such clips out; it "
                    + $"knows {string.Join(", ", target.Languages)}");
        }

        PrintLanguages(report, target);
        if (report.SameSound.Count > 0)
        {
            (string recording, string other) = report.SameSound.First();
            Screen.Sentence(
                $"warning: {Counted.Of(report.SameSound.Count, "recording")} with the same sound as another one of the "
                    + $"set, which is learnt twice so: {recording} is {other}; leave one of them out");
        }

        if (target.HasOneSpeaker && report.Speakers.Count > 1)
        {
            Screen.Sentence(
                $"warning: lists of {target.Name} name no speaker: "
                    + $"{string.Join(" and ", report.Speakers.Select(s => s.Speaker))} become one voice; make a set "
                    + "for each");
        }
    }

    private static void PrintLanguages(DatasetReport report, DatasetTarget target)
    {
        foreach (OtherLanguage other in report.OtherLanguages)
        {
            Screen.Sentence(Sentence(other, target.ListLanguages.Count > 0 ? "list" : "manifest"));
        }

        if (report.ClipsWithoutLanguage > 0 && target.ListLanguages.Count > 0)
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"warning: the language of {Counted.Of(report.ClipsWithoutLanguage, "clip")} is not known and "
                        + $"stands as {Languages.Unknown.ToUpperInvariant()} in the list; name it with --language ")
                    + $"({string.Join(", ", target.Languages)})");
        }

        if (target.HasOneLanguage && report.Languages.Count > 1)
        {
            Screen.Sentence(
                $"warning: {target.Name} takes one language for a list, and here are "
                    + $"{string.Join(" and ", report.Languages.Keys)}; make a set for each");
        }
    }

    private static string Sentence(OtherLanguage other, string where)
    {
        string told = other.Told.ToUpperInvariant(), language = other.Language.ToUpperInvariant();
        string clips = Counted.Of(other.Clips, "clip");
        string why = other.IsOtherScript
            ? $"{(other.Clips == 1 ? "its text has" : "their texts have")} no letter of {told}"
            : $"that came with {(other.Clips == 1 ? "its text" : "their texts")}";
        return $"warning: {clips} stand{(other.Clips == 1 ? "s" : "")} as {language} in the {where}, not as {told}, "
            + $"because {why}: {other.Example}";
    }
}

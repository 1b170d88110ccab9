using VoiceClean.Errors;
using System.Globalization;
using VoiceClean.Datasets;

namespace VoiceClean.Cli.Output;

/// <summary>What a person wants to know about a finished set, on standard error.</summary>
internal static class DatasetText
{
    private const int MostNamed = 5;

    public static void Print(string root, SetResult result)
    {
        (DatasetReport report, IReadOnlyList<string> foreign) = (result.Report, result.ForeignFiles);
        Screen.Sentence(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{root}: {Counted.Of(report.Clips, "clip")}, {BatchText.Time(TimeSpan.FromSeconds(report.ClipsS))} of "
                    + $"{BatchText.Time(TimeSpan.FromSeconds(report.SourceS))}")
                + FormattableString.Invariant(
                    $"; {report.LostSpeechS:0.0} s of {report.SpeechS:0} s of speech were too short for a clip"));
        if (report.ClipsRejected.Count > 0)
        {
            Screen.Sentence(
                $"rejected (in {DatasetPlan.RejectedFolder}, with reasons in rejected.jsonl): "
                    + $"{string.Join(", ", report.ClipsRejected.Select(r => $"{r.Key} {r.Value}"))}");
        }

        foreach (SpeakerReport speaker in report.Speakers)
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{speaker.Speaker}: {Counted.Of(speaker.Clips, "clip")} of "
                        + $"{speaker.ShortestS:0.0} to {speaker.LongestS:0.0} s, median {speaker.MiddleS:0.0} s"));
            foreach (Outlier outlier in speaker.Outliers.Take(MostNamed))
            {
                Screen.Sentence(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  differs: {outlier.File}, {outlier.Figure} {outlier.Value:0.0} where the speaker has "
                            + $"{outlier.Median:0.0}"));
            }

            if (speaker.Outliers.Count > MostNamed)
            {
                Screen.Sentence($"  and {speaker.Outliers.Count - MostNamed} more in report.json");
            }

            foreach (ReferenceClip reference in speaker.References.Take(3))
            {
                Screen.Sentence(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  reference: {reference.File} ({reference.DurationS:0.0} s, {reference.LevelRatioDb:0} dB, "
                            + $"score {reference.Score:0.00})"));
            }
        }

        if (report.EditedFiles.Count > 0)
        {
            Screen.Sentence(Kept(report.EditedFiles));
        }

        if (report.Target is { } target)
        {
            SpeakersText.Print(report, target);
        }

        if (result.Gone.Count > 0)
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"left the set, because the recordings are gone: {result.Gone.Count:N0} "
                        + $"({string.Join(", ", result.Gone.Take(MostNamed))}"
                        + $"{(result.Gone.Count > MostNamed ? " …" : "")})"));
        }

        if (result.Remade.Count > 0)
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"made again, because somebody had deleted them: {Counted.Of(result.Remade.Count, "clip")} "
                        + $"({string.Join(", ", result.Remade.Take(MostNamed))}"
                        + $"{(result.Remade.Count > MostNamed ? " …" : "")})"));
        }

        if (result.OtherRecordings > 0)
        {
            Screen.Sentence(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the set also holds {Counted.Of(result.OtherRecordings, "recording")} of other runs, unchanged"));
        }

        if (report.Texts is { } texts)
        {
            WordsText.Print(texts);
        }

        if (foreign.Count > 0)
        {
            Screen.Sentence(
                $"warning: {Counted.Of(foreign.Count, "file")} in the folders of clips not of this set, "
                    + $"which the trainer will read too: {string.Join(", ", foreign.Take(MostNamed))}");
        }
    }

    private static string Kept(IReadOnlyList<string> files)
    {
        string more = files.Count > MostNamed ? " …" : "";
        return $"warning: {Counted.Of(files.Count, "file")} that somebody had changed "
            + $"{(files.Count == 1 ? "is" : "are")} kept: {string.Join(", ", files.Take(MostNamed))}{more}; the texts "
            + "of a list come into the set with --transcripts";
    }
}

using System.Text.RegularExpressions;
using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>What users read is written by us: none of the runtime's texts, and no "1 clips".</summary>
public partial class SentenceTests
{
    // Ours, or a bug of ours or of a stage that somebody added, which shall say all it knows.
    private static readonly string[] OwnTexts =
    [
        "ClipReportBuilder.cs", "OutsideReports.cs", "TranscriptIndex.cs", "TranscribeCommand.cs", "DatasetTargets.cs",
        "StageRun.cs", "NoiseRecording.cs",
    ];

    private static readonly string[] Projects = ["VoiceClean", "VoiceClean.Cli", "VoiceClean.NAudio"];

    [Fact]
    public void No_sentence_holds_the_text_of_an_exception_of_the_runtime()
        => Assert.Empty(
            Lines().Where(l => RuntimeText().IsMatch(l.Text) && !OwnTexts.Contains(Path.GetFileName(l.File)))
                .Select(l => $"{l.File}:{l.Number} {l.Text.Trim()}"));

    [Fact]
    public void Bytes_samples_and_clips_are_counted_so_that_one_is_no_plural()
        => Assert.Empty(
            Lines().Where(l => Plural().IsMatch(l.Text) && !l.Text.Contains(" of {", StringComparison.Ordinal)
                    && !l.Text.Contains("Done:N0", StringComparison.Ordinal)
                    && !l.Text.Contains("most", StringComparison.OrdinalIgnoreCase)
                    && !l.Text.Contains("Longest", StringComparison.Ordinal)
                    && !l.File.Contains("AudioClip", StringComparison.Ordinal))
                .Select(l => $"{l.File}:{l.Number} {l.Text.Trim()}"));

    private static IEnumerable<(string File, int Number, string Text)> Lines() =>
        from project in Projects
        from file in Directory.EnumerateFiles(
            Path.Combine(SourceTree.Root, "src", project),
            "*.cs",
            SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        from line in File.ReadLines(file).Select((text, i) => (Text: text, Number: i + 1))
        select (file, line.Number, line.Text);

    [GeneratedRegex(@"\{(e|failure|cause|exception)\.Message")]
    private static partial Regex RuntimeText();

    [GeneratedRegex(@"\{[A-Za-z_.]+(:N0)?\} (bytes|samples|clips|recordings|hours)\b(?! (at|per|\{))")]
    private static partial Regex Plural();
}

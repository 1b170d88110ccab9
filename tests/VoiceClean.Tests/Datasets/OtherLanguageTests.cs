using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Runs;
using VoiceClean.Testing.Signals;
using VoiceClean.Tests.Runs;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public sealed class OtherLanguageTests : IDisposable
{
    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("jp", "anna/a.wav|anna||Hello there", "en", true)]
    [InlineData("jp", "anna/a.wav|anna|auto|Hello there", "en", true)]
    [InlineData("en", "anna/a.wav|anna||今天天气很好", "zh", true)]
    [InlineData("zh", "anna/a.wav|anna||ありがとう", "ja", true)]
    [InlineData("ko", "anna/a.wav|anna||Hello there", "en", true)]
    [InlineData("ko", "anna/a.wav|anna||漢字", "ko", null)]
    [InlineData("yue", "anna/a.wav|anna||안녕하세요", "ko", true)]
    [InlineData("jp", "anna/a.wav|anna|ZH|今天天气很好", "zh", false)]
    [InlineData("en", "anna/a.wav|anna|de|Guten Tag", "de", false)]
    [InlineData("jp", "anna/a.wav|anna||今日はABC", "ja", null)]
    [InlineData("yue", "anna/a.wav|anna||今日天氣好", "yue", null)]
    [InlineData("zh", "anna/a.wav|anna||123", "zh", null)]
    [InlineData("English", "anna/a.wav|anna|EN|Hello", "en", null)]
    public void A_language_other_than_the_one_told_is_said(string told, string line, string listed, bool? isOtherScript)
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 29).Samples);
        string list = Path.Combine(_set.Root, "..", "told.list");
        File.WriteAllText(list, line);
        _set.Transcripts = [list];
        DatasetReport report = _set.Make(_set.Options with { Language = told });
        Assert.Equal([listed], report.Languages.Keys);
        Assert.Equal(
            isOtherScript is { } script ? [(Languages.Normalize(told)!, listed, script, report.Clips)] : [],
            report.OtherLanguages.Select(o => (o.Told, o.Language, o.IsOtherScript, o.Clips)));
        Assert.All(
            report.OtherLanguages,
            o => Assert.EndsWith(": " + line.Split('|')[^1], o.Example, StringComparison.Ordinal));

        // A later run does nothing and says it all the same.
        Assert.Equal(report.OtherLanguages, _set.Make(_set.Options with { Language = told }).OtherLanguages);
    }

    [Theory]
    [InlineData("Hello there", "en", 1)]
    [InlineData("今日はABC", "ja", 0)]
    [InlineData("漢字", "ja", 0)]
    public void The_language_told_for_a_set_counts_for_texts_that_come_later(string text, string listed, int changed)
    {
        _set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: true, seed: 29).Samples);
        _set.Make(_set.Options with { Language = "ja" });
        string list = Path.Combine(_set.Root, "..", "asr.list");
        File.WriteAllText(list, $"{ClipTexts.NameOf(Assert.Single(_set.Accepted))}|x||{text}");
        DatasetReport report = new BuildSet(new BuildSetOptions
        {
            Inputs = new RunInputs(),
            OutputFolder = _set.Root,
            Set = _set.Options,
            Transcripts = [list],
        }).Run(new BatchFolder.Collector()).Report;
        Assert.Equal([listed], report.Languages.Keys);
        Assert.Equal(
            changed,
            report.Texts!.Problems.Where(p => p.Code == TextProblems.LanguageChanged).Sum(p => p.Count));
    }
}

using System.Reflection;
using System.Text.RegularExpressions;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Inspection;
using VoiceClean.Reporting;
using Xunit;

namespace VoiceClean.Tests.Reporting;

public partial class ReportWordsTests
{
    [Fact]
    public void All_languages_have_the_same_keys_with_the_same_slots()
    {
        IReadOnlyDictionary<string, string> english = ReportWords.Of(ReportWords.Default);
        foreach (string language in ReportWords.Languages)
        {
            IReadOnlyDictionary<string, string> words = ReportWords.Of(language);
            Assert.Equal(english.Keys, words.Keys);
            Assert.All(words, w => Assert.Equal(SlotsOf(english[w.Key]), SlotsOf(w.Value)));
            Assert.DoesNotContain(words.Values, string.IsNullOrWhiteSpace);
        }
    }

    [Fact]
    public void Every_code_of_a_record_has_its_word()
    {
        IEnumerable<string> codes = Constants(typeof(ReasonCodes))
            .Concat(Constants(typeof(WarningCodes)))
            .Concat(JudgeTable.Rules.Select(r => r.Code));
        Assert.Empty(codes.Distinct().Select(c => "code." + c).Except(ReportWords.Of("en").Keys));
    }

    [Fact]
    public void Every_sentence_that_is_said_is_there_and_none_is_there_in_vain()
    {
        string script = PageFiles.Script;
        HashSet<string> said =
        [
            .. Said().Matches(script).Select(m => m.Groups[1].Value),
            .. Titled().Matches(script).Select(m => m.Groups[1].Value),
            .. Notice.All.Select(c => "notice." + c),
            .. PageDetails.FigureKeys.Select(k => "figure." + k),
            .. new[] { "noise_colour_db_per_octave", "spectral_tilt_db_per_octave" }.Select(k => "figure." + k),
            .. Enum.GetValues<ClipStatus>().Select(s => "status." + RunSummary.NameOf(s)),
            .. Enum.GetNames<Verdict>().Select(v => "verdict." + v.ToLowerInvariant()),
            .. (string[])["lead.warned", "lead.fine", "after", "before", "defaults", "unknown", "noscript"],
            .. (string[])["sound.gone", "sound.none", "worst.hint", "worst.before"],
            .. (string[])["col.count", "col.snr", "col.lufs", "col.warnings"],      // of the text for tickets
        ];
        string[] there = [.. ReportWords.Of("en").Keys.Where(k => !k.StartsWith("code.", StringComparison.Ordinal))];
        Assert.Empty(said.Except(there));
        Assert.Empty(there.Except(said));
    }

    [Fact]
    public void Nothing_but_text_is_made_of_what_a_record_says()
    {
        Assert.DoesNotMatch(Dangerous(), PageFiles.Script);
        Assert.DoesNotMatch(
            Outside(),
            PageFiles.Script.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
        Assert.DoesNotMatch(Outside(), PageFiles.Style);
    }

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

    private static IEnumerable<string> SlotsOf(string sentence) =>
        Slot().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Slot();

    [GeneratedRegex("""\bsay\("([\w.]+)"[,)]""")]
    private static partial Regex Said();

    [GeneratedRegex("""\bnumber\("([\w.]+)",""")]
    private static partial Regex Titled();

    [GeneratedRegex(
        @"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|\bon\w+\s*=|""on[a-z]+""|DOMParser"
            + @"|srcdoc|createContextualFragment|import\(|fetch\(|XMLHttpRequest|WebSocket|localStorage|cookie")]
    private static partial Regex Dangerous();

    [GeneratedRegex(@"https?:|//[a-z]|@import|url\(")]
    private static partial Regex Outside();
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Web.Tests.Pages;

/// <summary>What holds for every file of the pages.</summary>
public partial class PageLawTests
{
    private const int MostColumns = 120, MostLines = 250;

    public static TheoryData<string> Sources { get; } =
        new(Assets.All.Select(a => a.Path).Where(p => Path.GetExtension(p) is ".js" or ".css" or ".html"));

    public static TheoryData<string> WordSets { get; } = new(
        Assets.All.Select(a => a.Path)
            .Where(p => p.EndsWith("en.json", StringComparison.Ordinal))
            .Select(p => p[..^"en.json".Length]));

    [Theory]
    [MemberData(nameof(Sources))]
    public void Text_never_becomes_markup_or_code(string path)
    {
        Assert.DoesNotMatch(MakesMarkup(), Text(path));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Nothing_stands_inline_and_nothing_comes_from_elsewhere(string path)
    {
        string text = Text(path);
        if (path.EndsWith(".html", StringComparison.Ordinal))
        {
            Assert.DoesNotMatch(Inline(), text);
        }

        Assert.DoesNotMatch(Foreign(), text.Replace("http://www.w3.org/", "", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public void Files_are_short_and_lines_are_too(string path)
    {
        string[] lines = Text(path).TrimEnd('\n').Split('\n');
        Assert.True(lines.Length <= MostLines, $"{path}: {lines.Length} lines.");
        Assert.All(lines, l => Assert.True(l.Length <= MostColumns, $"{path}: {l}"));
    }

    [Theory]
    [MemberData(nameof(WordSets))]
    public void Both_languages_have_the_same_keys_with_the_same_slots(string set)
    {
        Dictionary<string, string> english = Words(set + "en.json"), chinese = Words(set + "zh-CN.json");
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), chinese.Keys.Order(StringComparer.Ordinal));
        Assert.All(english, w => Assert.Equal(Slots(w.Value), Slots(chinese[w.Key])));
    }

    [Fact]
    public void Every_word_that_the_pages_ask_for_is_there()
    {
        HashSet<string> known =
            [.. WordSets.SelectMany(set => Words(set.Data + "en.json").Keys)];
        var asked = Sources
            .SelectMany(s => Asked().Matches(Text(s.Data)).Select(m => (s.Data, Key: m.Groups[1].Value)))
            .Where(a => !known.Contains(a.Key));
        Assert.Empty(asked);
    }

    private static string Text(string path) => Encoding.UTF8.GetString(Assets.Find(path)!.Content.Span);

    private static Dictionary<string, string> Words(string path) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(Assets.Find(path)!.Content.Span)!;

    private static IEnumerable<string> Slots(string words) =>
        Slot().Matches(words).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\s*\(|new\s+Function|setHTML")]
    private static partial Regex MakesMarkup();

    [GeneratedRegex(@"\s(?:on[a-z]+|style)\s*=|<style|<script(?![^>]*\bsrc=)|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"\bhttps?://|\bwss://|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Slot();

    [GeneratedRegex("""(?:\bt\(|data-t(?:-label|-title)?=)"([\w.]+)"(?![ ]*\+)""")]
    private static partial Regex Asked();
}

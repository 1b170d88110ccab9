using System.Text.Json.Nodes;
using VoiceClean.Cleaning.Options;
using Xunit;

namespace VoiceClean.Tests.Cleaning.Options;

public class OptionListsTests
{
    [Fact]
    public void A_form_knows_every_option_with_its_kind_range_unit_words_and_default()
    {
        JsonArray form = JsonNode.Parse(OptionLists.ToForm(OptionTable.Cleaning.Rows))!.AsArray();
        Assert.Equal(OptionTable.Cleaning.Rows.Count, form.Count);
        JsonNode strength = form.Single(f => (string?)f!["name"] == "strength")!;
        Assert.Equal("number", (string?)strength["kind"]);
        Assert.Equal(0, (double)strength["minimum"]!);
        Assert.Equal(1, (double)strength["maximum"]!);
        Assert.Equal("0.6", (string?)strength["default"]);
        JsonNode gate = form.Single(f => (string?)f!["name"] == "gate")!;
        Assert.Equal("choice", (string?)gate["kind"]);
        Assert.Equal(["reject", "warn", "off"], gate["words"]!.AsArray().Select(w => (string?)w));
        JsonNode loudness = form.Single(f => (string?)f!["name"] == "loudness")!;
        Assert.Equal("LUFS", (string?)loudness["unit"]);
        Assert.Equal("loudness.target_lufs", (string?)loudness["key"]);
    }

    [Fact]
    public void A_table_of_Markdown_has_a_line_for_each_option_and_bars_are_escaped()
    {
        string[] lines = OptionLists.ToMarkdown(OptionTable.Cleaning.Rows).TrimEnd().Split('\n');
        Assert.Equal(OptionTable.Cleaning.Rows.Count + 2, lines.Length);
        Assert.Contains(
            "| `--loudness LUFS` | -16LUFS | Target loudness; off leaves the level alone. Range -50 to -5 LUFS. |",
            lines);
        Assert.All(lines, l => Assert.Equal(4, l.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|')));
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Reporting;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Cli.Tests;

/// <summary>
/// The lists of options of both READMEs are made from the tables; VOICECLEAN_TESTS_WRITE=1 writes them anew.
/// </summary>
public partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", "en")]
    [InlineData("README.zh-CN.md", "zh-CN")]
    public void The_lists_of_options_are_those_of_the_tables(string name, string language)
    {
        string path = Path.Combine(BuiltProgram.RepositoryRoot(), name);
        string text = File.ReadAllText(path);
        Sentences words = Sentences.Of(language);
        Func<string, string>? say = words.IsEmpty ? null : words.Say;
        string sound = OptionLists.ToMarkdown(OptionTable.Cleaning.Rows.Where(r => !r.IsAdvanced), say: say);
        string run = OptionLists.ToMarkdown(RunRows.All.Where(r => !r.IsAdvanced), hasScope: true, say);
        string expected = With(With(text, "sound", sound), "run", run);
        expected = With(With(expected, "answers", Answers(words.Say)), "codes", Codes(words.Say));
        if (Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_WRITE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void Both_languages_show_the_same_commands_and_programs() =>
        Assert.Equal(Commands("README.md"), Commands("README.zh-CN.md"));

    [Fact]
    public void Both_languages_have_the_same_figures_of_how_surely_something_is_told() =>
        Assert.Equal(
            Figures("README.md", "### What is told of a recording", "## Training sets"),
            Figures("README.zh-CN.md", "### 对录音的判断有多可靠", "## 训练集"));

    // The lines between fences, without what is explained behind two blanks or a comment.
    private static string[] Commands(string name)
    {
        var lines = new List<string>();
        bool isCode = false;
        foreach (string line in File.ReadLines(Path.Combine(BuiltProgram.RepositoryRoot(), name)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
            }
            else if (isCode)
            {
                string command = Explanation().Replace(line, "");
                lines.Add(command == "" ? line : command);
            }
        }

        Assert.NotEmpty(lines);
        return [.. lines];
    }

    // The numbers of each row, whatever the order of the words.
    private static string[] Figures(string name, string from, string to)
    {
        string text = File.ReadAllText(Path.Combine(BuiltProgram.RepositoryRoot(), name));
        int start = text.IndexOf(from, StringComparison.Ordinal);
        string[] lines = text[start..text.IndexOf(to, start, StringComparison.Ordinal)].Split('\n');
        return
        [
            .. lines.Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Select(
                l => string.Join(' ', Number().Matches(l).Select(m => m.Value).Order(StringComparer.Ordinal))),
        ];
    }

    [GeneratedRegex("(?<=\\S)(  | +#).*")]
    private static partial Regex Explanation();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();

    private static string Codes(Func<string, string> say) =>
        $"| {say("exit code")} | {say("meaning")} |\n|---|---|\n"
            + string.Concat(ExitCodes.All.Select(c => $"| {c.Code} | {say(c.Meaning)} |\n"));

    // Everything but success, by status.
    private static string Answers(Func<string, string> say)
    {
        var text = new StringBuilder(
            $"| {say("status")} | {say("reasons")} | {say("the same again")} |\n|---|---|---|\n");
        foreach (IGrouping<int, ReasonStatus> answers in
            ReasonStatus.All.GroupBy(r => r.Status).OrderBy(g => g.Key))
        {
            string again = answers.First().IsRetryable ? "later" : answers.Key == 499 ? "(in the log only)" : "no use";
            text.Append(CultureInfo.InvariantCulture, $"| {answers.Key} | ")
                .AppendJoin(", ", answers.Select(a => $"`{a.Reason}`"))
                .Append(CultureInfo.InvariantCulture, $" | {say(again)} |\n");
        }

        return text.ToString();
    }

    private static string With(string text, string name, string table)
    {
        string begin = $"<!-- options: {name} -->\n", end = $"<!-- end: {name} -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"The README has no place for the options of {name}");
        return text[..from] + table + text[to..];
    }
}

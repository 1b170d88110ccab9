using System.Globalization;
using System.Text;
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
public class ReadmeTests
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

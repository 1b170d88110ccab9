using System.Globalization;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Web.Http;
using Xunit;

namespace VoiceClean.Cli.Tests;

/// <summary>
/// The README's lists of options are made from the tables; VOICECLEAN_TESTS_WRITE=1 writes them anew.
/// </summary>
public class ReadmeTests
{
    [Fact]
    public void The_lists_of_options_are_those_of_the_tables()
    {
        string path = Path.Combine(BuiltProgram.RepositoryRoot(), "README.md");
        string text = File.ReadAllText(path);
        string sound = OptionLists.ToMarkdown(OptionTable.Cleaning.Rows.Where(r => !r.IsAdvanced));
        string run = OptionLists.ToMarkdown(RunRows.All.Where(r => !r.IsAdvanced), hasScope: true);
        string expected = With(With(text, "sound", sound), "run", run);
        expected = With(With(expected, "answers", Answers()), "codes", Codes());
        if (Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_WRITE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    private static string Codes() =>
        "| exit code | meaning |\n|---|---|\n"
            + string.Concat(ExitCodes.All.Select(c => $"| {c.Code} | {c.Meaning} |\n"));

    // Everything but success, by status.
    private static string Answers()
    {
        var text = new StringBuilder("| status | reasons | the same again |\n|---|---|---|\n");
        foreach (IGrouping<int, ReasonStatus> answers in
            ReasonStatus.All.GroupBy(r => r.Status).OrderBy(g => g.Key))
        {
            string again = answers.First().IsRetryable ? "later" : answers.Key == 499 ? "(in the log only)" : "no use";
            text.Append(CultureInfo.InvariantCulture, $"| {answers.Key} | ")
                .AppendJoin(", ", answers.Select(a => $"`{a.Reason}`"))
                .Append(CultureInfo.InvariantCulture, $" | {again} |\n");
        }

        return text.ToString();
    }

    private static string With(string text, string name, string table)
    {
        string begin = $"<!-- options: {name} -->\n", end = $"<!-- end: {name} -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"README.md has no place for the options of {name}");
        return text[..from] + table + text[to..];
    }
}

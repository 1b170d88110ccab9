using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
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
        if (Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_WRITE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
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

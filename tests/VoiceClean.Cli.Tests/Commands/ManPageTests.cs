using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Reporting;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class ManPageTests
{
    public static TheoryData<string, string> Pages => new(
        from language in ReportWords.Languages
        from name in ManPage.NamesOf(Root.Build())
        select (name, language));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Two_formatters_have_nothing_to_say_about_a_page(string name, string language)
    {
        Requires.That(ExternalProgram.Find("man") is not null, "man is not installed.");
        Requires.That(ExternalProgram.Find("mandoc") is not null, "mandoc is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["page.1"], Page(name, language), new UTF8Encoding(false));
        (int exitCode, string output, string errors) = run.Run(
            "LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z page.1 > /dev/null\n"
                + "mandoc -T lint -W warning page.1");
        Assert.Equal("", output + errors);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_index_of_apropos_finds_name_and_summary_of_a_page(string name, string language)
    {
        Requires.That(ExternalProgram.Find("lexgrog") is not null, "man is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["page.1"], Page(name, language), new UTF8Encoding(false));
        (_, string output, _) = run.Run("LC_ALL=C.UTF-8 lexgrog page.1");
        string command = name.Length > 0 ? "voiceclean-" + name : "voiceclean";
        Assert.StartsWith($"page.1: \"{command} - ", output, StringComparison.Ordinal);
        Assert.Equal(language != "en", output.Any(c => c > 0x2000));
        Assert.DoesNotContain("[u", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_has_every_option_of_its_command_and_every_exit_code()
    {
        RootCommand root = Root.Build();
        foreach (OptionCommand command in root.Subcommands.OfType<OptionCommand>())
        {
            string page = Plain(ManPage.Of(root, command) + ManPage.OfTuning(root));
            Assert.All(
                command.Choices.Rows.Where(r => r.Name != "very-verbose"),
                r => Assert.Contains(OptionLists.SpellingOf(r), page, StringComparison.Ordinal));
            Assert.All(ExitCodes.All, c => Assert.Contains("\n" + c.Code + "\n", page, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_page_that_is_none_is_refused_with_those_there_are()
    {
        BuiltProgram.Result result = BuiltProgram.Run("man", "bacth");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("man bacth: must be one of clean, batch,", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chinese_page_is_chinese_but_for_what_is_typed()
    {
        string page = Chinese(Page("batch", "zh-CN"));
        Assert.Contains("\n.SH 选项\n", page, StringComparison.Ordinal);
        Assert.Contains(".SH 名称\nvoiceclean-batch - ", page, StringComparison.Ordinal);
        string[] typed = ["voiceclean", "NAME", "GLOB", "FILE", "DIR", "INPUT", "SPEAKER"];
        Assert.All(
            page.Split('\n').Where(l => l.Length > 30 && !typed.Any(t => l.Contains(t, StringComparison.Ordinal))),
            l => Assert.Contains(l, c => c > 0x2000));
    }

    [Fact]
    public void A_chinese_page_is_broken_into_lines_where_the_formatter_knows_no_chinese()
    {
        Requires.That(ExternalProgram.Find("man") is not null, "man is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["page.1"], Page("tuning", "zh-CN"), new UTF8Encoding(false));
        (int exitCode, string output, _) = run.Run(
            "LC_ALL=C.UTF-8 MANWIDTH=60 MAN_KEEP_FORMATTING= man -E UTF-8 -l page.1");
        Assert.Equal(0, exitCode);
        Assert.Contains("选项", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), l => Assert.InRange(Wrapped.Columns(l), 0, 64));
    }

    private static string Page(string name, string language) =>
        BuiltProgram.Run([.. ((string[])["man", name, "--lang", language]).Where(w => w.Length > 0)]).Text;

    private static string Chinese(string page) =>
        Regex.Replace(
            Plain(page).Replace("\\:", "", StringComparison.Ordinal),
            @"\\\[u([0-9A-F]+)\]",
            m => char.ConvertFromUtf32(Convert.ToInt32(m.Groups[1].Value, 16)));

    private static string Plain(string page) =>
        page.Replace("\\fB", "", StringComparison.Ordinal)
            .Replace("\\fI", "", StringComparison.Ordinal)
            .Replace("\\fR", "", StringComparison.Ordinal)
            .Replace("\\-", "-", StringComparison.Ordinal);
}

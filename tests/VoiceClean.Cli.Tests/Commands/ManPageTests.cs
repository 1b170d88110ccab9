using System.CommandLine;
using System.Text;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Cli.Output;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class ManPageTests
{
    public static TheoryData<string> Names => [.. ManPage.NamesOf(Root.Build())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_formatters_have_nothing_to_say_about_a_page(string name)
    {
        Requires.That(ExternalProgram.Find("man") is not null, "man is not installed.");
        Requires.That(ExternalProgram.Find("mandoc") is not null, "mandoc is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["page.1"], Page(name), Encoding.ASCII);
        (int exitCode, string output, string errors) = run.Run(
            "LC_ALL=C.UTF-8 MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z page.1 > /dev/null\n"
                + "mandoc -T lint -W warning page.1");
        Assert.Equal("", output + errors);
        Assert.Equal(0, exitCode);
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

    private static string Page(string name) =>
        BuiltProgram.Run(name.Length == 0 ? ["man"] : ["man", name]).Text;

    private static string Plain(string page) =>
        page.Replace("\\fB", "", StringComparison.Ordinal)
            .Replace("\\fI", "", StringComparison.Ordinal)
            .Replace("\\fR", "", StringComparison.Ordinal)
            .Replace("\\-", "-", StringComparison.Ordinal);
}

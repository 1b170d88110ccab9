using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class HelpTextTests
{
    [Fact]
    public void Every_help_fits_80_columns_and_begins_with_examples()
    {
        RootCommand root = Root.Build();
        string[] texts = [HelpText.Of(root), HelpText.OfTuning(), .. root.Subcommands.Select(HelpText.Of)];
        Assert.All(texts.SelectMany(t => t.Split('\n')), line => Assert.True(line.Length <= 80, line));

        foreach (Command command in root.Subcommands.Where(c => c.Name != "doctor"))
        {
            string help = HelpText.Of(command);
            int examples = help.IndexOf("Examples:\n", StringComparison.Ordinal);
            Assert.InRange(examples, 1, help.IndexOf("Usage:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_help_of_a_command_names_its_options_and_no_others()
    {
        foreach (OptionCommand command in Root.Build().Subcommands.OfType<OptionCommand>())
        {
            string help = HelpText.Of(command) + HelpText.OfTuning();
            Assert.All(
                command.Choices.Rows.Where(r => r.Name != "very-verbose"),
                r => Assert.Contains(OptionLists.SpellingOf(r), help, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(
            "--speaker",
            HelpText.Of(Root.Build().Subcommands.First(c => c.Name == "batch")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("voiceclean IN OUT [options]", "clean")]
    [InlineData("voiceclean batch INPUT... -o DIR [options]", "batch")]
    public void The_usage_names_what_stands_where(string usage, string command) =>
        Assert.Contains(
            $"Usage: {usage}\n",
            HelpText.Of(Root.Build().Subcommands.First(c => c.Name == command)),
            StringComparison.Ordinal);
}

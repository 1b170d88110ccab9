using VoiceClean.Cli.Commands;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class CompleterTests
{
    [Theory]
    [InlineData("ba", "batch :file")]
    [InlineData("help t", "tuning")]
    [InlineData("batch --gat", "--gate")]
    [InlineData("in.wav --gat", "--gate")]
    [InlineData("batch --gate r", "reject")]
    [InlineData("batch --gate=r", "--gate=reject")]
    [InlineData("batch --gate=reject --gat", "")]
    [InlineData("batch --include a --inclu", "--include")]
    [InlineData("batch --compress-ra", "--compress-ratio")]
    [InlineData("batch --from-file x", ":file")]
    [InlineData("batch --state x", ":folder")]
    [InlineData("batch --state=x", ":folder")]
    [InlineData("batch --quiet x", ":file")]
    [InlineData("batch -- --gat", ":file")]
    [InlineData("in.wav --stages high-pass,es", "high-pass,estimate-noise")]
    [InlineData("dataset --target x", "xtts :file")]
    [InlineData("check x", ":folder")]
    [InlineData("serve x", "")]
    [InlineData("doctor x", "")]
    [InlineData("completion z", "zsh")]
    public void Says_what_may_stand_at_the_cursor(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', Answers(words)));

    [Fact]
    public void Every_option_of_every_command_can_be_completed()
    {
        foreach (OptionCommand command in Root.Build().Subcommands.OfType<OptionCommand>())
        {
            Assert.All(
                command.Choices.Rows.Where(r => r.Name != "very-verbose"),
                r => Assert.Contains(r.Flag, Answers($"{command.Name} {r.Flag}")));
        }
    }

    private static string[] Answers(string words) =>
        [
            .. Completer.Answer(words.Split(' '))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => l.Split('\t')[0]),
        ];
}

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
    [InlineData("man ba", "batch")]
    [InlineData("man tu", "tuning")]
    [InlineData("man batch t", "")]
    [InlineData("--vers", "--version")]
    [InlineData("batch --vers", "")]
    [InlineData("batch --noise r", "range:")]
    [InlineData("batch --noise=", "--noise=auto --noise=head --noise=range: --noise=file: --noise=off")]
    [InlineData("batch --noise file:x", ":file")]
    public void Says_what_may_stand_at_the_cursor(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', Answers(words)));

    [Theory]
    [InlineData("batch x", "")]
    [InlineData("batch --config x", "")]
    [InlineData("batch --config=x", "--config=")]
    [InlineData("batch --noise file:x", "file:")]
    [InlineData("batch --noise=file:x", "--noise=file:")]
    public void Says_what_stands_before_a_path_in_the_same_word(string words, string before) =>
        Assert.Equal($":file\t{before}\n", Completer.Answer(words.Split(' ')));

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

using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Commands;
using VoiceClean.Errors;
using Xunit;

namespace VoiceClean.Cli.Tests.Commands;

public class CommandWordsTests
{
    [Theory]
    [InlineData("-fq", "--force=true --quiet=true")]
    [InlineData("-qf", "--quiet=true --force=true")]
    [InlineData("-j8", "--jobs=8")]
    [InlineData("-j 8", "--jobs=8")]
    [InlineData("-j=8", "--jobs=8")]
    [InlineData("-qj8", "--quiet=true --jobs=8")]
    [InlineData("-oout", "--output=out")]
    [InlineData("--jobs 8", "--jobs=8")]
    [InlineData("--jobs=8", "--jobs=8")]
    [InlineData("--loudness -16LUFS", "--loudness=-16LUFS")]
    [InlineData("--noise range:1s-2s", "--noise=range:1s-2s")]
    [InlineData("--noise=file:a=b.wav", "--noise=file:a=b.wav")]
    [InlineData("--force=false --force", "--force=true")]
    [InlineData("--force --force=0", "--force=0")]
    [InlineData("-vv", "--very-verbose=true")]
    [InlineData("--include a --include b", "--include=a --include=b")]
    [InlineData("- in.wav -- -x.wav", "- in.wav -- -x.wav")]
    [InlineData("-h", "-h")]
    public void Every_usual_spelling_becomes_one_form(string words, string expected) =>
        Assert.Equal(expected.Split(' '), Words().Read(words.Split(' ')));

    [Theory]
    [InlineData("--strengt 0.4", "there is no option --strengt; did you mean --strength?")]
    [InlineData("-strength 0.4", "there is no option -strength; did you mean --strength?")]
    [InlineData("--gain 3", "there is no option --gain ('voiceclean batch --help'")]
    [InlineData("--speaker anna", "there is no option --speaker here; it belongs to dataset ('voiceclean batch")]
    [InlineData("--rare 3", "there is no option --rare here; it belongs to dataset ('voiceclean batch")]
    [InlineData("-fx", "there is no option -fx (")]
    [InlineData("--jobs", "--jobs needs a value: N, which is a whole number between 1 and 1024, or auto.")]
    [InlineData("-o --json", "-o needs a value: OUT, which is a folder, or a file for report.")]
    [InlineData("--jobs 1 -j2", "--jobs is given twice")]
    public void A_word_that_is_no_option_or_lacks_its_value_is_a_sentence(string words, string message)
    {
        var e = Assert.Throws<VoiceCleanException>(() => Words().Read(words.Split(' ')));
        Assert.Equal(ErrorKind.Usage, e.Kind);
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A word of the command line is empty", "in.wav", "")]
    [InlineData("A word of the command line is empty", "--", "")]
    [InlineData("The value of -o is empty", "in.wav", "-o", "")]
    [InlineData("The value of --output is empty", "in.wav", "--output=")]
    public void An_empty_word_is_a_sentence_and_no_bug(string message, params string[] words) =>
        Assert.StartsWith(
            message,
            Assert.Throws<VoiceCleanException>(() => Words().Read(words)).Message,
            StringComparison.Ordinal);

    private static CommandWords Words() =>
        new("batch", new CommandOptions(OptionScope.Batch), name => name is "--speaker" or "--rare" ? ["dataset"] : []);
}

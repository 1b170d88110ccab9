using VoiceClean.Cli.Output;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

/// <summary>The language of what is said, and that nothing else has one.</summary>
public class TongueTests
{
    [Theory]
    [InlineData("LANG=zh_CN.UTF-8", "zh-CN")]
    [InlineData("LANG=zh_SG.utf8", "zh-CN")]
    [InlineData("LANG=zh_CN", "zh-CN")]
    [InlineData("LANG=zh_CN.GB18030", "en")]
    [InlineData("LANG=zh_TW.UTF-8", "en")]
    [InlineData("LANG=de_DE.UTF-8", "en")]
    [InlineData("LANG=zh_CN.UTF-8 LC_ALL=C", "en")]
    [InlineData("LANG=zh_CN.UTF-8 LC_MESSAGES=en_US.UTF-8", "en")]
    [InlineData("LANG=C LC_MESSAGES=zh_CN.UTF-8", "zh-CN")]
    [InlineData("LANG=zh_CN.UTF-8 LC_ALL= LC_MESSAGES=", "zh-CN")]
    [InlineData("LANG=en_US.UTF-8 LANGUAGE=zh_CN:en", "zh-CN")]
    [InlineData("LANG=de_DE.UTF-8 LANGUAGE=de:zh_CN:en", "zh-CN")]
    [InlineData("LANG=zh_CN.UTF-8 LANGUAGE=en_GB:zh_CN", "en")]
    [InlineData("LANG=zh_CN.UTF-8 LANGUAGE=fr", "zh-CN")]
    [InlineData("LANG=C LANGUAGE=zh_CN", "en")]
    [InlineData("", "en")]
    public void A_locale_chooses_the_language_it_can_show(string variables, string expected)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(expected, Tongue.OfLocale(values.GetValueOrDefault));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    [InlineData("help batch")]
    [InlineData("batch --help")]
    [InlineData("doctor")]
    [InlineData("nothing.wav out.wav")]
    public void A_word_a_variable_and_the_locale_choose_the_same(string words)
    {
        string[] all = words.Split(' ');
        BuiltProgram.Result word = BuiltProgram.Run([.. all, "--lang", "zh-CN"]);
        BuiltProgram.Result variable = BuiltProgram.Run(all, null, Variable("VOICECLEAN_LANG", "zh-CN"));
        BuiltProgram.Result locale = BuiltProgram.Run(all, null, Variable("LC_ALL", "zh_CN.UTF-8"));
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", word.Text + word.Errors);
        Assert.Equal(word.Text + word.Errors, variable.Text + variable.Errors);
        Assert.Equal(word.Text + word.Errors, locale.Text + locale.Errors);
        Assert.Equal(BuiltProgram.Run(all).ExitCode, word.ExitCode);
    }

    [Fact]
    public void A_word_beats_the_variable_which_beats_the_locale()
    {
        BuiltProgram.Result english = BuiltProgram.Run(
            ["--help", "--lang", "en"], null, Variable("VOICECLEAN_LANG", "zh-CN"));
        Assert.Equal(BuiltProgram.Run("--help").Text, english.Text);
        BuiltProgram.Result variable = BuiltProgram.Run(
            ["--help"],
            null,
            new Dictionary<string, string> { ["VOICECLEAN_LANG"] = "en", ["LC_ALL"] = "zh_CN.UTF-8" });
        Assert.Equal(english.Text, variable.Text);
    }

    [Theory]
    [InlineData("batch in -o out --lang fr")]
    [InlineData("--lang fr in.wav out.wav")]
    [InlineData("--lang fr")]
    [InlineData("doctor --lang fr")]
    [InlineData("man --lang fr")]
    [InlineData("man batch --lang=fr")]
    [InlineData("--lang fr completion bash")]
    [InlineData("help --lang fr")]
    [InlineData("--version --lang fr")]
    [InlineData("check --help --lang fr")]
    public void An_unknown_language_is_refused_in_the_same_words_everywhere(string words)
    {
        BuiltProgram.Result result = BuiltProgram.Run(words.Split(' '));
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(
            "voiceclean: --lang fr: must be one of auto, en, zh-CN. ('voiceclean --help' lists the options)\n",
            result.Errors);
    }

    [Theory]
    [InlineData("man --lang", 2, "--lang needs a value: CODE, which is one of auto, en, zh-CN.")]
    [InlineData("batch in --lang", 2, "--lang needs a value: CODE, which is one of auto, en, zh-CN.")]
    public void A_language_that_is_missing_is_asked_for(string words, int exitCode, string expected)
    {
        BuiltProgram.Result result = BuiltProgram.Run(words.Split(' '));
        Assert.Equal((exitCode, $"voiceclean: {expected}\n"), (result.ExitCode, result.Errors));
    }

    [Theory]
    [InlineData("batch in -o out", 2)]
    [InlineData("doctor", 2)]
    [InlineData("man", 2)]
    [InlineData("completion bash", 2)]
    [InlineData("", 0)]
    [InlineData("--help", 0)]
    [InlineData("help man", 0)]
    [InlineData("version", 0)]
    public void An_unknown_language_of_the_variable_is_refused_but_help_is_given(string words, int exitCode)
    {
        string[] all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        BuiltProgram.Result result = BuiltProgram.Run(all, null, Variable("VOICECLEAN_LANG", "fr"));
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal(
            exitCode == 0 ? "" : "voiceclean: VOICECLEAN_LANG=fr: must be one of auto, en, zh-CN.\n",
            result.Errors);
    }

    [Fact]
    public void Json_audio_and_the_command_that_does_it_again_are_the_same_in_every_language()
    {
        using var folder = new TemporaryFolder();
        string sample = BuiltProgram.Sample("hum.wav");
        BuiltProgram.Result english = BuiltProgram.Run("inspect", sample, "--json");
        BuiltProgram.Result chinese = BuiltProgram.Run("inspect", sample, "--json", "--lang", "zh-CN");
        Assert.Equal(Timeless(english), Timeless(chinese));
        Assert.Equal(0, BuiltProgram.Run(sample, folder["en.wav"]).ExitCode);
        Assert.Equal(0, BuiltProgram.Run(sample, folder["zh.wav"], "--lang", "zh-CN").ExitCode);
        Assert.Equal(File.ReadAllBytes(folder["en.wav"]), File.ReadAllBytes(folder["zh.wav"]));
    }

    [Fact]
    public void Chinese_help_fits_80_columns()
    {
        string[] commands =
            ["clean", "batch", "inspect", "dataset", "check", "report", "serve", "studio", "doctor", "tuning"];
        foreach (string command in commands)
        {
            string help = BuiltProgram.Run("help", command, "--lang", "zh-CN").Text;
            Assert.All(help.Split('\n'), l => Assert.True(Wrapped.Columns(l) <= 80, l));
        }
    }

    private static Dictionary<string, string> Variable(string name, string value) => new() { [name] = value };

    private static string[] Timeless(BuiltProgram.Result result)
    {
        System.Text.Json.Nodes.JsonNode[] lines = result.JsonLines;
        lines.ToList().ForEach(l => { l.AsObject().Remove("cost"); l.AsObject().Remove("wall_s"); });
        return [.. lines.Select(l => l.ToJsonString())];
    }
}

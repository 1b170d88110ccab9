using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Output;

public class WordsTextTests
{
    [Fact]
    public void A_warning_about_texts_is_in_the_language_with_its_examples_behind_it()
    {
        using var folder = new TemporaryFolder();
        File.Copy(BuiltProgram.Sample("fan.wav"), folder["a.wav"]);
        File.WriteAllText(folder["words.list"], "b.wav|anna|EN|Not here.\n");
        BuiltProgram.Result run = BuiltProgram.Run(
            "dataset", folder["a.wav"], "-o", folder["set"], "--transcripts", folder["words.list"], "--lang", "zh-CN");
        Assert.Contains("警告：1 份文本与任何录音和片段都不对应: ", run.Errors);
        Assert.Contains("words.list:1: 'b.wav'", run.Errors);
    }
}

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

    [Fact]
    public void Each_of_several_examples_is_told_in_the_language_by_itself()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["in/anna"]);
        File.Copy(BuiltProgram.Sample("fan.wav"), folder["in/anna/a.wav"]);
        File.Copy(BuiltProgram.Sample("fan.wav"), folder["in/anna/b.wav"]);
        File.WriteAllText(folder["words.csv"], "audio|text|speaker_name\nw/a.wav|Hello.|x\nw/b.wav|Hello.|x\n");
        BuiltProgram.Result run = BuiltProgram.Run(
            "dataset", folder["in"], "-o", folder["set"], "--transcripts", folder["words.csv"], "--lang", "zh-CN");
        Assert.Contains("警告：2 份文本与录音同名", run.Errors);
        Assert.Contains("words.csv:2：x 的 'w/a.wav' 不是 anna 的 anna/a.wav; ", run.Errors);
        Assert.Contains("words.csv:3：x 的 'w/b.wav' 不是 anna 的 anna/b.wav", run.Errors);
    }
}

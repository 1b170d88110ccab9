using VoiceClean.Reporting;
using Xunit;

namespace VoiceClean.Tests.Reporting;

public class SentencesTests
{
    private static readonly Sentences Chinese = Sentences.Of("zh-CN");

    [Theory]
    [InlineData("Everything.", "全部细节。")]
    [InlineData("a b.wav does not exist; check the name and the folder.", "a b.wav 不存在；请检查名称和文件夹。")]
    [InlineData("a.wav: The file is damaged at 1.5 s; no sound is missing there.",
        "a.wav：文件在 1.5 秒处损坏；那里没有缺少声音。")]
    [InlineData("--strength 9: must be a number between 0 and 1.", "--strength 9：必须是0 到 1 之间的数。")]
    [InlineData("there is no option --strengt; did you mean --strength? ('voiceclean clean --help' lists them; a file "
        + "of that name is written ./--strengt)",
        "没有选项 --strengt；您是不是想用 --strength？（'voiceclean clean --help' 列出所有选项；这样命名的文件请写成 "
            + "./--strengt）")]
    [InlineData("3 cleaned, 0 unchanged, 0 rejected, 0 failed in 1.1 s", "已清理 3，未变 0，拒绝 0，失败 0，用时 1.1 s")]
    [InlineData("3 cleaned, 0 unchanged, 0 rejected, 0 failed, 2 not begun in 1.1 s",
        "已清理 3，未变 0，拒绝 0，失败 0，未开始 2，用时 1.1 s")]
    public void A_sentence_is_known_again_with_what_stands_in_it(string english, string expected) =>
        Assert.Equal(expected, Chinese.Say(english));

    [Fact]
    public void Several_sentences_are_translated_each() =>
        Assert.Equal("没有问题。全部细节。", Chinese.Say("Fine as it is. Everything."));

    [Theory]
    [InlineData("clipped")]
    [InlineData("nobody has said this")]
    [InlineData("C:\\a b.wav: what nobody knows")]
    [InlineData("music to my ears")]
    public void What_is_not_known_stays_as_it_is(string english) => Assert.Equal(english, Chinese.Say(english));

    [Theory]
    [InlineData("Warning; did you mean {0}?.wav does not exist; check the name and the folder.")]
    [InlineData("{0}{~0} does not exist; check the name and the folder.")]
    [InlineData(": ; , .. does not exist; check the name and the folder.")]
    public void A_name_is_never_translated_whatever_is_in_it(string english)
    {
        string name = english[..english.IndexOf(" does not exist", StringComparison.Ordinal)];
        Assert.Equal($"{name} 不存在；请检查名称和文件夹。", Chinese.Say(english));
    }

    [Fact]
    public void In_English_nothing_changes() =>
        Assert.Equal("Everything.", Sentences.Of(ReportWords.Default).Say("Everything."));
}

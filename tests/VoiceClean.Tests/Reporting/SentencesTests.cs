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
    [InlineData("in/a b.wav: The content is not audio in any format known here; convert it to WAV or FLAC.",
        "in/a b.wav：内容不是这里认识的任何音频格式；请转换为 WAV 或 FLAC。")]
    [InlineData("--strength 9: must be a number between 0 and 1.", "--strength 9：必须是 0 到 1 之间的数。")]
    [InlineData("a.wav: The noise recording b.wav cannot be opened: it does not exist.",
        "a.wav：噪声录音 b.wav 无法打开：它不存在。")]
    [InlineData("--stages spectral-gate: the stage spectral-gate does nothing without noise to go by; put "
        + "estimate-noise before it.",
        "--stages spectral-gate：步骤 spectral-gate 没有噪声可依据，不起作用；请在它前面放 estimate-noise。")]
    [InlineData("configuration a.json cannot be read: it is a folder.", "配置 a.json 无法读取：它是文件夹。")]
    [InlineData("configuration a.json is no valid JSON (line 2, column 1: look there for a missing comma, quote or "
        + "bracket).",
        "配置 a.json 不是有效的 JSON（第 2 行，第 1 列：请在那里找缺少的逗号、引号或括号）。")]
    [InlineData("--transcripts a.txt is neither UTF-8 nor in any encoding known here; save it as UTF-8.",
        "--transcripts a.txt 既不是 UTF-8，也不是这里认识的任何编码；请保存为 UTF-8。")]
    [InlineData("--rate 5: must be a whole number of Hz between 8000 and 192000.",
        "--rate 5：必须是 8000 到 192000 之间的 Hz 整数。")]
    [InlineData("--jobs 0: must be a whole number between 1 and 1024, or auto.",
        "--jobs 0：必须是 1 到 1024 之间的整数，或 auto。")]
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

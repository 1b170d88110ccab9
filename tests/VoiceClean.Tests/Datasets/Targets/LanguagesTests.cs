using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets.Targets;

public class LanguagesTests
{
    [Theory]
    [InlineData("zh", "zh-CN ZH zh_Hans cmn Chinese 中文 zh-TW cn chi")]
    [InlineData("ja", "jp JP ja-JP Japanese 日本語 jpn")]
    [InlineData("en", "en-US English EN en_GB eng")]
    [InlineData("ko", "kr Korean ko-KR")]
    [InlineData("yue", "Cantonese zh-HK zh-yue YUE")]
    [InlineData("de", "German de-AT deutsch all_de")]
    [InlineData(null, "tlh a-pipe klingon x")]
    public void Every_way_to_write_a_language_is_one_code(string? code, string words) =>
        Assert.All(words.Split(' '), w => Assert.Equal(code, Languages.Normalize(w)));

    [Theory]
    [InlineData("zh-CN", "en", "hello", "zh")]      // a list is believed
    [InlineData(null, "de", "Guten Tag", "de")]     // Latin letters do not contradict German
    [InlineData(null, "en", "今天天气很好", "zh")]    // han characters contradict English
    [InlineData(null, "yue", "今日天氣好", "yue")]
    [InlineData(null, "zh", null, "zh")]
    [InlineData("auto", null, "こんにちは", "ja")]
    [InlineData(null, null, "こんにちは", "ja")]
    [InlineData(null, null, "123", null)]
    public void The_list_comes_first_then_what_was_told_unless_the_text_is_in_another_script(
        string? listed,
        string? told,
        string? text,
        string? language) => Assert.Equal(language, Languages.Resolve(listed, told, text));

    [Fact]
    public void A_clip_without_text_has_the_language_of_its_speaker()
    {
        using var set = new MadeSet();
        float[] talk = Talk.Synthetic(6, -20, -60, hasPauses: false, seed: 1).Samples;
        set.Put("anna/a.wav", talk);
        set.Put("anna/b.wav", talk);
        set.Put("bo/c.wav", talk);
        set.Put("cy/long.wav", Talk.Synthetic(40, -20, -60, hasPauses: true, seed: 2).Samples);
        File.WriteAllText(Path.Combine(set.Inputs, "anna", "a.txt"), "今天天气很好我们去公园吧大家一起走");
        File.WriteAllText(Path.Combine(set.Inputs, "cy", "long.txt"), "こんにちは、みなさん。今日はいい天気です。");
        DatasetReport report = set.Make();
        string[] list = [.. Directory.GetFiles(set.Root, "*.list").Order().SelectMany(File.ReadAllLines)];
        Assert.All(list.Where(l => l.Contains("|anna|")), l => Assert.Contains("|ZH|", l, StringComparison.Ordinal));
        Assert.All(list.Where(l => l.Contains("|bo|")), l => Assert.Contains("|EN|", l, StringComparison.Ordinal));
        // Cut, so nobody knows what is said where; but it is Japanese.
        Assert.All(list.Where(l => l.Contains("|cy|")), l => Assert.Contains("|JA|", l, StringComparison.Ordinal));
        Assert.Equal(1, report.ClipsWithoutLanguage);
        Assert.Equal((2, list.Length - 3), (report.Languages["zh"], report.Languages["ja"]));
    }

    [Fact]
    public void A_language_that_is_none_is_refused_by_its_name_before_anything_is_done()
    {
        using var set = new MadeSet();
        set.Put("anna/a.wav", Talk.Synthetic(6, -20, -60, hasPauses: false, seed: 1).Samples);
        string list = Path.Combine(set.Inputs, "x.list");
        File.WriteAllText(list, "a.wav|anna|TLH|nuqneH\n");
        set.Transcripts = [list];
        InputException e = Assert.Throws<InputException>(() => set.Make());
        Assert.Contains("'tlh'", e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("anna/a.wav", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(set.Root));
    }

    [Fact]
    public void Clips_have_the_figures_of_their_texts_and_those_that_differ_are_named()
    {
        using var set = new MadeSet();
        for (int i = 0; i < 6; i++)
        {
            string path = set.Put(
                $"anna/a{i}.wav",
                Talk.Synthetic(5, -20, -60, hasPauses: false, seed: i + 1).Samples);
            File.WriteAllText(
                Path.ChangeExtension(path, ".txt"),
                string.Join(' ', Enumerable.Repeat("some words", i == 3 ? 30 : 5)));
        }

        SpeakerReport anna = Assert.Single(set.Make().Speakers);
        Assert.All(
            ["phonemes_per_s", "characters_per_s", "text_characters"],
            f => Assert.Equal(
                ("anna/a3_", f),
                (Assert.Single(anna.Outliers, o => o.Figure == f).File[..8], f)));
        ClipRecord clip = SetClips.Of(RecordingRecords.ReadAll(set.Root))[0];
        Assert.Equal(45, clip.TextCharacters);
        Assert.Equal(45 / clip.DurationS, clip.CharactersPerS!.Value, 6);
        Assert.Equal(36 / clip.SpeechS, clip.PhonemesPerS!.Value, 6);
    }
}

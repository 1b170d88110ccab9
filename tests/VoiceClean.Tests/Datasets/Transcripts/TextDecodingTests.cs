using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public class TextDecodingTests
{
    [Theory]
    [InlineData(54936, "大家好")]
    [InlineData(54936, "今天天气很好")]
    [InlineData(54936, "zh_a.wav|spk|ZH|今天天气很好\nzh_b.wav|spk|ZH|我们去公园散步吧。\n")]
    [InlineData(54936, "《红楼梦》是中国古典小说，作者曹雪芹。")]
    [InlineData(950, "大家好，今天的天氣很好")]
    [InlineData(950, "我們明天要去臺北看電影。")]
    [InlineData(932, "こんにちは、世界")]
    [InlineData(932, "今日はとても天気がいいですね。カメラを持って出かけましょう。")]
    [InlineData(932, "a.wav|me|JA|これはテストです")]
    [InlineData(51932, "これは日本語の文章です。")]
    [InlineData(949, "안녕하세요, 오늘은 날씨가 좋습니다.")]
    [InlineData(949, "a.wav|me|KO|감사합니다")]
    public void What_East_Asia_wrote_before_Unicode_is_read(int codePage, string text)
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
        Assert.Equal(text, TextDecoding.Decode(bytes, "x.txt"));
    }

    [Theory]
    [InlineData(54936, "今天下午我和朋友们一起去学校旁边的公园散步，看到很多孩子在草地上跑来跑去，真是让人高兴的一天。")]
    [InlineData(54936, "请问，你知道火车站怎么走吗？谢谢！他说：“我不想要这个东西。”")]
    [InlineData(950, "昨天晚上我們在家裡看電影，媽媽說這個故事很有意思，可是時間太長了，大家都想睡覺。")]
    [InlineData(932, "きのうの夜、家族みんなで映画を見ました。とても長かったけれど、カメラの動きがすばらしかったです。")]
    [InlineData(949, "어제 저녁에 가족과 함께 영화를 보았습니다. 시간이 너무 길어서 모두 자고 싶어 했습니다.")]
    public void No_part_of_a_text_is_read_wrongly_and_few_are_refused(int codePage, string text)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        int refused = 0, all = 0;
        for (int length = 2; length <= 16; length++)
        {
            for (int start = 0; start + length <= text.Length; start++)
            {
                string part = text.Substring(start, length);
                try
                {
                    Assert.Equal(part, TextDecoding.Decode(encoding.GetBytes(part), "x.txt"));
                }
                catch (InputException)
                {
                    refused += length >= 6 ? 1 : 0;
                }

                all += length >= 6 ? 1 : 0;
            }
        }

        Assert.True(refused <= 0.02 * all, $"{refused} of {all} refused");
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", true)]
    public void Unicode_is_read_with_and_without_its_mark(string name, bool hasMark)
    {
        const string text = "a.wav|me|ZH|你好，world 😀\r\n";
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        Assert.Equal(text, TextDecoding.Decode(bytes, "x.list"));
    }

    [Theory]
    [InlineData("да")]
    [InlineData("нет, это не так")]
    [InlineData("sûr, hôtel, ô rage")]
    [InlineData("ñandú à Málaga")]
    [InlineData("έλα")]
    [InlineData("שלום")]
    [InlineData("مرحبا")]
    public void UTF_8_of_any_language_stays_what_it_is(string text) =>
        Assert.Equal(text, TextDecoding.Decode(Encoding.UTF8.GetBytes(text), "x.txt"));

    [Theory]
    [InlineData(1252, "Où est le café où nous étions hier, élève?")]
    [InlineData(1252, "Über allen Gipfeln ist Ruh, schöne Grüße")]
    [InlineData(1251, "Привет, как дела?")]
    public void A_single_byte_encoding_is_refused_by_name(int codePage, string text)
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(text);
        InputException e = Assert.Throws<InputException>(() => TextDecoding.Decode(bytes, "x.txt"));
        Assert.Contains("x.txt", e.Message, StringComparison.Ordinal);
        Assert.Contains("UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xC4, 0xE3 })]                       // two bytes may be anything
    [InlineData(new byte[] { 0x00, 0x01, 0x02, 0x00 })]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF, 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0xD8 })]
    [InlineData(new byte[] { 0x80, 0x81, 0xFF, 0xFF })]
    public void What_is_not_certain_is_refused(byte[] bytes) =>
        Assert.Throws<InputException>(() => TextDecoding.Decode(bytes, "x.txt"));

    [Fact]
    public void No_bytes_become_the_replacement_character()
    {
        var random = new Random(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] bytes = new byte[random.Next(1, 60)];
            random.NextBytes(bytes);
            try
            {
                Assert.DoesNotContain('\uFFFD', TextDecoding.Decode(bytes, "x"));
            }
            catch (InputException)
            {
                // refused
            }
        }
    }
}

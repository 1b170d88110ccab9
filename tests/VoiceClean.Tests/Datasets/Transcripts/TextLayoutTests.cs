using VoiceClean.Datasets.Transcripts;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public class TextLayoutTests
{
    // Clip 0 speaks from 0 to 4 s with a pause, clip 1 from 5 to 9 s, clip 2 from 20 to 24 s.
    private static readonly SpokenStretch[] s_speech =
        [new(0, 1.5, 0), new(2.5, 4, 0), new(5, 9, 1), new(20, 24, 2)];

    [Fact]
    public void Segments_go_whole_to_the_clip_that_speaks_them()
    {
        TextLayout layout = Lay(new Cue(0, 1.6, "One."), new Cue(2.4, 4.4, "Two."), new Cue(4.9, 9.2, "Three."));
        Assert.Equal("One. Two.", layout.Of(0, null)?.Text);
        Assert.Equal("Three.", layout.Of(1, null)?.Text);
        Assert.Null(layout.Of(2, null));
        Assert.Equal(TextFits.Segments, layout.Of(0, "en")?.Fit);
        Assert.Equal("en", layout.Of(0, "en")?.Language);
    }

    [Fact]
    public void A_segment_over_two_clips_is_divided_at_whole_words_and_where_it_pauses()
    {
        TextLayout layout = Lay(new Cue(2.5, 9, "Four words are here, and so it goes on and on and on and on and on."));
        Assert.Equal("Four words are here,", layout.Of(0, null)?.Text);
        Assert.Equal("and so it goes on and on and on and on and on.", layout.Of(1, null)?.Text);
        Assert.Equal(TextFits.Shared, layout.Of(0, null)?.Fit);
        TextLayout chinese = Lay(new Cue(2.5, 9, "今天天气好，我们一起去公园散步吧好吗"));
        Assert.Equal("今天天气好，", chinese.Of(0, null)?.Text);
    }

    [Fact]
    public void Words_go_by_their_own_times()
    {
        Cue cue = new(3, 6, "left right, middle")
        {
            Words = [new TimedWord(3, 3.9, "left"), new(5, 5.5, " right,"), new(4.6, 4.8, " middle")],
        };
        TextLayout layout = Lay(cue);
        Assert.Equal(("left", "right, middle"), (layout.Of(0, null)?.Text, layout.Of(1, null)?.Text));
        Assert.Equal(TextFits.Words, layout.Of(1, null)?.Fit);
    }

    [Fact]
    public void What_lies_where_nobody_speaks_is_said()
    {
        TextLayout layout = Lay(
            new Cue(12, 14, "nobody"),
            new Cue(24.2, 24.8, "late"),
            new Cue(100, 101, "behind the end"));
        Assert.Equal(["nobody", "behind the end"], layout.Lost.Select(c => c.Text));
        Assert.Equal("late", layout.Of(2, null)?.Text);
    }

    [Fact]
    public void Speech_far_from_all_words_is_counted()
    {
        TextLayout layout = Lay(new Cue(0.2, 1.2, "One."), new Cue(7, 8, "Two."), new Cue(19, 25, "Three."));
        // 2.5 to 4 s; 5 to 6.5 and 8.5 to 9 s; nothing
        Assert.Equal(
            [1.5, 2.0, 0.0],
            Enumerable.Range(0, 3).Select(c => Math.Round(layout.Of(c, null)!.UntoldS!.Value, 6)));
        TextLayout late = Lay(new Cue(5, 9, "Five."), new Cue(5.5, 6, "within"), new Cue(23, 24, "End."));
        Assert.Equal((0.0, 2.5), (late.Of(1, null)!.UntoldS!.Value, late.Of(2, null)!.UntoldS!.Value));
    }

    [Fact]
    public void No_word_is_lost_and_none_is_doubled_whatever_the_times()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            var cues = new List<Cue>();
            double at = random.NextDouble();
            for (int i = 0; at < 26; i++)
            {
                double length = random.NextDouble() * 5;
                IEnumerable<string> words = Enumerable.Range(0, random.Next(1, 9)).Select(k => $"w{i}_{k}");
                cues.Add(new Cue(at, at + length, string.Join(' ', words)));
                at += length * random.NextDouble() * 1.5;
            }

            TextLayout layout = TextLayout.Of(cues, s_speech, 3);
            string laid = string.Join(
                ' ',
                Enumerable
                    .Range(0, 3)
                    .Select(c => layout.Of(c, null)?.Text)
                    .OfType<string>()
                    .Concat(layout.Lost.Select(c => c.Text)));
            Assert.Equal(
                cues.SelectMany(c => c.Text.Split(' ')).Order(StringComparer.Ordinal),
                laid.Split(' ').Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("Hello, big world.", new[] { "Hello,", " big", " world." })]
    [InlineData("你好，世界", new[] { "你", "好，", "世", "界" })]
    [InlineData("買った！", new[] { "買っ", "た！" })]
    [InlineData("我用GPT 4写", new[] { "我", "用", "GPT", " 4", "写" })]
    [InlineData("「好」了", new[] { "「好」", "了" })]
    public void Units_are_words_or_characters_with_their_marks(string text, string[] units)
    {
        Assert.Equal(units, TranscriptText.Units(text));
        Assert.Equal(text, string.Concat(TranscriptText.Units(text)));
    }

    private static TextLayout Lay(params Cue[] cues) => TextLayout.Of(cues, s_speech, 3);
}

using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

/// <summary>Subtitles with slips in them: what is not used is said, and no time becomes text.</summary>
public class DamagedSubtitlesTests
{
    private static readonly AudioDecoders s_decoders = AudioDecoders.CreateDefault();

    [Theory]
    [InlineData("00:00:03:000 --> 00:00:04:000")]
    [InlineData("00:00:03,000 --> 00:00:O4,000")]
    [InlineData("00:00:03,000 --> ")]
    [InlineData("00:00:03,000 --> 99999999:00:04,000")]
    [InlineData("00:00:03,000 → 00:00:04,000")]
    [InlineData("00: 00: 03,000 -> 00: 00: 04,000")]
    [InlineData("00:00:0l,000 --> 00:00:04,000")]
    public void A_line_of_times_that_is_not_understood_is_said_and_never_becomes_text(string time)
    {
        TranscriptFile file = Read(
            "x.srt",
            $"1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n{time}\nTwo.\n\n3\n00:00:05,000 --> 00:00:06,000\nThree.\n");
        Assert.Equal(["One.", "Three."], Assert.Single(file.Entries).Cues.Select(c => c.Text));
        Assert.Equal([6], file.IgnoredLines);
    }

    [Theory]
    [InlineData("00:00:01,000 -> 00:00:02,000")]
    [InlineData("00:00:01,000 —> 00:00:02,000")]
    [InlineData("00:00:01,000 ---> 00:00:02,000")]
    [InlineData("00:00:01,000 --&gt; 00:00:02,000")]
    public void Arrows_that_programs_for_writing_have_changed_are_understood(string time)
    {
        TranscriptFile file = Read("x.srt", $"1\n{time}\nOne.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n");
        Assert.Equal(
            [(1.0, 2.0, "One."), (3, 4, "Two.")],
            Assert.Single(file.Entries).Cues.Select(c => (c.StartS, c.EndS, c.Text)));
        Assert.Empty(file.IgnoredLines);
    }

    [Fact]
    public void An_arrow_in_a_text_is_text()
    {
        TranscriptFile file = Read(
            "x.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nFrom 5 -> 6 and A -> B.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n");
        Assert.Equal("From 5 -> 6 and A -> B.", file.Entries[0].Cues[0].Text);
        Assert.Empty(file.IgnoredLines);
    }

    [Fact]
    public void What_a_blank_line_parts_from_its_cue_in_WebVTT_is_said()
    {
        TranscriptFile file = Read(
            "x.vtt",
            "WEBVTT\n\nNOTE no\nwords\n\n00:01.000 --> 00:02.000\nShe sells\n\nsea shells\n\nNOTE\nnothing\n\n"
                + "STYLE\n::cue { color: red }\n\nid\n00:03.000 --> 00:04.000\nby the shore.\n");
        Assert.Equal(["She sells", "by the shore."], file.Entries[0].Cues.Select(c => c.Text));
        Assert.Equal([9], file.IgnoredLines);
    }

    [Fact]
    public void What_stands_before_the_first_time_is_said()
    {
        TranscriptFile file = Read("x.srt", "1\nLost.\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n");
        Assert.Equal(["Two."], file.Entries[0].Cues.Select(c => c.Text));
        Assert.Equal([2], file.IgnoredLines);
    }

    [Fact]
    public void Captions_that_are_taken_for_sounds_are_counted()
    {
        TranscriptFile file = Read(
            "x.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n[Music]\n\n2\n00:00:03,000 --> 00:00:04,000\n[Hello, my friend.]\n\n"
                + "3\n00:00:05,000 --> 00:00:06,000\n[softly] Come in.\n");
        Assert.Equal(["[softly] Come in."], file.Entries[0].Cues.Select(c => c.Text));
        Assert.Equal(["[Music]", "[Hello, my friend.]"], file.Sounds);
    }

    [Theory]
    [InlineData("don&#8217;t", "don’t")]
    [InlineData("don&#x2019;t", "don’t")]
    [InlineData("caf&#233; &hellip; &mdash; &rsquo;", "café … — ’")]
    [InlineData("R&amp;D, AT&T; x&y;", "R&D, AT&T; x&y;")]
    [InlineData("&#xFFFFFFF; &#0;", "&#xFFFFFFF; &#0;")]
    public void Characters_that_are_written_as_entities_are_read(string written, string meant)
    {
        TranscriptFile file = Read("x.srt", $"1\n00:00:01,000 --> 00:00:02,000\n{written}\n");
        Assert.Equal(meant, file.Entries[0].Cues[0].Text);
    }

    [Fact]
    public void A_segment_that_begins_before_the_recording_keeps_its_times()
    {
        TranscriptFile file = Read(
            "x.json",
            "{\"segments\": [{\"start\": -0.02, \"end\": 1.0, \"text\": \"One.\"}, "
                + "{\"start\": 1.5, \"end\": 2.0, \"text\": \"Two.\"}]}");
        Assert.Equal(
            [(0.0, 1.0, "One."), (1.5, 2, "Two.")],
            file.Entries[0].Cues.Select(c => (c.StartS, c.EndS, c.Text)));
    }

    [Theory]
    [InlineData("Transcript:\n[00:00.50] Row your boat\n[00:02.00] down the stream\n")]
    [InlineData("Transcript\n0:00\nRow your boat\n0:05\ndown the stream\n")]
    [InlineData("0:05 Row your boat\n0:02 down the stream\n0:09 merrily\n")]
    [InlineData("start end text\n0.12\t2.35\tRow your boat\n2.50\t3.00\tdown the stream\n")]
    public void Times_that_no_format_has_taken_never_become_words(string content)
    {
        InputException e = Assert.Throws<InputException>(() => Read("x.txt", content));
        Assert.Contains("times", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("At 10:30 we met.\nIt was 3:15 when we left.\n")]
    [InlineData("10:30 is when we met.\nIt rained.\nThen we left.\n")]
    [InlineData("1 2 three\n3 4 five\n")]
    public void Times_that_are_said_are_words(string content) =>
        Assert.Equal(
            content.Trim().ReplaceLineEndings(" "),
            Assert.Single(Read("x.txt", content).Entries).Text);

    [Fact]
    public void Elements_of_a_list_in_JSON_that_say_nothing_are_counted()
    {
        TranscriptFile file = Read(
            "x.json",
            "[{\"audio\": \"a.wav\", \"text\": \"One.\"}, {\"audio\": \"b.wav\", \"words\": 3}, 7]");
        Assert.Equal("One.", Assert.Single(file.Entries).Text);
        Assert.Equal([2, 3], file.IgnoredLines);
    }

    private static TranscriptFile Read(string name, string content) =>
        TranscriptReader.Read(Encoding.UTF8.GetBytes(content), name, s_decoders.IsKnownName);
}

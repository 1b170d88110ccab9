using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

/// <summary>Subtitles, labels, lyrics and speech recognition: text with times.</summary>
public class TimedTextTests
{
    private static readonly AudioDecoders s_decoders = AudioDecoders.CreateDefault();

    [Theory]
    [InlineData("x.txt", "0.12\t2.35\tRow your boat\n")]
    [InlineData("x.txt", "0,12\t2,35\tRow your boat\n\\\t100.0\t200.0\n")]
    [InlineData("x.lab", "0.12 2.35 Row your boat\n")]
    [InlineData("x.lab", "0 1200000 sil\n1200000 23500000 Row your boat\n23500000 30000000 pau\n")]
    [InlineData(
        "x.srt",
        "1\n00:00:00,120 --> 00:00:02,350 X1:1 Y1:2\n<i>Row</i> {\\an8}your\n<font color=\"red\">boat</font>\n")]
    [InlineData("x.srt", "00:00:00.120 --> 00:00:02.350\r\nRow your\r\n\r\nboat\r\n\r\n")]
    [InlineData(
        "x.vtt",
        "WEBVTT - x\n\nSTYLE\n::cue { color: red }\n\nNOTE no\nwords\n\nfirst\n00:00.120 --> 00:02.35"
            + "0 align:start\n<v Anna>Row your&nbsp;<c.red>boat</c></v>\n\nNOTE more\n")]
    [InlineData("x.txt", "[00:00.120 --> 00:02.350]  Row your boat\n")]
    [InlineData("x.lrc", "[ar:x]\n[00:00.12]Row your boat\n[00:02.35]\n")]
    [InlineData("x.lrc", "[offset:+500]\n[00:00.62]Row your boat\n[00:02.85]\n")]
    [InlineData("x.tsv", "start\tend\ttext\n120\t2350\tRow your boat\n")]
    [InlineData(
        "x.json",
        "{\"text\": \"x\", \"segments\": [{\"start\": 0.12, \"end\": 2.35, \"text\": \" Row your boat\"}]}")]
    [InlineData(
        "x.json",
        "{\"transcription\": [{\"timestamps\": {\"from\": \"00:00:00,120\", \"to\": \"00:00:02,350\"}"
            + ", \"offsets\": {\"from\": 120, \"to\": 2350}, \"text\": \" Row your boat\"}]}")]
    [InlineData("x.json", "{\"chunks\": [{\"timestamp\": [0.12, 2.35], \"text\": \" Row your boat\"}]}")]
    [InlineData("x.json", "[{\"start\": 0.12, \"end\": 2.35, \"text\": \"Row your boat\"}]")]
    public void Times_are_read_and_never_become_text(string name, string content)
    {
        TranscriptEntry entry = Assert.Single(Read(name, content).Entries);
        Assert.Null(entry.Name);
        Assert.Empty(entry.Text);
        Cue cue = Assert.Single(entry.Cues);
        Assert.Equal("Row your boat", cue.Text);
        Assert.Equal((0.12, 2.35), (Math.Round(cue.StartS, 3), Math.Round(cue.EndS, 3)));
    }

    [Fact]
    public void Several_times_of_a_line_are_several_cues()
    {
        IReadOnlyList<Cue> cues = Read("x.lrc", "[00:10.00][00:01.00]Row\n[00:05.00]on\n[00:20:50]end").Entries[0].Cues;
        Assert.Equal(
            [(1.0, 5.0, "Row"), (5, 10, "on"), (10, 20.5, "Row")],
            cues.Take(3).Select(c => (c.StartS, c.EndS, c.Text)));
        Assert.Equal(20.5, cues[3].StartS);
    }

    [Fact]
    public void A_transcript_with_times_before_its_lines_gives_them()
    {
        IReadOnlyList<Cue> cues = Read("x.txt", "0:00\nHello there\n0:04\nmy friend\n1:02:03\nbye\n").Entries[0].Cues;
        Assert.Equal([(0.0, "Hello there"), (4, "my friend"), (3723, "bye")], cues.Select(c => (c.StartS, c.Text)));
    }

    [Theory]
    [InlineData("x.vtt", "WEBVTT\n\n00:01.000 --> 00:03.000\nHello<00:01.500><c> big</c><00:02.000><c> world.</c>\n")]
    [InlineData("x.lrc", "[00:01.00]Hello<00:01.50> big<00:02.00> world.\n[00:03.00]\n")]
    [InlineData(
        "x.json",
        "{\"segments\":[{\"start\":1,\"end\":3,\"text\":\" Hello big world.\",\"words\":[{\"word\":\""
            + " Hello\",\"start\":1,\"end\":1.5},{\"word\":\" big\",\"start\":1.5,\"end\":2},{\"word\":\" w"
            + "orld.\",\"start\":2,\"end\":3}]}]}")]
    [InlineData(
        "x.json",
        "{\"segments\":[{\"start\":1,\"end\":3,\"text\":\"Hello big world.\",\"words\":[{\"word\":\"H"
            + "ello\",\"start\":1,\"end\":1.5},{\"word\":\"big\"},{\"word\":\"world.\",\"start\":2,\"end\":"
            + "3}]}]}")]
    [InlineData(
        "x.json",
        "{\"text\":\"Hello big world.\",\"words\":[{\"word\":\"Hello\",\"start\":1,\"end\":1.5},{\"wo"
            + "rd\":\"big\",\"start\":1.5,\"end\":2},{\"word\":\"world\",\"start\":2,\"end\":3}]}")]
    public void Words_keep_their_times_and_the_marks_around_them(string name, string content)
    {
        Cue cue = Assert.Single(Read(name, content).Entries[0].Cues);
        Assert.Equal("Hello big world.", cue.Text);
        Assert.Equal(
            [("Hello", 1.0, 1.5), (" big", 1.5, 2.0), (" world.", 2.0, 3.0)],
            cue.Words.Select(w => (w.Text, w.StartS, w.EndS)));
    }

    [Fact]
    public void Captions_that_roll_say_every_line_once()
    {
        const string vtt = "WEBVTT\n\n00:00.000 --> 00:02.000\nhello my\n\n"
            + "00:02.000 --> 00:04.000\nhello my\ndear friend\n\n"
            + "00:04.000 --> 00:06.000\ndear friend\nno\n\n00:06.000 --> 00:08.000\nno\nno\n";
        Assert.Equal(["hello my", "dear friend", "no", "no"], Read("x.vtt", vtt).Entries[0].Cues.Select(c => c.Text));
    }

    [Fact]
    public void Sounds_in_brackets_are_no_words_and_cues_without_an_end_get_one()
    {
        IReadOnlyList<Cue> cues = Read(
            "x.srt",
            "1\n00:00:01,000 --> 00:00:01,000\nHello\n\n2\n00:00:02,000 --> 00:00:03,000\n[Music]\n\n"
                + "3\n00:00:03,000 --> 00:00:04,000\n♪ ♪\n\n4\n00:00:05,000 --> 00:00:04,000\n42\n\n"
                + "5\n00:00:06,000 --> 00:00:07,000\n7\n").Entries[0].Cues;
        Assert.Equal(["Hello", "42", "7"], cues.Select(c => c.Text));
        Assert.All(cues, c => Assert.True(c.EndS > c.StartS));
        Assert.True(cues[1].EndS <= 6);
    }

    [Theory]
    [InlineData("0 1000000 sil\n1000000 1800000 hh\n1800000 2600000 ah\n2600000 3300000 l\n3300000 5000000 ow1\n")]
    [InlineData("0 1000000 x^x-sil+hh=ah/A:0\n1000000 1800000 x^sil-hh+ah=l/A:0\n")]
    public void Labels_of_phonemes_give_no_text(string content)
    {
        TranscriptFile file = Read("x.lab", content);
        Assert.Equal("hts-phonemes", file.Format);
        Assert.All(file.Entries, e => Assert.False(e.HasText));
    }

    private static TranscriptFile Read(string name, string content) =>
        TranscriptReader.Read(Encoding.UTF8.GetBytes(content), name, s_decoders.IsKnownName);
}

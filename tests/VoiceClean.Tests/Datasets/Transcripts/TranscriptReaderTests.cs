using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public class TranscriptReaderTests
{
    private static readonly AudioDecoders s_decoders = AudioDecoders.CreateDefault();

    [Theory]
    [InlineData("x.list", "a/b.wav|me|ZH|你好", "a/b.wav", "me", "zh", "你好")]
    [InlineData("x.list", "b.wav|me||left | open", "b.wav", "me", null, "left open")]
    [InlineData("x.list", "D:\\d\\b.wav|me|zh-CN|你好\r\n", "D:\\d\\b.wav", "me", "zh-cn", "你好")]
    [InlineData("x.list", "\uFEFFb.wav|me|EN|one, \"two\", 'three'", "b.wav", "me", "en", "one, \"two\", 'three'")]
    [InlineData("x.list", "b.wav|me|EN|left | right", "b.wav", "me", "en", "left right")]
    [InlineData("x.list", "b.wav|me|tlh|nuqneH", "b.wav", "me", "tlh", "nuqneH")]
    [InlineData(
        "x.csv",
        "audio_file|text|speaker_name\nwavs/001.wav|What was said.|coqui\n",
        "wavs/001.wav",
        "coqui",
        null,
        "What was said.")]
    [InlineData(
        "x.csv",
        "speaker_name|text|audio_file\ncoqui|What was said.|wavs/001.wav\n",
        "wavs/001.wav",
        "coqui",
        null,
        "What was said.")]
    [InlineData(
        "x.csv",
        "audio_file|text\n/s/a.wav|\"He said \"\"no\"\" | twice\"\n",
        "/s/a.wav",
        null,
        null,
        "He said \"no\" twice")]
    [InlineData(
        "x.csv",
        "LJ001-0001|\"Hello,\" he said, \"go.\"|\"Hello,\" he said, \"go.\"",
        "LJ001-0001",
        null,
        null,
        "\"Hello,\" he said, \"go.\"")]
    [InlineData(
        "x.csv",
        "LJ001-0001|in 1455|in fourteen fifty-five",
        "LJ001-0001",
        null,
        null,
        "in fourteen fifty-five")]
    [InlineData("x.csv", "LJ001-0001|raw|", "LJ001-0001", null, null, "raw")]
    [InlineData("x.csv", "id|text with | pipes | in it", "id", null, null, "text with pipes in it")]
    [InlineData("x.csv", "path,sentence\na.mp3,\"Yes, no\"\n", "a.mp3", null, null, "Yes, no")]
    [InlineData("x.tsv", "client_id\tpath\tsentence\tlocale\n9f\ta.mp3\tYes, no\ten\n", "a.mp3", null, "en", "Yes, no")]
    [InlineData("x.csv", "a.wav,Yes, no, perhaps", "a.wav", null, null, "Yes, no, perhaps")]
    [InlineData("x.csv", "audio_file|text|speaker\na.wav|Stop | he said.|me\n", "a.wav", "me", null, "Stop he said.")]
    [InlineData("x.csv", "path,text,speaker\na.wav,Yes, no, \"go\",me\n", "a.wav", "me", null, "Yes, no, \"go\"")]
    [InlineData("x.csv", "path,text,speaker\na.wav,Yes.,me,,\n", "a.wav", "me", null, "Yes.")]
    [InlineData("x.csv", "text|path\nStop | he said.|a.wav\n", "a.wav", null, null, "Stop he said.")]
    [InlineData("x.txt", "a.wav|3|Yes.\nb.wav|3|No.\nc.wav|4|Perhaps.", "a.wav", "3", null, "Yes.")]
    [InlineData("x.txt", "a.wav\tYes | no", "a.wav", null, null, "Yes no")]
    [InlineData(
        "x.jsonl",
        "{\"audio_filepath\": \"a.wav\", \"text\": \"Yes.\", \"lang\": \"en\"}",
        "a.wav",
        null,
        "en",
        "Yes.")]
    [InlineData(
        "x.json",
        "[{\"audio\": \"a.wav\", \"sentence\": \"Yes.\", \"speaker\": \"me\"}]",
        "a.wav",
        "me",
        null,
        "Yes.")]
    [InlineData("x.json", "{\"a.wav\": \"Yes.\"}", "a.wav", null, null, "Yes.")]
    [InlineData("x.txt", "two\nlines | and a bar\n", null, null, null, "two lines and a bar")]
    [InlineData("x.lab", "just words", null, null, null, "just words")]
    [InlineData("x.txt", "1 2 three", null, null, null, "1 2 three")]
    public void Every_list_gives_its_columns(
        string name,
        string content,
        string? file,
        string? speaker,
        string? language,
        string text)
    {
        TranscriptEntry entry = Read(name, content).Entries[0];
        Assert.Equal((file, speaker, language, text), (entry.Name, entry.Speaker, entry.Language, entry.Text));
    }

    [Fact]
    public void Lines_that_are_not_understood_are_counted_and_nothing_is_lost_at_the_end()
    {
        TranscriptFile file = Read(
            "x.csv",
            "LJ001-0001|raw 1|spelt out one\nLJ001-0002|raw|\n\nonly one field\nLJ001-0003|a|a");
        Assert.Equal(["LJ001-0001", "LJ001-0002", "LJ001-0003"], file.Entries.Select(e => e.Name));
        Assert.Equal([4], file.IgnoredLines);
        Assert.Equal(2, Read("x.list", "a.wav|m|EN|one\nb.wav|m|EN|two").Entries.Count);
        Assert.Equal([2], Read("x.jsonl", "{\"audio\":\"a.wav\",\"text\":\"x\"}\n{\"audio\":\n").IgnoredLines);
    }

    [Fact]
    public void Columns_that_nobody_named_are_not_guessed()
    {
        // The last field may be the end of the text or whose voice it is.
        Assert.Equal([1], Read("x.csv", "wavs/001.wav|What was said.|coqui").IgnoredLines);
        Assert.Empty(Read("x.csv", "wavs/001.wav|What was said.|coqui").Entries);
        TranscriptFile several = Read("x.csv", "a.wav|Yes, sir.|bo\nb.wav|No, sir.|bo\nc.wav|I will.|bo\n");
        Assert.Equal(["Yes, sir.", "No, sir.", "I will."], several.Entries.Select(e => e.Text));
    }

    [Fact]
    public void Text_that_has_lost_characters_is_not_used()
    {
        TranscriptFile file = Read("x.list", "a.wav|m|ZH|\uFFFD\uFFFD好\nb.wav|m|ZH|好\n");
        Assert.Equal("b.wav", Assert.Single(file.Entries).Name);
        Assert.Equal([1], file.DamagedLines);
        Assert.Throws<InputException>(() => Read("x.json", "{\"text\": \"\\ud800\"}"));
    }

    [Fact]
    public void What_a_program_prints_becomes_text_without_times() =>
        Assert.Equal(
            "Hello. How are you?",
            TranscriptReader.PlainText(
                "[00:00.000 --> 00:01.000]  Hello.\n[00:01.000 --> 00:02.000]  How are you?\n"u8,
                "x"));

    [Fact]
    public void Any_bytes_give_entries_or_a_refusal()
    {
        string[] seeds =
        [
            "a.wav|me|EN|x \"y\"\nb.wav|me|EN|z",
            "1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\n00:00:02,000 --> 00:00:03,000\ny",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<00:01.500>x</c>", "[00:01.00][00:02.00]x\n[offset:-99]", "0.1\t0.2\tx",
            "0 1000000 x\n1000000 20000000 yes",
            "{\"segments\":[{\"start\":1,\"end\":2,\"text\":\"x\",\"words\":[{\"word\":\"x\",\"start\":1}]}]}",
            "{\"audio\":\"a\",\"text\":\"x\"}\n{\"audio\":\"b\",\"text\":\"y\"}",
            "path\tsentence\na\t\"b\n\nc\"\n", "start\tend\ttext\n1\t2\tx",
        ];
        var random = new Random(7);
        for (int i = 0; i < 4000; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Length)]);
            for (int k = random.Next(6); k >= 0; k--)
            {
                int at = random.Next(bytes.Length);
                bytes = random.Next(4) switch
                {
                    0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                    1 => [.. bytes[..at], .. bytes[at..], .. bytes[at..]],
                    2 => bytes[..Math.Max(1, at)],
                    _ => [.. bytes[..at], (byte)"|\n\t\",:-<>[]{}0"[random.Next(14)], .. bytes[at..]],
                };
            }

            string name = "x" + TranscriptReader.Extensions[random.Next(TranscriptReader.Extensions.Count)];
            try
            {
                TranscriptFile file = TranscriptReader.Read(bytes, name, s_decoders.IsKnownName);
                foreach (TranscriptEntry entry in file.Entries)
                {
                    Assert.False(TranscriptText.IsDamaged(entry.Text));
                    Assert.All(
                        entry.Cues,
                        c => Assert.True(double.IsFinite(c.StartS) && c.EndS >= c.StartS && c.Text.Length > 0));
                    Assert.All(
                        entry.Cues.Where(c => c.Words.Count > 0),
                        c => Assert.Equal(c.Text, string.Concat(c.Words.Select(w => w.Text))));
                }
            }
            catch (InputException)
            {
                // refused
            }
        }
    }

    [Theory]
    [InlineData("x.txt", "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\ntext = \"Yes.\"\n")]
    [InlineData("x.ass", "[Script Info]\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Yes.\n")]
    [InlineData("x.txt", "<?xml version=\"1.0\"?><tt><body><p begin=\"1s\">Yes.</p></body></tt>")]
    [InlineData("x.sbv", "0:00:01.000,0:00:02.000\nYes.\n")]
    [InlineData("x.md", "# Yes.\n")]
    public void Markup_that_is_not_understood_is_no_text(string name, string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], content);
        InputException refusal = Assert.Throws<InputException>(
            () => TranscriptReader.ReadFile(folder[name], s_decoders.IsKnownName));
        Assert.Equal(ReasonCodes.UnsupportedFormat, refusal.Code);
    }

    [Fact]
    public void A_cue_that_stands_there_twice_is_said_once()
    {
        const string Yes = "00:00:01,000 --> 00:00:02,000\nYes.\n\n", No = "00:00:01,000 --> 00:00:02,000\nNo.\n\n";
        IEnumerable<string> texts = Read("x.srt", Yes + No + Yes + Yes).Entries[0].Cues.Select(c => c.Text);
        Assert.Equal(["Yes.", "No."], texts);
    }

    [Theory]
    [InlineData("[SPEAKER_00]: Yes.", "Yes.")]
    [InlineData("SPEAKER_12: Yes.", "Yes.")]
    [InlineData("SPEAKER_ONE: Yes.", "SPEAKER_ONE: Yes.")]
    [InlineData("He said: Yes.", "He said: Yes.")]
    public void The_label_of_a_voice_is_not_said(string line, string said) =>
        Assert.Equal(said, Read("x.srt", $"1\n00:00:01,000 --> 00:00:02,000\n{line}\n").Entries[0].Cues[0].Text);

    private static TranscriptFile Read(string name, string content) =>
        TranscriptReader.Read(Encoding.UTF8.GetBytes(content), name, s_decoders.IsKnownName);
}

using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

/// <summary>Lists with a row for each segment of a recording.</summary>
public class NamedSegmentsTests
{
    private static readonly AudioDecoders s_decoders = AudioDecoders.CreateDefault();

    [Theory]
    [InlineData("x.csv", "audio_file,start,end,text\na.wav,0.0,3.7,One.\na.wav,3.7,9.6,Two.\nb.wav,1.5,2.5,Else.\n")]
    [InlineData("x.csv", "path|start_time|end_time|text\na.wav|0:00.0|0:03.7|One.\na.wav|0:03.7|0:09.6|Two.\n")]
    [InlineData("x.tsv", "path\tstart_ms\tend_ms\tsentence\na.wav\t0\t3700\tOne.\na.wav\t3700\t9600\tTwo.\n")]
    [InlineData(
        "x.jsonl",
        "{\"audio_filepath\": \"a.wav\", \"offset\": 0.0, \"duration\": 3.7, \"text\": \"One.\"}\n"
            + "{\"audio_filepath\": \"a.wav\", \"offset\": 3.7, \"duration\": 5.9, \"text\": \"Two.\"}\n")]
    [InlineData(
        "x.json",
        "[{\"audio\": \"a.wav\", \"start\": 0, \"end\": 3.7, \"text\": \"One.\"}, "
            + "{\"audio\": \"a.wav\", \"start\": 3.7, \"end\": 9.6, \"text\": \"Two.\"}]")]
    public void Several_rows_of_a_recording_with_times_are_its_text(string name, string content)
    {
        TranscriptEntry entry = Read(name, content).Entries[0];
        Assert.Equal(("a.wav", ""), (entry.Name, entry.Text));
        Assert.Equal(
            [(0.0, 3.7, "One."), (3.7, 9.6, "Two.")],
            entry.Cues.Select(c => (c.StartS, Math.Round(c.EndS, 6), c.Text)));
    }

    [Fact]
    public void Whole_numbers_are_seconds_where_they_would_be_too_short_as_milliseconds()
    {
        string list = "path,start,end,text\na.wav,0,4,One.\na.wav,4,9,Two.\n";
        Assert.Equal([(0, 4), (4, 9)], Read("x.csv", list).Entries[0].Cues.Select(c => (c.StartS, c.EndS)));
    }

    [Fact]
    public void A_part_of_a_recording_in_a_manifest_with_offsets_is_not_the_text_of_all_of_it()
    {
        string part = "{\"audio_filepath\": \"a.wav\", \"offset\": 3.7, \"duration\": 5.9, \"text\": \"Two.\"}\n";
        Cue cue = Assert.Single(Assert.Single(Read("x.jsonl", part).Entries).Cues);
        Assert.Equal((3.7, 9.6), (cue.StartS, Math.Round(cue.EndS, 6)));
    }

    [Fact]
    public void Times_of_clips_that_have_a_row_each_say_where_they_were_cut_from()
    {
        string clips = "path,start,end,text\na.wav,0.0,3.7,One.\nb.wav,3.7,9.6,Two.\n";
        IReadOnlyList<TranscriptEntry> entries = Read("x.csv", clips).Entries;
        Assert.Equal([("a.wav", "One."), ("b.wav", "Two.")], entries.Select(e => (e.Name!, e.Text)));
        Assert.All(entries, e => Assert.Empty(e.Cues));
    }

    [Fact]
    public void Rows_without_times_stay_texts_that_contradict_each_other()
    {
        string list = "path,start,end,text\na.wav,0.0,3.7,One.\na.wav,,,Two.\n";
        Assert.Equal(["One.", "Two."], Read("x.csv", list).Entries.Select(e => e.Text));
    }

    [Fact]
    public void Several_speakers_of_one_recording_are_named()
    {
        string list = "path,start,end,speaker,text\na.wav,0.0,3.7,anna,One.\na.wav,3.7,9.6,bob,Two.\n"
            + "b.wav,0.0,3.0,carol,Three.\nb.wav,3.0,4.0,carol,Four.\n";
        TranscriptFile file = Read("x.csv", list);
        Assert.Equal(["anna", "bob"], file.Voices);
        Assert.Equal([null, "carol"], file.Entries.Select(e => e.Speaker));
    }

    private static TranscriptFile Read(string name, string content) =>
        TranscriptReader.Read(Encoding.UTF8.GetBytes(content), name, s_decoders.IsKnownName);
}

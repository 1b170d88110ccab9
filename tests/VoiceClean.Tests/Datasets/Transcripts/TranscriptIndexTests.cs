using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public sealed class TranscriptIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_text_never_goes_to_another_speaker()
    {
        TextTarget[] both = [Recording("alice/001.wav"), Recording("bob/001.wav")];
        string[] forBoth =
            ["in/alice/001.wav|alice|EN|Hers.", "alice/001.wav|alice|EN|Hers.", "001.wav|alice|EN|Hers."];
        foreach (string line in forBoth)
        {
            TranscriptIndex index = Match(both, line);
            Assert.Equal("Hers.", index.Find("alice/001.wav")?.Text);
            Assert.Null(index.Find("bob/001.wav"));
            Assert.Empty(index.Problems.All);
        }

        // Where hers is not among the recordings it is nobody's.
        string[] forHer = ["in/alice/001.wav|alice|EN|Hers.", "001.wav|alice|EN|Hers.", "alice/001.wav|Hers."];
        foreach (string line in forHer)
        {
            TranscriptIndex index = Match([Recording("bob/001.wav")], line);
            Assert.Null(index.Find("bob/001.wav"));
            Assert.Equal(TextProblems.OtherSpeaker, Assert.Single(index.Problems.All).Code);
        }
    }

    [Fact]
    public void A_name_without_folder_that_several_have_is_given_to_none()
    {
        TranscriptIndex index = Match([Recording("alice/001.wav"), Recording("bob/001.wav")], "001|Whose?");
        Assert.Equal(0, index.Recordings);
        Assert.Equal((TextProblems.FitsSeveral, 1), (index.Problems.All[0].Code, index.Problems.All[0].Count));
    }

    [Theory]
    [InlineData("wavs/001.wav|What was said.|coqui", "001.wav", true)]
    [InlineData("wavs/001.wav|What was said.|coqui", "wavs/001.wav", false)]
    public void Names_of_speakers_in_lists_need_not_be_those_of_the_set(string line, string id, bool isNamed)
    {
        TextTarget recording = Recording(id) with { Speaker = isNamed ? "anna" : "wavs", IsNamed = isNamed };
        TranscriptIndex index = Match([recording], "audio_file|text|speaker_name\n" + line);
        Assert.Equal("What was said.", index.Find(id)?.Text);
    }

    [Fact]
    public void A_list_that_names_a_file_which_is_there_means_that_file()
    {
        Recording("alice/001.wav");
        TextTarget bob = Recording("bob/001.wav") with { Id = "001.wav" };
        TranscriptIndex index = Match([bob], $"{_folder["alice/001.wav"]}|alice|EN|Hers.");
        Assert.Null(index.Find("001.wav"));
        Assert.Equal(TextProblems.OtherSpeaker, Assert.Single(index.Problems.All).Code);
    }

    [Fact]
    public void The_same_name_in_chapters_goes_by_the_deeper_folders()
    {
        TextTarget[] two = [Recording("84/1/x.wav"), Recording("174/1/x.wav")];
        TranscriptIndex index = Match(two, "/corpus/84/1/x.wav|a\n/corpus/174/1/x.wav|b\n");
        Assert.Equal(("a", "b"), (index.Find("84/1/x.wav")?.Text, index.Find("174/1/x.wav")?.Text));
        Assert.Null(Match([two[1]], "/corpus/84/1/x.wav|84|EN|a\n/corpus/174/1/y.wav|174|EN|b").Find("174/1/x.wav"));
    }

    [Fact]
    public void Texts_that_contradict_each_other_are_said_and_not_used()
    {
        TranscriptIndex index = Match(
            [Recording("a.wav"), Recording("b.wav")],
            "a.wav|one\na.wav|two\nb.wav|same\nb.wav|same\n");
        Assert.Null(index.Find("a.wav"));
        Assert.Equal("same", index.Find("b.wav")?.Text);
        TextProblem problem = Assert.Single(index.Problems.All);
        Assert.Equal((TextProblems.Contradicts, 1), (problem.Code, problem.Count));
        Assert.Contains("list:2", problem.Examples[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_fits_nothing_is_counted_with_examples()
    {
        TranscriptIndex index = Match(
            [Recording("a.wav")],
            string.Concat(Enumerable.Range(0, 9).Select(i => $"n{i}.wav|m|EN|x\n")));
        index.Finish();
        TextProblem problem = Assert.Single(index.Problems.All);
        Assert.Equal((TextProblems.FitsNothing, 9, 5), (problem.Code, problem.Count, problem.Examples.Count));
    }

    [Fact]
    public void Names_are_found_whatever_their_extension_case_accents_and_dots()
    {
        TextTarget[] recordings =
            [Recording("a.b.mp3"), Recording("cafe\u0301.wav"), Recording("TAKE1.WAV"), Recording("LJ.1.flac")];
        TranscriptIndex index = Match(
            recordings,
            "/d/a.b.wav|x|EN|1\ncaf\u00E9.wav|x|EN|2\ntake1.wav|x|EN|3\nLJ.1|x|EN|4");
        Assert.Equal(["1", "2", "3", "4"], recordings.Select(r => index.Find(r.Id)?.Text));
    }

    [Fact]
    public void Several_lists_and_a_folder_of_lists_are_read()
    {
        TextTarget[] recordings = [Recording("a.wav"), Recording("b.wav"), Recording("c.wav"), Recording("d.wav")];
        Put("l1.list", "a.wav|m|EN|one");
        Put("more/l2.list", "b.wav|m|EN|two");
        Put("more/deep/c.txt", "three");
        Put("more/.hidden.list", "d.wav|m|EN|no");
        Put("more/notes.md", "d.wav|m|EN|no");
        var index = TranscriptIndex.Load([_folder["l1.list"], _folder["more"]]);
        index.Match(recordings);
        Assert.Equal(["one", "two", "three", null], recordings.Select(r => index.Find(r.Id)?.Text));
    }

    [Fact]
    public void What_lies_beside_a_recording_is_found_the_best_of_it()
    {
        TextTarget[] recordings = [Recording("a.wav"), Recording("b.wav"), Recording("c.wav")];
        Put("a.txt", "plain");
        Put("a.srt", "1\n00:00:00,000 --> 00:00:01,000\ntimed\n");
        Put("b.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nEnglish\n");
        Put("b.de.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nDeutsch\n");
        Put("c.wav.txt", "of c");
        Put("c.json", "{\"sample_rate\": 44100}");
        var index = TranscriptIndex.Load([]);
        index.Match(recordings, "en");
        Assert.Equal("timed", Assert.Single(index.CuesOf("a.wav")).Text);
        Assert.Equal("English", Assert.Single(index.CuesOf("b.wav")).Text);
        Assert.Equal("en", index.Find("b.wav")?.Language);
        Assert.Equal("of c", index.Find("c.wav")?.Text);
        Assert.Equal(["a.srt", "b.en.vtt", "c.wav.txt"], index.UsedFiles.Select(f => Path.GetFileName(f)!).Order());
        Assert.Contains(_folder["a.txt"], index.OtherFiles);
        Assert.Empty(index.Problems.All);
        var unnamed = TranscriptIndex.Load([]);
        unnamed.Match(recordings);
        Assert.Null(unnamed.Find("b.wav"));
        Assert.Equal(TextProblems.FitsSeveral, Assert.Single(unnamed.Problems.All).Code);
    }

    [Theory]
    [InlineData("anna/talk.wav.txt")]
    [InlineData("anna/talk.txt")]
    public void The_extension_of_a_recording_is_no_language(string beside)
    {
        TextTarget recording = Recording("anna/talk.wav");
        File.WriteAllText(_folder[beside], "What was said.");
        TranscriptIndex index = Beside(recording);
        Assert.Equal("What was said.", index.Find("anna/talk.wav")?.Text);
        Assert.Null(index.Find("anna/talk.wav")?.Language);
    }

    [Fact]
    public void A_text_beside_two_recordings_of_its_name_is_given_to_none()
    {
        TextTarget[] both = [Recording("anna/talk.wav"), Recording("anna/talk.flac")];
        File.WriteAllText(_folder["anna/talk.txt"], "Whose?");
        File.WriteAllText(_folder["anna/talk.flac.txt"], "The second one's.");
        TranscriptIndex index = Beside(both);
        Assert.Null(index.Find("anna/talk.wav"));
        Assert.Equal("The second one's.", index.Find("anna/talk.flac")?.Text);
        Assert.Equal((TextProblems.FitsSeveral, 1), (index.Problems.All[0].Code, index.Problems.All[0].Count));
    }

    [Fact]
    public void A_text_of_a_recording_whose_name_ends_like_a_language_is_only_its_own()
    {
        TextTarget[] both = [Recording("anna/talk.wav"), Recording("anna/talk.mix.wav")];
        File.WriteAllText(_folder["anna/talk.mix.txt"], "The mix.");
        TranscriptIndex index = Beside(both);
        Assert.Null(index.Find("anna/talk.wav"));
        Assert.Equal("The mix.", index.Find("anna/talk.mix.wav")?.Text);
    }

    [Fact]
    public void A_text_beside_a_recording_that_cannot_be_read_is_named()
    {
        TextTarget recording = Recording("a.wav");
        File.WriteAllBytes(_folder["a.txt"], [0xC4, 0xE3]);
        var index = TranscriptIndex.Load([]);
        index.Match([recording]);
        TextProblem problem = Assert.Single(index.Problems.All);
        Assert.Equal(TextProblems.Unreadable, problem.Code);
        Assert.Contains("a.txt", problem.Examples[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_and_cannot_be_read_stops_the_run()
    {
        Assert.Throws<InputException>(() => TranscriptIndex.Load([_folder["none.list"]]));
        Put("x.srt", "nothing of the kind");
        Assert.Throws<InputException>(() => TranscriptIndex.Load([_folder["x.srt"]]));
        Put("empty.list", "");
        Assert.Equal(
            TextProblems.NotUnderstood,
            Assert.Single(TranscriptIndex.Load([_folder["empty.list"]]).Problems.All).Code);
        Directory.CreateDirectory(_folder["empty"]);
        Assert.Throws<InputException>(() => TranscriptIndex.Load([_folder["empty"]]));
    }

    private static TranscriptIndex Beside(params TextTarget[] recordings)
    {
        var index = TranscriptIndex.Load([]);
        index.Match(recordings);
        return index;
    }

    private TranscriptIndex Match(TextTarget[] recordings, string list)
    {
        Put("lists/x.list", list);
        var index = TranscriptIndex.Load([_folder["lists/x.list"]]);
        index.Match(recordings);
        return index;
    }

    // The file exists; its speaker is its first folder.
    private TextTarget Recording(string id)
    {
        Put(id, "RIFF");
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        return new TextTarget(id, _folder[id], slash < 0 ? "in" : id[..slash]);
    }

    private void Put(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], content);
    }
}

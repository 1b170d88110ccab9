using VoiceClean.Datasets.Transcripts;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

/// <summary>Texts beside recordings that were not found, or lost without a word.</summary>
public sealed class BesideFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("talk.wav", "Talk.srt")]
    [InlineData("TALK.WAV", "talk.srt")]
    [InlineData("talk.wav", "Talk.wav.srt")]
    [InlineData("talk.wav", "TALK.en.srt")]
    [InlineData("caf\u00e9.wav", "cafe\u0301.srt")]
    [InlineData("cafe\u0301.wav", "caf\u00e9.srt")]
    public void Letter_case_and_the_form_of_accents_do_not_matter(string recording, string text)
    {
        TranscriptIndex index = Beside((text, "1\n00:00:00,000 --> 00:00:01,000\nHello.\n"), recording);
        Assert.Equal("Hello.", Assert.Single(index.CuesOf(recording)).Text);
        Assert.Empty(index.Problems.All);
    }

    [Fact]
    public void The_recording_of_just_that_name_comes_first()
    {
        Put("talk.txt", "The small one.");
        TranscriptIndex index = Beside(("Talk.txt", "The large one."), "talk.wav", "Talk.wav", "other.wav");
        Assert.Equal("The small one.", index.Find("talk.wav")?.Text);
        Assert.Equal("The large one.", index.Find("Talk.wav")?.Text);
        TranscriptIndex alone = Beside(("solo.txt", "Whose?"), "solo.wav", "Solo.wav");
        Assert.Equal("Whose?", alone.Find("solo.wav")?.Text);
        Assert.Null(alone.Find("Solo.wav"));
    }

    [Fact]
    public void What_may_be_about_two_of_a_name_is_given_to_none()
    {
        TranscriptIndex index = Beside(("TALK.txt", "Whose?"), "talk.wav", "Talk.wav");
        Assert.Equal(0, index.Recordings);
        Assert.Equal((TextProblems.FitsSeveral, 1), (index.Problems.All[0].Code, index.Problems.All[0].Count));
    }

    [Theory]
    [InlineData(
        "a_1.json",
        "{\"id\": \"a_1\", \"wav\": \"EN/a/mp3/a_1.mp3\", \"text\": \"Hello.\", \"language\": \"en\"}")]
    [InlineData("a_1.json", "{\"id\": \"a_1\", \"text\": \"Hello.\"}")]
    [InlineData("a_1.txt", "a_1.mp3|Hello.")]
    [InlineData("a_1.tsv", "path\tsentence\na_0.mp3\tNo.\na_1.mp3\tHello.\n")]
    public void A_file_beside_a_recording_may_name_it(string name, string content)
    {
        TranscriptIndex index = Beside((name, content), "a_1.mp3");
        Assert.Equal("Hello.", index.Find("a_1.mp3")?.Text);
        Assert.Empty(index.Problems.All);
    }

    [Fact]
    public void A_list_of_others_beside_a_recording_is_none_of_its_text()
    {
        TranscriptIndex index = Beside(("a.json", "{\"audio\": \"b.wav\", \"text\": \"Hello.\"}"), "a.wav");
        Assert.Null(index.Find("a.wav"));
    }

    [Fact]
    public void Several_texts_of_one_recording_in_one_file_are_said()
    {
        TranscriptIndex index = Beside(("a.tsv", "path\tsentence\na.mp3\tNo.\na.mp3\tHello.\n"), "a.mp3");
        Assert.Null(index.Find("a.mp3"));
        Assert.Equal(TextProblems.Contradicts, Assert.Single(index.Problems.All).Code);
    }

    [Fact]
    public void JSON_that_was_cut_is_named_and_settings_are_not()
    {
        TranscriptIndex cut = Beside(("a.json", "{\"text\": \"Hello.\", \"segments\": [{\"start\": 0"), "a.wav");
        TextProblem problem = Assert.Single(cut.Problems.All);
        Assert.Equal(TextProblems.Unreadable, problem.Code);
        Assert.Contains("a.json", problem.Examples[0], StringComparison.Ordinal);
        File.WriteAllBytes(_folder["a.json"], [.. "{\"text\": \"caf"u8, 0xE9, .. "\"}"u8]);
        Assert.Equal(TextProblems.Unreadable, Assert.Single(Beside([Recording("a.wav")]).Problems.All).Code);
        Assert.Empty(Beside(("a.json", "{\"sample_rate\": 44100}"), "a.wav").Problems.All);
    }

    [Fact]
    public void A_text_that_says_more_than_its_segments_is_named()
    {
        const string Segments = "\"segments\": [{\"start\": 0, \"end\": 2, \"text\": \" Good morning.\"}]";
        TranscriptIndex more = Beside(
            ("a.json", $"{{\"text\": \" Good morning. And a sentence more.\", {Segments}}}"),
            "a.wav");
        Assert.NotNull(more.Find("a.wav")?.TimedSha256);
        TextProblem problem = Assert.Single(more.Problems.All);
        Assert.Equal(TextProblems.Contradicts, problem.Code);
        Assert.Contains("has 16 letters more than its segments", problem.Examples[0], StringComparison.Ordinal);
        Assert.Empty(Beside(("a.json", $"{{\"text\": \" Good morning.\", {Segments}}}"), "a.wav").Problems.All);
        Assert.Empty(Beside(("a.json", $"{{\"text\": \" Good.\", {Segments}}}"), "a.wav").Problems.All);
    }

    private static TranscriptIndex Beside(TextTarget[] recordings)
    {
        var index = TranscriptIndex.Load([]);
        index.Match(recordings);
        return index;
    }

    private TranscriptIndex Beside((string Name, string Content) text, params string[] recordings)
    {
        Put(text.Name, text.Content);
        return Beside([.. recordings.Select(Recording)]);
    }

    private TextTarget Recording(string id)
    {
        Put(id, "RIFF");
        return new TextTarget(id, _folder[id], "in");
    }

    private void Put(string name, string content) => File.WriteAllText(_folder[name], content);
}

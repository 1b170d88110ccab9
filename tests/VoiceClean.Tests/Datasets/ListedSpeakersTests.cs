using VoiceClean.Datasets;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Errors;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets;

public sealed class ListedSpeakersTests : IDisposable
{
    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("", "x.wav|anna|EN|Hers.\ny.wav|bob|EN|His.")]
    [InlineData("", "in/x.wav|anna|EN|Hers.\nin/y.wav|bob|EN|His.")]
    [InlineData("wavs/", "wavs/x.wav|anna|EN|Hers.\nwavs/y.wav|bob|EN|His.")]
    public void Two_voices_in_one_folder_that_a_list_tells_apart_are_two_speakers(string folder, string lines)
    {
        Put(folder, "x", "y");
        WriteList(lines);
        DatasetReport report = _set.Make();
        Assert.Equal(
            [("anna", "Hers."), ("bob", "His.")],
            _set.Accepted.Select(c => (c.Speaker, c.Text!)).Distinct().Order());
        TextProblem problem = Assert.Single(report.Texts!.Problems);
        Assert.Equal((TextProblems.SpeakerOfList, 2), (problem.Code, problem.Count));
        Assert.True(File.Exists(Path.Combine(_set.Root, "anna.list")));
        Assert.True(File.Exists(Path.Combine(_set.Root, "bob.list")));
    }

    [Fact]
    public void One_name_for_all_of_a_folder_leaves_its_speaker_and_is_said()
    {
        Put("", "x", "y");
        WriteList("x.wav|anna|EN|One.\ny.wav|Anna|EN|Two.");
        DatasetReport report = _set.Make();
        Assert.All(_set.Accepted, c => Assert.Equal("in", c.Speaker));
        TextProblem problem = Assert.Single(report.Texts!.Problems);
        Assert.Equal((TextProblems.SpeakerName, 2), (problem.Code, problem.Count));
    }

    [Fact]
    public void A_recording_that_no_list_names_keeps_the_speaker_of_its_folder()
    {
        Put("", "x", "y", "z");
        WriteList("x.wav|anna|EN|Hers.\ny.wav|bob|EN|His.");
        _set.Make();
        Assert.Equal(["anna", "bob", "in"], _set.Accepted.Select(c => c.Speaker).Distinct().Order());
    }

    [Fact]
    public void A_speaker_that_the_user_names_stays_and_what_lists_say_is_said()
    {
        Put("", "x", "y");
        WriteList("x.wav|anna|EN|Hers.\ny.wav|bob|EN|His.");
        _set.Speaker = "all";
        DatasetReport report = _set.Make();
        Assert.All(_set.Accepted, c => Assert.Equal("all", c.Speaker));
        Assert.Equal(
            (TextProblems.SpeakerName, 2),
            (Assert.Single(report.Texts!.Problems).Code, report.Texts.Problems[0].Count));
    }

    [Fact]
    public void A_name_that_only_reads_otherwise_as_a_folder_is_no_other_speaker()
    {
        Put("bob smith/", "x");
        WriteList("bob smith/x.wav|Bob Smith|EN|His.");
        Assert.Empty(_set.Make().Texts!.Problems);
        Assert.All(_set.Accepted, c => Assert.Equal("bob_smith", c.Speaker));
    }

    [Fact]
    public void A_speaker_of_a_list_and_one_of_a_folder_are_one_where_their_names_are_equal()
    {
        Put("", "x", "y");
        Put("anna/", "z");
        WriteList("x.wav|anna|EN|Hers.\ny.wav|bob|EN|His.\nanna/z.wav|anna|EN|Hers too.");
        _set.Make();
        Assert.Equal(["anna", "bob"], _set.Accepted.Select(c => c.Speaker).Distinct().Order());
    }

    [Fact]
    public void A_speaker_of_a_list_and_one_of_a_folder_that_would_be_one_folder_are_refused()
    {
        Put("", "x", "y");
        Put("ann_a/", "z");
        WriteList("x.wav|ann a|EN|Hers.\ny.wav|bob|EN|His.");
        VoiceCleanException? obstacle = _set.Plan().Obstacle;
        Assert.Equal(ReasonCodes.NameCollision, obstacle?.Code);
        Assert.EndsWith("would both be 'ann_a' in the set; rename one of them.", obstacle?.Message);
    }

    private void WriteList(string lines)
    {
        string path = Path.Combine(_set.Inputs, "words.list");
        File.WriteAllText(path, lines + "\n");
        _set.Transcripts = [path];
    }

    private void Put(string folder, params string[] names)
    {
        foreach (string name in names)
        {
            _set.Put($"{folder}{name}.wav", Talk.Synthetic(5, -20, -60, hasPauses: true, seed: name[0]).Samples);
        }
    }
}

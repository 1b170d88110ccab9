using System.Text;
using VoiceClean.Datasets.Transcripts;
using VoiceClean.Formats.Loading;
using Xunit;

namespace VoiceClean.Tests.Datasets.Transcripts;

public class NamedVoicesTests
{
    private static readonly AudioDecoders s_decoders = AudioDecoders.CreateDefault();

    [Theory]
    [InlineData(
        "x.json",
        "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"Hi\", \"speaker\": \"A\"}, "
            + "{\"start\": 1, \"end\": 2, \"text\": \"Ho\", \"speaker\": \"B\", "
            + "\"words\": [{\"word\": \"Ho\", \"start\": 1, \"end\": 2, \"speaker\": \"B\"}]}]}")]
    [InlineData(
        "x.json",
        "[{\"start\": 0, \"end\": 1, \"text\": \"Hi\", \"spk\": \"A\"}, "
            + "{\"start\": 1, \"text\": \"Ho\", \"spk\": \"B\"}]")]
    [InlineData("x.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>Hi\n\n00:01.000 --> 00:02.000\n<v.loud B>Ho</v>\n")]
    public void Several_voices_in_one_recording_are_named(string name, string content)
    {
        TranscriptFile file = Read(name, content);
        Assert.Equal(["A", "B"], file.Voices);
        var problems = new TextProblems();
        problems.Add(file);
        TextProblem problem = Assert.Single(problems.All);
        Assert.Equal((TextProblems.SeveralVoices, $"{name}: A, B"), (problem.Code, problem.Examples[0]));
    }

    [Fact]
    public void Marks_of_voices_before_lines_and_numbers_of_voices_count()
    {
        string srt = "1\n00:00:00,000 --> 00:00:01,000\n[SPEAKER_00]: Hi\n\n"
            + "2\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_01]: Ho\n";
        Assert.Equal(["SPEAKER_00", "SPEAKER_01"], Read("x.srt", srt).Voices);
        string json = "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"Hi\", \"speaker\": 0}, "
            + "{\"start\": 1, \"end\": 2, \"text\": \"Ho\", \"speaker\": 1}]}";
        Assert.Equal(["0", "1"], Read("x.json", json).Voices);
    }

    [Theory]
    [InlineData(
        "x.json",
        "{\"speaker\": \"A\", \"segments\": [{\"start\": 0, \"end\": 1, "
            + "\"text\": \"A speaker: B\", \"speaker\": \"A\"}]}")]
    [InlineData("x.json", "[{\"audio\": \"a.wav\", \"text\": \"x\", \"speaker\": \"A\"}, "
        + "{\"audio\": \"b.wav\", \"text\": \"y\", \"speaker\": \"B\"}]")]
    [InlineData("x.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>Hi\n\n00:01.000 --> 00:02.000\n<v A>Ho\n")]
    [InlineData("x.srt", "1\n00:00:00,000 --> 00:00:01,000\nHi: you\n")]
    public void One_voice_and_lists_of_several_recordings_need_no_word(string name, string content)
    {
        var problems = new TextProblems();
        problems.Add(Read(name, content));
        Assert.Empty(problems.All);
    }

    private static TranscriptFile Read(string name, string content) =>
        TranscriptReader.Read(Encoding.UTF8.GetBytes(content), name, s_decoders.IsKnownName);
}

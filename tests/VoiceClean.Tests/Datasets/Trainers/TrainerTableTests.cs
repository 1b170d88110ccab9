using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Testing.Signals;
using Xunit;

namespace VoiceClean.Tests.Datasets.Trainers;

/// <summary>Trainer, clips it takes, texts it reads: a set of two speakers for each target.</summary>
public class TrainerTableTests(ITestOutputHelper output)
{
    private static readonly string[] English =
    [
        "\"How are you today?\" he asked me.",
        "\"A quote that never ends, he thought.",
        "It was late, and then she said: \"Good night to you.\"",
        "\"All of it is direct speech.\"",
        "He said one | and she said | two of them.",
        "What a lovely surprise 😀🎉 that is for us",
        "It's O'Neill's \"5 o'clock\" train -- isn't it, 'tis?",
        "A long text that goes on and on, with commas; semicolons: colons, and it does not stop before the reader has "
            + "had enough of it, for nobody knows how long a text may be.",
    ];

    private static readonly string[] Chinese =
    [
        "“你好，”他说。今天天气真的很不错。",
        "\"他说：你好吗？今天晚上一起吃饭吧。",
        "我们一起去公园散步😀然后再回家吃饭",
        "一二三｜四五六 | 七八九十，大家一起来数数吧",
        "这是一段很长的话，说了很久还没有说完，因为没有人知道一段话到底可以有多长，大家都在等着听。",
    ];

    [Theory]
    [InlineData("gpt-sovits")]
    [InlineData("f5-tts")]
    [InlineData("xtts")]
    [InlineData("style-bert-vits2")]
    [InlineData("ljspeech")]
    [InlineData("fish-speech")]
    public void A_trainer_takes_every_clip_of_two_speakers_with_its_text(string trainer)
    {
        using var set = new MadeSet();
        Put(set, "anna", English);
        Put(set, "博", Chinese);
        DatasetTarget target = DatasetTargets.Load(trainer);
        DatasetReport report = set.Make(set.Options with { Target = target });
        List<TakenClip> taken = TrainerReaders.Read(trainer, set.Root);
        Dictionary<string, ClipRecord> made = set.Accepted.ToDictionary(c => Path.GetFileName(c.File));
        int equal = taken.Count(t => t.Text.Trim() == made[Path.GetFileName(t.Path)].Text);
        output.WriteLine($"{trainer}: {report.Clips} clips, {taken.Count} taken, {equal} texts equal");
        Assert.Empty(set.Reports.Where(r => r.Reason is not null).Select(r => $"{r.Id}: {r.Reason}, {r.Message}"));
        Assert.Empty(set.Clips.Where(c => c.Reason is not null).Select(c => $"{c.File}: {c.Reason}"));
        Assert.Equal(English.Length + Chinese.Length, report.Clips);
        Assert.Equal((report.Clips, report.Clips), (taken.Count, equal));
        Assert.All(
            taken,
            t => Assert.Equal(
                (t.Speaker.Length > 0 ? made[Path.GetFileName(t.Path)].Speaker : "",
                    t.Language.Length > 0
                        ? Languages.Write(made[Path.GetFileName(t.Path)].Language, target.ListFormat)
                        : ""),
                (t.Speaker, t.Language)));
        // What was heard is what was written: only | cannot stand in a list.
        Assert.Equal(
            English.Concat(Chinese).Select(t => t.Replace(" | ", " ", StringComparison.Ordinal)).Order(),
            set.Accepted.Select(c => c.Text).Order());
        Assert.True(
            SetChecker.Summarize(DatasetTests.Check(set, target), target).IsGood,
            string.Join('\n', DatasetTests.Check(set, target)
                .Select(c => $"{c.File} {c.Status} {string.Join('+', c.Rules.Select(r => $"{r.Rule} {r.Value}"))}")));
    }

    [Fact]
    public void What_pandas_takes_for_a_missing_number_stays_a_text()
    {
        using var set = new MadeSet();
        Put(set, "anna", ["NA", "null", "None", "nan", "Yes."]);
        set.Make(set.Options with { Target = DatasetTargets.Load("xtts") });
        Assert.Equal(
            ["NA", "None", "Yes.", "nan", "null"],
            TrainerReaders.Read("xtts", set.Root).Select(t => t.Text.Trim()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_clips_are_for_evaluation_whatever_is_added()
    {
        using var set = new MadeSet();
        DatasetTarget target = DatasetTargets.Load("xtts");
        Put(set, "anna", English);
        set.Make(set.Options with { Target = target });
        string[] before = File.ReadAllLines(Path.Combine(set.Root, "metadata_eval.csv"));
        Assert.Equal(2, before.Length);
        Put(set, "bo", Chinese);
        set.Make(set.Options with { Target = target });
        string[] after = File.ReadAllLines(Path.Combine(set.Root, "metadata_eval.csv"));
        Assert.Equal(before, after[..2]);
        Assert.Equal(3, after.Length);
    }

    // Speech of about the length that each text takes to say, so that nobody finds it too fast or too slow.
    private static void Put(MadeSet set, string speaker, string[] texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            double seconds = Math.Clamp(TextFigures.EstimatePhonemes(texts[i]) / 12, 2.5, 9);
            string path = set.Put(
                $"{speaker}/{speaker} {i}.wav",
                Talk.Synthetic(seconds, -20, -60, hasPauses: false, seed: i + 1).Samples);
            File.WriteAllText(Path.ChangeExtension(path, ".txt"), texts[i] + "\n");
        }
    }
}

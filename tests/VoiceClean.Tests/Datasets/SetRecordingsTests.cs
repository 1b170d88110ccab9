using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Datasets;

/// <summary>What a recording is called in a set depends on all recordings, and not on who asks.</summary>
public sealed class SetRecordingsTests : IDisposable
{
    private const int Shards = 3;

    private readonly MadeSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Stems_are_those_that_comparing_the_names_themselves_gives()
    {
        var random = new Random(7);
        string[] parts = ["a", "A", "b", "a_b", "é", "e\u0301", "1", "01", "x y", "声", "-", "b.c", "가", "\u1100\u1161"];
        for (int round = 0; round < 60; round++)
        {
            string[] ids =
            [
                .. Enumerable.Range(0, 40)
                    .Select(_ => string.Join('/', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Part()))
                        + (random.Next(2) == 0 ? ".wav" : ".mp3"))
                    .Distinct(),
            ];
            var stems = RecordingStems.Find(ids.Length, i => ids[i]);
            Assert.Equal(ByComparing(ids), ids.Select((id, i) => stems.Of(i, id)));
        }

        string Part() => parts[random.Next(parts.Length)];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_shard_plans_its_share_of_the_whole(bool isListed)
    {
        string[] ids =
        [
            .. Enumerable.Range(0, 12).Select(i => FormattableString.Invariant($"v{i % 4}/{i / 4}.wav")),
            "v1/é.wav", "v1/e\u0301.wav", "v2/0.mp3", "top.wav",
        ];
        foreach (string id in ids)
        {
            _set.Put(id, new float[320]);
        }

        File.WriteAllText(Path.Combine(_set.Inputs, "v3/1.txt"), "what is said");
        string here = Path.GetRelativePath(Environment.CurrentDirectory, _set.Inputs);
        RunInputs inputs = isListed
            ? new RunInputs { Listed = [.. ids.Select(i => Path.Combine(here, i))] }
            : new RunInputs { Paths = [_set.Inputs] };
        SetPlan whole = Plan(inputs);
        Assert.Null(whole.Obstacle);
        DatasetItem[] parts = [.. Enumerable.Range(1, Shards).SelectMany(i => Plan(Share(inputs, i)).Items)];
        Assert.Equal(whole.Items, parts.OrderBy(i => i.Plan.Id, StringComparer.Ordinal));
        Assert.Equal(1, whole.Transcripts.Recordings);
    }

    [Theory]
    [InlineData("v1/a.txt", false, 1)]
    [InlineData("v1/a.txt", true, 1)]
    [InlineData("v2/b.TXT", false, 1)]
    [InlineData("v2/b.wav.json", true, 1)]
    [InlineData("v2/.b.txt", false, 0)]
    [InlineData("c.txt", false, 1)]
    [InlineData("c.txt", true, 1)]
    [InlineData("v1/c.txt", false, 0)]
    public void A_text_beside_a_recording_is_found_whoever_named_the_recording(string text, bool isListed, int found)
    {
        string[] ids = ["v1/a.wav", "v1/d.wav", "v2/a.wav", "v2/b.wav", "c.wav"];
        foreach (string id in ids)
        {
            _set.Put(id, new float[320]);
        }

        File.WriteAllText(
            Path.Combine(_set.Inputs, text),
            text.EndsWith("json", StringComparison.Ordinal) ? """{"text": "what is said"}""" : "what is said");
        string here = Path.GetRelativePath(Environment.CurrentDirectory, _set.Inputs);
        RunInputs inputs = isListed
            ? new RunInputs { Listed = [.. ids.Select(i => Path.Combine(here, i))] }
            : new RunInputs { Paths = [_set.Inputs] };
        inputs = inputs with { Selection = new SelectionOptions { Exclude = [new Glob("**/*.txt")] } };
        SetPlan plan = Plan(inputs);
        Assert.Null(plan.Obstacle);
        Assert.Equal(found, plan.Transcripts.Recordings);
        Assert.All(
            Enumerable.Range(1, Shards),
            i => Assert.Equal(found, Plan(Share(inputs, i)).Transcripts.Recordings));
    }

    [Fact]
    public void Only_its_own_shard_asks_the_disk_about_a_listed_recording()
    {
        string[] listed = [.. Enumerable.Range(0, 9).Select(i => $"nowhere/{i}.wav")];
        var inputs = new RunInputs { Listed = listed };
        SetPlan[] plans = [.. Enumerable.Range(1, Shards).Select(i => Plan(Share(inputs, i)))];
        Assert.All(plans, p => Assert.Equal(listed.Length, p.All.Count));
        Assert.All(plans, p => Assert.All(p.All, i => Assert.Equal(p.Items.Contains(i), i.Plan.Failure is not null)));
    }

    [Fact]
    public void A_name_that_two_recordings_have_stops_every_shard()
    {
        var inputs = new RunInputs { Listed = ["/one/a.wav", "/two/a.wav", "b.wav", "c.wav", "d.wav"] };
        Assert.All(
            Enumerable.Range(1, Shards),
            i => Assert.Equal(ReasonCodes.NameCollision, Plan(Share(inputs, i)).Obstacle?.Code));
    }

    [Fact]
    public void A_recording_is_found_by_its_id()
    {
        _set.Put("anna/a.wav", new float[320]);
        _set.Put("bert/b.wav", new float[320]);
        SetRecordings all = _set.Plan().All;
        Assert.Equal(["anna", "bert"], all.Speakers);
        Assert.All(all, i => Assert.True(all.Contains(i.Plan.Id)));
        Assert.All(["", "anna", "anna/a", "anna/a.wav2", "bert/a.wav", "z"], id => Assert.False(all.Contains(id)));
        Assert.False(SetRecordings.None.Contains(""));
    }

    // In words what the stems are to be: all that want a name get none of it, also not later.
    private static IEnumerable<string> ByComparing(string[] ids)
    {
        var stems = new Dictionary<string, string>();
        var taken = new HashSet<string>();
        for (int form = 0; form < ClipNames.StemForms; form++)
        {
            var groups = ids
                .Where(i => !stems.ContainsKey(i))
                .GroupBy(i => NameFolding.Key(ClipNames.Stem(i, form).ToString()));
            foreach (IGrouping<string, string> group in groups.ToList())
            {
                if (taken.Add(group.Key) && group.Count() == 1)
                {
                    stems.Add(group.First(), ClipNames.Stem(group.First(), form).ToString());
                }
            }
        }

        return ids.Select(i => stems[i]);
    }

    private static RunInputs Share(RunInputs inputs, int index) =>
        inputs with { Share = new ShardChoice(new Shard(index, Shards), null) };

    private SetPlan Plan(RunInputs inputs) =>
        new BuildSet(new BuildSetOptions { Inputs = inputs, OutputFolder = _set.Root }).Plan();
}

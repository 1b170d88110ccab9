using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>
/// A run that looks at little plans what one that looks at everything would, and each shard its share of it.
/// </summary>
public sealed class QuickPlanTests : IDisposable
{
    private const int Shards = 3;

    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_ordinary_tree_with_texts_hidden_files_and_links()
    {
        for (int i = 0; i < 20; i++)
        {
            _folder.Clip($"voice {i % 3}/{i}.wav");
            File.WriteAllText(Path.Combine(_folder.In, $"voice {i % 3}/{i}.txt"), "what is said");
        }

        _folder.Clip("without extension");
        _folder.Clip(".hidden/x.wav");
        _folder.Clip("声/é.wav");
        Directory.CreateSymbolicLink(Path.Combine(_folder.In, "again"), Path.Combine(_folder.In, "声"));
        File.CreateSymbolicLink(Path.Combine(_folder.In, "link.wav"), Path.Combine(_folder.In, "声/é.wav"));
        File.CreateSymbolicLink(Path.Combine(_folder.In, "nowhere.wav"), Path.Combine(_folder.In, "nothing"));
        Assert.True(AgreesWithTheWhole());
    }

    [Theory]
    [InlineData("a.wav", "a.mp3")]
    [InlineData("É.wav", "E\u0301.mp3")]
    [InlineData("B/x.wav", "b/X.flac")]
    [InlineData("c.mp3", "c.wav/d.mp3")]
    public void Names_that_meet_in_other_shards_stop_all(string first, string second)
    {
        for (int i = 0; i < 9; i++)
        {
            _folder.Clip($"{i}.wav");
        }

        _folder.Clip(first);
        _folder.Clip(second);
        Assert.False(AgreesWithTheWhole());
    }

    [Fact]
    public void A_result_that_is_the_input_of_another_shard_by_a_hard_link_stops_the_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "identities of files are known on Linux");
        for (int i = 0; i < 9; i++)
        {
            _folder.Clip($"{i}.wav");
        }

        Directory.CreateDirectory(_folder.Out);
        using var link = System.Diagnostics.Process.Start(
            "ln",
            [Path.Combine(_folder.In, "1.wav"), Path.Combine(_folder.Out, "2.wav")]);
        link.WaitForExit();
        Assert.Equal(0, link.ExitCode);
        Assert.NotNull(Plan(new Shard(1, 1)).Obstacle);
        Shard owner = OwnerOf("2.wav");
        Assert.Contains("would replace the input", Plan(owner).Obstacle!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_among_the_inputs_is_found_by_the_shard_that_would_write_it()
    {
        _folder.Clip("out/a.wav");
        _folder.Clip("a.wav");
        _folder.Clip("b.wav");
        string list = "out/a.wav\na.wav\nb.wav\n";
        string[] listed = [.. list.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string here = Environment.CurrentDirectory;
        RunInputs inputs = new() { Listed = [.. listed.Select(l => Relative(Path.Combine(_folder.In, l), here))] };
        string output = Relative(Path.Combine(_folder.In, "out"), here);
        Shard owner = OwnerOf(inputs.Listed.ElementAt(1));
        Assert.Equal(
            Find(inputs, output, new Shard(1, 1)).Obstacle?.Message,
            Find(inputs, output, owner).Obstacle?.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Shards)]
    public void A_result_that_is_an_input_through_a_link_stops_the_run(int shards)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "identities of files are known on Linux");
        _folder.Clip("1.wav");
        Directory.CreateDirectory(_folder.Out);
        File.Copy(Path.Combine(_folder.In, "1.wav"), Path.Combine(_folder.Out, "2.wav"));
        File.CreateSymbolicLink(Path.Combine(_folder.In, "2.wav"), Path.Combine(_folder.Out, "2.wav"));
        Shard owner = shards == 1 ? new Shard(1, 1) : OwnerOf("2.wav");
        Assert.Contains("would replace the input", Plan(owner).Obstacle!.Message, StringComparison.Ordinal);
    }

    private static Shard OwnerOf(string id) =>
        Enumerable.Range(1, Shards).Select(i => new Shard(i, Shards)).First(s => s.Owns(id));

    private static string Relative(string path, string folder) => Path.GetRelativePath(folder, path);

    // Whether every shard's plan is the share of the whole plan, problems and all. True if it can start.
    private bool AgreesWithTheWhole()
    {
        FolderPlan whole = Plan(new Shard(1, 1));
        BatchPlan slowly = Planner.Plan(whole.Selection.Files, _folder.Out, CollisionPolicy.Fail, Shard.Whole);
        Assert.Equal(slowly.Items, whole.Items);
        Assert.Equal(slowly.Problems.Count > 0, whole.Obstacle is not null);
        for (int i = 1; i <= Shards; i++)
        {
            var shard = new Shard(i, Shards);
            FolderPlan plan = Plan(shard);
            Assert.Equal(whole.Obstacle?.Message, plan.Obstacle?.Message);
            Assert.Equal(whole.Items.Where(p => shard.Owns(p.Id)), plan.Items);
            Assert.Equal(whole.Total, plan.Total);
        }

        return whole.Obstacle is null;
    }

    private FolderPlan Plan(Shard shard) => Find(new RunInputs { Paths = [_folder.In] }, _folder.Out, shard);

    private static FolderPlan Find(RunInputs inputs, string output, Shard shard) =>
        new CleanFolder(
            new CleanFolderOptions
            {
                Inputs = inputs with { Share = new ShardChoice(shard, null) },
                OutputFolder = output,
                Cleaning = BatchFolder.Plain,
            }).Plan();
}

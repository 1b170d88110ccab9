using CsCheck;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Files;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Tests.Runs.Planning;

public sealed class PlannerTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.mp3", "a.wav")]
    [InlineData("s/a.b.m4a", "s/a.b.wav")]
    [InlineData("s.x/name", "s.x/name.wav")]
    [InlineData("s/.wav", "s/.wav.wav")]
    [InlineData("A.WAV", "A.wav")]
    public void The_tree_is_mirrored_with_the_extension_wav(string id, string output)
        => Assert.Equal(output, Assert.Single(Plan(id).Items).Output);

    [Theory]
    [InlineData("a.mp3", "a.wav")]
    [InlineData("A.wav", "a.mp3")]
    [InlineData("s/\u00e9.wav", "S/e\u0301.mp3")]
    [InlineData("\u1ec7.wav", "E\u0323\u0302.wav")]
    [InlineData("\uac01.wav", "\u1100\u1161\u11a8.wav")]
    [InlineData("x.mp3", "x.wav/y.mp3")]
    public void Two_inputs_that_are_one_file_on_some_file_system_are_found_before_any_work(params string[] ids)
    {
        BatchPlan plan = Plan(ids);
        Assert.Equal(ReasonCodes.NameCollision, Assert.Single(plan.Problems).Failure.Code);
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public void With_suffixes_colliding_results_get_free_names_in_the_order_of_the_plan()
    {
        BatchPlan plan = Planner.Plan(
            Files("a-2.ogg", "a.flac", "a.mp3", "a.wav"),
            _folder.Out,
            CollisionPolicy.Suffix,
            Shard.Whole);
        Assert.Empty(plan.Problems);
        Assert.Equal(["a-2.wav", "a.wav", "a-3.wav", "a-4.wav"], plan.Items.Select(i => i.Output));
    }

    [Fact]
    public void In_random_trees_a_plan_without_problems_has_no_folded_name_twice_and_suffixes_always_solve_it()
    {
        Gen<string> name = Gen.OneOf(
            Gen.Const("a"),
            Gen.Const("A"),
            Gen.Const("b"),
            Gen.Const("\u00e9"),
            Gen.Const("e\u0301"),
            Gen.Const("\u00c9"));
        Gen<string> extension = Gen.OneOf(Gen.Const(".wav"), Gen.Const(".mp3"), Gen.Const(""));
        Gen<string> id = Gen.Select(
            name,
            name,
            extension,
            Gen.Bool,
            (folder, stem, end, deep) => (deep ? folder + "/" : "") + stem + end);
        id.HashSet[0, 12]
            .Sample(
                ids =>
                {
                    string[] sorted = [.. ids.Order(StringComparer.Ordinal)];
                    BatchPlan strict = Plan(sorted);
                    BatchPlan lenient = Planner.Plan(Files(sorted), _folder.Out, CollisionPolicy.Suffix, Shard.Whole);
                    bool clash = strict.Items.DistinctBy(i => NameFolding.Key(i.Output)).Count() < strict.Items.Count;
                    Assert.Equal(clash, strict.Problems.Any(p => p.Failure.Code == ReasonCodes.NameCollision));
                    Assert.Equal(sorted.Length, lenient.Items.DistinctBy(i => NameFolding.Key(i.Output)).Count());
                },
                iter: 2000,
                threads: 1);
    }

    [Fact]
    public void Whatever_path_a_list_names_the_result_stays_in_the_output_or_the_plan_has_a_problem()
    {
        Gen<string> part = Gen.OneOf(
            Gen.Const(".."),
            Gen.Const("."),
            Gen.Const("a"),
            Gen.Const("b"),
            Gen.Const(""),
            Gen.Const(".voiceclean"),
            Gen.Const("c.wav"));
        Gen<string> path = Gen.Select(
            part.Array[1, 6],
            Gen.Bool,
            (parts, rooted) => (rooted ? "/" : "") + string.Join('/', parts) + "/x.mp3");
        string root = Path.GetFullPath(_folder.Out) + Path.DirectorySeparatorChar;
        path.Sample(
            listed =>
            {
                FileSelection selection = FileSelection.Select(
                    [],
                    [listed],
                    new SelectionOptions(),
                    AudioDecoders.CreateDefault());
                BatchPlan plan = Planner.Plan(selection.Files, _folder.Out, CollisionPolicy.Fail, Shard.Whole);
                PlanItem item = Assert.Single(plan.Items);
                bool inside =
                    Path.GetFullPath(item.OutputPath).StartsWith(root, StringComparison.Ordinal)
                    && !Path.GetFullPath(item.OutputPath).StartsWith(root + StateFolder.Name, StringComparison.Ordinal);
                Assert.Equal(!inside, plan.Problems.Any(p => p.Failure.Code == ReasonCodes.OutsideOutputRoot));
            },
            iter: 2000,
            threads: 1);
    }

    [Fact]
    public void A_folder_in_the_output_that_is_a_link_does_not_lead_results_out_of_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs symbolic links");
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere")).FullName;
        Directory.CreateDirectory(_folder.Out);
        File.CreateSymbolicLink(Path.Combine(_folder.Out, "s"), elsewhere);
        Assert.Equal(ReasonCodes.OutsideOutputRoot, Assert.Single(Plan("s/t/a.wav", "b.wav").Problems).Failure.Code);
    }

    [Theory]
    [InlineData("same")]
    [InlineData("symbolic")]
    [InlineData("hard")]
    [InlineData("folder")]
    public void A_result_that_would_replace_an_input_by_whatever_link_is_found_before_any_work(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs links");
        string input = _folder.Clip("a.wav");
        byte[] content = File.ReadAllBytes(input);
        string output =
            kind == "same" ? _folder.In
            : kind == "folder" ? Path.Combine(_folder.Root, "linked")
            : Directory.CreateDirectory(_folder.Out).FullName;
        switch (kind)
        {
            case "symbolic":
                File.CreateSymbolicLink(Path.Combine(output, "a.wav"), input);
                break;
            case "hard":
                ExternalProgram.Run("ln", input, Path.Combine(output, "a.wav"));
                break;
            case "folder":
                File.CreateSymbolicLink(output, _folder.In);
                break;
        }

        BatchPlan plan = Planner.Plan([new SelectedFile(input, "a.wav")], output, CollisionPolicy.Fail, Shard.Whole);
        Assert.Equal(ReasonCodes.InputIsOutput, Assert.Single(plan.Problems).Failure.Code);
        Assert.Equal(content, File.ReadAllBytes(input));
    }

    [Fact]
    public void A_name_longer_than_file_systems_take_fails_by_itself()
    {
        BatchPlan plan = Plan("a.wav", new string('n', 254) + ".a", "é" + new string('n', 249) + ".wav");
        Assert.Empty(plan.Problems);
        Assert.Equal([null, ReasonCodes.NameTooLong, null], plan.Items.Select(i => i.Failure?.Code));
    }

    [Fact]
    public void The_plans_of_all_shards_together_are_the_whole_plan()
    {
        SelectedFile[] files =
        [
            .. Files([.. Enumerable.Range(0, 100).Select(i => $"{i:000}.mp3"), "050.wav"])
                .OrderBy(f => f.Id, StringComparer.Ordinal),
        ];
        BatchPlan whole = Planner.Plan(files, _folder.Out, CollisionPolicy.Suffix, Shard.Whole);
        IEnumerable<PlanItem> parts = Enumerable
            .Range(1, 3)
            .SelectMany(i => Planner.Plan(files, _folder.Out, CollisionPolicy.Suffix, new Shard(i, 3)).Items);
        Assert.Equal(whole.Items, parts.OrderBy(i => i.Id, StringComparer.Ordinal));
    }

    private BatchPlan Plan(params string[] ids) =>
        Planner.Plan(Files(ids), _folder.Out, CollisionPolicy.Fail, Shard.Whole);

    private static SelectedFile[] Files(params string[] ids) =>
        [.. ids.Select(id => new SelectedFile("/nowhere/" + id, id))];
}

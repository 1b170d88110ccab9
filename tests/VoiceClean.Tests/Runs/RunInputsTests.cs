using VoiceClean.Datasets;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>What shares do about inputs that are not there on their machine.</summary>
public sealed class RunInputsTests : IDisposable
{
    private const int Shards = 4;

    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("batch", false)]
    [InlineData("batch", true)]
    [InlineData("inspect", false)]
    [InlineData("dataset", false)]
    [InlineData("dataset", true)]
    public void No_share_begins_where_a_folder_is_missing(string work, bool isListed)
    {
        _folder.Clip("a.wav");
        string[] given = [_folder.In, Path.Combine(_folder.Root, "not mounted")];
        var inputs = isListed ? new RunInputs { Listed = given } : new RunInputs { Paths = given };
        for (int i = 1; i <= Shards; i++)
        {
            InputException refusal = Assert.Throws<InputException>(() => Plan(work, inputs, new Shard(i, Shards)));
            Assert.Equal(ReasonCodes.NotFound, refusal.Code);
            Assert.Contains(
                "not mounted does not exist here; check the name, and that this machine sees the folder",
                refusal.Message,
                StringComparison.Ordinal);
        }

        Plan(work, inputs, Shard.Whole);
        Assert.False(Directory.Exists(_folder.Out));
    }

    [Fact]
    public void A_missing_file_is_the_matter_of_the_share_that_owns_it()
    {
        string clip = _folder.Clip("a.wav");
        var inputs = new RunInputs { Paths = [clip, Path.Combine(_folder.In, "gone.wav")] };
        int failures = 0;
        for (int i = 1; i <= Shards; i++)
        {
            var clean = new CleanFolder(Options(inputs, new Shard(i, Shards)));
            failures += clean.Plan().Items.Count(p => p.Failure is not null);
        }

        Assert.Equal(1, failures);
    }

    private CleanFolderOptions Options(RunInputs inputs, Shard shard) => new()
    {
        Inputs = Of(inputs, shard),
        OutputFolder = _folder.Out,
        Cleaning = BatchFolder.Plain,
    };

    private static RunInputs Of(RunInputs inputs, Shard shard) =>
        inputs with { Share = new ShardChoice(shard, null) };

    private void Plan(string work, RunInputs inputs, Shard shard)
    {
        switch (work)
        {
            case "batch":
                new CleanFolder(Options(inputs, shard)).Plan();
                break;
            case "inspect":
                new InspectFolder(new InspectFolderOptions { Inputs = Of(inputs, shard) }).Plan();
                break;
            default:
                new BuildSet(new BuildSetOptions { Inputs = Of(inputs, shard), OutputFolder = _folder.Out }).Plan();
                break;
        }
    }
}

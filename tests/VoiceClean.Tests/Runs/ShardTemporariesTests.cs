using VoiceClean.Files;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;
using Xunit;

namespace VoiceClean.Tests.Runs;

/// <summary>Whose unfinished files lie in an output that several runs share.</summary>
public sealed class ShardTemporariesTests : IDisposable
{
    private readonly BatchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_file_that_a_shard_writes_has_its_mark_until_it_is_complete()
    {
        for (int i = 0; i < 8; i++)
        {
            _folder.Clip($"s/{i}.wav");
        }

        var shard = new Shard(2, 3);
        var disk = new WatchedDisk(shard.Mark);
        int count = _folder.Run(files: disk, shard: shard).Reports.Count;
        Assert.InRange(count, 1, 7);
        Assert.InRange(disk.Created.Count, count, int.MaxValue);
        Assert.All(disk.Created, p => Assert.True(AtomicFile.IsMarked(Path.GetFileName(p), shard.Mark), p));
    }

    [Theory]
    [InlineData(false, 3, false)]
    [InlineData(true, 3, true)]
    [InlineData(false, 1, false)]
    [InlineData(true, 1, true)]
    public void A_run_with_a_memory_of_its_own_leaves_young_files_alone(bool elsewhere, int shards, bool stays)
    {
        string root = Directory.CreateTempSubdirectory("shard-").FullName;
        try
        {
            string output = Path.Combine(root, "out"), memory = Path.Combine(root, "memory");
            Directory.CreateDirectory(output);
            string file = Path.Combine(output, ".vc-000201234567.tmp");
            File.WriteAllText(file, "");
            Shard shard = shards == 1 ? Shard.Whole : new Shard(2, shards);
            using var state = StateFolder.Open(output, shard, memory: elsewhere ? memory : null);
            Assert.Equal(stays, File.Exists(file));
            Assert.Equal(elsewhere ? "" : shard.Mark, state.Files.Mark);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}

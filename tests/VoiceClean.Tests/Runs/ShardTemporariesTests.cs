using VoiceClean.Files;
using VoiceClean.Runs.Sharding;
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
}

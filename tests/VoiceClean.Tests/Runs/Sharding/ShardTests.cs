using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using VoiceClean.Errors;
using VoiceClean.Runs.Sharding;
using Xunit;

namespace VoiceClean.Tests.Runs.Sharding;

public class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Every_id_belongs_to_exactly_the_shard_of_its_hash_modulo_their_number(int count)
    {
        for (int i = 0; i < 200; i++)
        {
            string id = $"声/clip {i}.m4a";
            int expected =
                (int)(
                    new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(id)), isUnsigned: true, isBigEndian: true)
                    % count) + 1;
            Assert.Equal([expected], Enumerable.Range(1, count).Where(n => new Shard(n, count).Owns(id)));
        }
    }

    [Fact]
    public void Shards_are_about_equally_large()
    {
        int[] sizes =
        [
            .. Enumerable
                .Range(1, 8)
                .Select(n => Enumerable.Range(0, 8000).Count(i => new Shard(n, 8).Owns($"{i}.wav"))),
        ];
        Assert.Equal(8000, sizes.Sum());
        Assert.All(sizes, s => Assert.InRange(s, 850, 1150));        // 5 standard deviations
    }

    [Theory]
    [InlineData("1/1", 1, 1)]
    [InlineData("8/8", 8, 8)]
    public void An_explicit_share_is_read(string text, int index, int count) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(text, _ => null));

    [Theory]
    [InlineData(
        "auto",
        3,
        4,
        "SLURM_ARRAY_TASK_ID=7",
        "SLURM_ARRAY_TASK_MIN=5",
        "SLURM_ARRAY_TASK_COUNT=4",
        "SLURM_ARRAY_TASK_STEP=1")]
    [InlineData(
        "auto",
        2,
        3,
        "SLURM_ARRAY_TASK_ID=4",
        "SLURM_ARRAY_TASK_MIN=1",
        "SLURM_ARRAY_TASK_COUNT=3",
        "SLURM_ARRAY_TASK_STEP=3")]
    [InlineData("auto", 1, 4, "SLURM_PROCID=0", "SLURM_NTASKS=4")]
    [InlineData("auto", 5, 10, "AWS_BATCH_JOB_ARRAY_INDEX=4", "AWS_BATCH_JOB_ARRAY_SIZE=10")]
    [InlineData("auto", 3, 5, "JOB_COMPLETION_INDEX=2", "JOB_COMPLETIONS=5")]
    [InlineData("auto/5", 3, 5, "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto", 10, 10, "SGE_TASK_ID=91", "SGE_TASK_FIRST=1", "SGE_TASK_LAST=100", "SGE_TASK_STEPSIZE=10")]
    [InlineData("auto/20", 20, 20, "PBS_ARRAY_INDEX=20")]
    [InlineData("auto/20", 1, 20, "PBS_ARRAYID=1")]
    [InlineData("auto", 2, 2, "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2")]
    [InlineData("auto", 2, 2, "PMI_RANK=1", "PMI_SIZE=2")]
    [InlineData("auto", 4, 8, "SGE_TASK_ID=undefined", "MV2_COMM_WORLD_RANK=3", "MV2_COMM_WORLD_SIZE=8")]
    public void Auto_asks_the_scheduler(string text, int index, int count, params string[] variables)
        => Assert.Equal(new Shard(index, count), Shard.Parse(text, Reader(variables)));

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("-1/4")]
    [InlineData("1/4/2")]
    [InlineData("auto")]
    [InlineData("auto/0", "JOB_COMPLETION_INDEX=0")]
    [InlineData("auto", "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto/2", "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto/4", "PBS_ARRAY_INDEX=0")]
    public void Anything_else_is_a_mistake_of_usage(string text, params string[] variables) =>
        Assert.Equal(
            ErrorKind.Usage,
            Assert.Throws<VoiceCleanException>(() => Shard.Parse(text, Reader(variables))).Kind);

    private static Func<string, string?> Reader(string[] variables)
    {
        var values = variables.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        return name => values.GetValueOrDefault(name);
    }
}

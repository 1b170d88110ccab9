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
        Assert.Equal(new ShardChoice(new Shard(index, count), null), Shard.Parse(text, _ => null));

    [Theory]
    [InlineData("auto", 5, 10, "AWS_BATCH_JOB_ARRAY_INDEX=4", "AWS_BATCH_JOB_ARRAY_SIZE=10")]
    [InlineData("auto", 3, 5, "JOB_COMPLETION_INDEX=2", "JOB_COMPLETIONS=5")]
    [InlineData("auto/5", 3, 5, "JOB_COMPLETION_INDEX=2")]
    [InlineData("auto", 1, 6, "CLOUD_RUN_TASK_INDEX=0", "CLOUD_RUN_TASK_COUNT=6")]
    [InlineData("auto", 2, 2, "OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE=2")]
    [InlineData("auto", 2, 2, "PMI_RANK=1", "PMI_SIZE=2")]
    [InlineData("auto", 4, 8, "SGE_TASK_ID=undefined", "MV2_COMM_WORLD_RANK=3", "MV2_COMM_WORLD_SIZE=8")]
    [InlineData("auto", 1, 4, "SLURM_PROCID=0", "SLURM_NTASKS=9", "SLURM_STEP_NUM_TASKS=4")]
    [InlineData("auto", 1, 1, "SLURM_PROCID=0", "SLURM_NTASKS=1")]
    public void A_rank_counts_from_0(string text, int index, int count, params string[] variables) =>
        Assert.Equal(new Shard(index, count), Shard.Parse(text, Reader(variables)).Shard);

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID")]
    [InlineData("SGE_TASK_ID")]
    [InlineData("PBS_ARRAY_INDEX")]
    [InlineData("PBS_ARRAYID")]
    [InlineData("PARALLEL_SEQ")]
    public void Tasks_from_0_or_from_1_are_each_shard_once(string variable)
    {
        foreach (int first in new[] { 0, 1 })
        {
            IEnumerable<int> shards = Enumerable
                .Range(first, 12)
                .Select(id => Shard.Parse("auto/12", Reader([$"{variable}={id}"])).Shard.Index);
            Assert.Equal(Enumerable.Range(1, 12), shards.Order());
        }
    }

    [Theory]
    [InlineData(0, 5, 1)]
    [InlineData(6, 11, 1)]
    [InlineData(3, 4, 1)]
    [InlineData(0, 11, 1)]
    [InlineData(1, 12, 1)]
    [InlineData(1, 9, 4)]
    public void The_number_of_a_task_is_its_shard_whatever_else_is_submitted(int first, int last, int step)
    {
        for (int id = first; id <= last; id += step)
        {
            string[] slurm =
            [
                $"SLURM_ARRAY_TASK_ID={id}",
                $"SLURM_ARRAY_TASK_MIN={first}",
                $"SLURM_ARRAY_TASK_MAX={last}",
                $"SLURM_ARRAY_TASK_STEP={step}",
                $"SLURM_ARRAY_TASK_COUNT={((last - first) / step) + 1}",
            ];
            string[] sge =
                [$"SGE_TASK_ID={id}", $"SGE_TASK_FIRST={first}", $"SGE_TASK_LAST={last}", $"SGE_TASK_STEPSIZE={step}"];
            Assert.Equal(new Shard(id == 0 ? 12 : id, 12), Shard.Parse("auto/12", Reader(slurm)).Shard);
            Assert.Equal(new Shard(id == 0 ? 12 : id, 12), Shard.Parse("auto/12", Reader(sge)).Shard);
            Assert.Equal(new Shard(id == 0 ? 12 : id, 12), Shard.Parse("auto", Reader(slurm), pinned: 12).Shard);
        }
    }

    [Theory]
    [InlineData(0, 11)]
    [InlineData(1, 12)]
    public void The_size_of_a_whole_array_is_believed_only_where_the_output_pins_it(int first, int last)
    {
        Func<string, string?> read = Reader(
            ["SLURM_ARRAY_TASK_ID=3", $"SLURM_ARRAY_TASK_MIN={first}", $"SLURM_ARRAY_TASK_MAX={last}"]);
        Assert.Equal(new Shard(3, 12), Shard.Parse("auto", read).Shard);
        Assert.Contains(
            "auto/N",
            Assert.Throws<VoiceCleanException>(() => Shard.Parse("auto", read, mayBePinned: false)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void GNU_parallel_within_a_batch_script_of_Slurm_is_asked_rather_than_the_script() =>
        Assert.Equal(
            new Shard(7, 12),
            Shard.Parse("auto/12", Reader(["SLURM_PROCID=0", "SLURM_NTASKS=1", "PARALLEL_SEQ=7"])).Shard);

    [Fact]
    public void A_share_says_who_chose_it() =>
        Assert.Equal(
            "shard 3 of 12 (Slurm array: SLURM_ARRAY_TASK_ID=3)",
            Shard.Parse("auto/12", Reader(["SLURM_ARRAY_TASK_ID=3"])).ToString());

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
    [InlineData("auto/4", "JOB_COMPLETION_INDEX=2", "JOB_COMPLETIONS=5")]
    [InlineData("auto/4", "PBS_ARRAY_INDEX=5")]
    [InlineData("auto", "PARALLEL_SEQ=1")]
    [InlineData("auto", "LSB_JOBINDEX=0")]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=7", "SLURM_ARRAY_TASK_MIN=5", "SLURM_ARRAY_TASK_MAX=8")]
    [InlineData("auto", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_MIN=3", "SLURM_ARRAY_TASK_MAX=3")]
    [InlineData("auto", "SGE_TASK_ID=91", "SGE_TASK_FIRST=1", "SGE_TASK_LAST=100", "SGE_TASK_STEPSIZE=10")]
    public void Anything_else_is_a_mistake_of_usage(string text, params string[] variables) =>
        Assert.Equal(
            ErrorKind.Usage,
            Assert.Throws<VoiceCleanException>(() => Shard.Parse(text, Reader(variables))).Kind);

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=1", "PARALLEL_SEQ=3")]
    [InlineData("SLURM_ARRAY_TASK_ID=1", "PARALLEL_SEQ=2")]
    [InlineData("SLURM_ARRAY_TASK_ID=1", "AWS_BATCH_JOB_ARRAY_INDEX=1")]
    public void Two_schedulers_that_say_another_shard_each_are_refused(params string[] variables) =>
        Assert.Contains(
            string.Join(", ", variables),
            Assert.Throws<VoiceCleanException>(() => Shard.Parse("auto/4", Reader(variables))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("JOB_COMPLETION_INDEX=1", "AWS_BATCH_JOB_ARRAY_INDEX=1")]
    [InlineData("SLURM_ARRAY_TASK_ID=2", "PARALLEL_SEQ=2", "LSB_JOBINDEX=0", "SGE_TASK_ID=undefined")]
    [InlineData("SLURM_ARRAY_TASK_ID=2", "SLURM_PROCID=0", "SLURM_STEP_NUM_TASKS=1")]
    public void Two_that_say_the_same_are_not(params string[] variables) =>
        Assert.Equal(new Shard(2, 4), Shard.Parse("auto/4", Reader(variables)).Shard);

    [Theory]
    [InlineData("auto")]
    [InlineData("auto/4")]
    public void A_batch_script_is_not_taken_for_the_first_of_the_tasks_that_it_was_to_start(string text) =>
        Assert.Contains(
            "write srun before the command",
            Assert.Throws<VoiceCleanException>(
                () => Shard.Parse(text, Reader(["SLURM_PROCID=0", "SLURM_NTASKS=4"]))).Message,
            StringComparison.Ordinal);

    private static Func<string, string?> Reader(string[] variables)
    {
        var values = variables.Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        return name => values.GetValueOrDefault(name);
    }
}

using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Runs.Sharding;

/// <summary>What schedulers tell a job about its place among its siblings, through environment variables.</summary>
/// <remarks>
/// Sources: sbatch(1) and srun(1), "Output environment variables"; Kubernetes, "Indexed Job for parallel processing";
/// AWS Batch user guide, "Job environment variables"; Cloud Run, "Container runtime contract"; qsub(1) of Grid Engine,
/// option -t; OpenPBS and TORQUE qsub(1), options -J and -t; IBM Spectrum LSF, "Environment variables"; Open MPI
/// mpirun(1); PMI; GNU parallel(1).
/// </remarks>
internal static class ShardVariables
{
    /// <summary>One scheduler.</summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Index">Variable with the index.</param>
    /// <param name="Count">Variable with the number of siblings, or null if none says it.</param>
    private record Scheduler(string Name, string Index, string? Count)
    {
        /// <summary>Whether the processes of one program are numbered, and not the tasks of a job.</summary>
        public bool IsMpi { get; init; }
    }

    /// <summary>
    /// Numbers its siblings itself, from 0: the job has a fixed size, and who fails keeps his number.
    /// </summary>
    private sealed record Ranks(string Name, string Index, string? Count) : Scheduler(Name, Index, Count);

    /// <summary>
    /// The user chooses the numbers at each submission, often only a part of them. So the number itself is the shard,
    /// whatever else is submitted; 0 is the last one, which serves arrays from 0 and from 1.
    /// </summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Index">Variable with the number.</param>
    /// <param name="First">Variable with the lowest number of this submission, or null.</param>
    /// <param name="Last">Variable with the highest one, or null.</param>
    /// <param name="Step">Variable with their distance, or null.</param>
    private sealed record TaskIds(
        string Name,
        string Index,
        string? First,
        string? Last,
        string? Step) : Scheduler(Name, Index, null);

    private const string Step = "Slurm", Submitted = "SLURM_NTASKS";

    // In this order: an array job may run inside something else, and processes of MPI inside an array job. Slurm sets
    // SLURM_PROCID to 0 of 1 for whatever a batch script starts, so GNU parallel comes before it.
    private static readonly Scheduler[] Known =
    [
        new TaskIds(
            "Slurm array",
            "SLURM_ARRAY_TASK_ID",
            "SLURM_ARRAY_TASK_MIN",
            "SLURM_ARRAY_TASK_MAX",
            "SLURM_ARRAY_TASK_STEP"),
        new Ranks("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"),
        new Ranks("Kubernetes", "JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"),
        new Ranks("Cloud Run", "CLOUD_RUN_TASK_INDEX", "CLOUD_RUN_TASK_COUNT"),
        new TaskIds("Grid Engine", "SGE_TASK_ID", "SGE_TASK_FIRST", "SGE_TASK_LAST", "SGE_TASK_STEPSIZE"),
        new TaskIds("PBS", "PBS_ARRAY_INDEX", null, null, null),
        new TaskIds("TORQUE", "PBS_ARRAYID", null, null, null),
        new TaskIds("LSF", "LSB_JOBINDEX", null, null, "LSB_JOBINDEX_STEP"),
        new Ranks("Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE") { IsMpi = true },
        new Ranks("MPI (PMI)", "PMI_RANK", "PMI_SIZE") { IsMpi = true },
        new Ranks("MVAPICH", "MV2_COMM_WORLD_RANK", "MV2_COMM_WORLD_SIZE") { IsMpi = true },
        new TaskIds("GNU parallel", "PARALLEL_SEQ", null, null, null),
        new Ranks(Step, "SLURM_PROCID", "SLURM_STEP_NUM_TASKS") { IsMpi = true },
    ];

    /// <summary>The shard of this process.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="count">The number of shards as far as it is known already.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="VoiceCleanException">No scheduler is found, it does not say enough, or what it says would leave
    /// shards to nobody (kind <see cref="ErrorKind.Usage"/>).</exception>
    public static ShardChoice Find(Func<string, string?> read, KnownShardCount count, string name)
    {
        foreach (Scheduler scheduler in Known)
        {
            // Not set, "undefined" as Grid Engine has it outside of arrays, or 0 as LSF has it there.
            if (Number(read, scheduler.Index) is not { } index || (index == 0 && scheduler.Name == "LSF"))
            {
                continue;
            }

            Shard shard = scheduler is TaskIds tasks
                ? OfTask(tasks, index, count, read, name)
                : OfRank(scheduler, index, count, read, name);
            RefuseAnother(read, scheduler, shard, name);
            return new ShardChoice(shard, $"{scheduler.Name}: {scheduler.Index}={index}");
        }

        throw Wrong(
            $"{name} auto: no scheduler is found (Slurm, AWS Batch, Kubernetes, Cloud Run, Grid Engine, PBS, LSF, MPI, "
                + $"GNU parallel); write {name} i/n, for instance 1/8.");
    }

    // Where one job runs within another, as GNU parallel in a pod, all tasks of the inner one would do the shard of the
    // outer one, and those of its siblings perhaps nobody.
    private static void RefuseAnother(Func<string, string?> read, Scheduler asked, Shard shard, string name)
    {
        foreach (Scheduler other in Known)
        {
            if (!asked.IsMpi && !other.IsMpi && other != asked && Number(read, other.Index) is { } index
                && !(index == 0 && other.Name == "LSF")
                && (other is Ranks ? index + 1 : index == 0 ? shard.Count : index) != shard.Index)
            {
                throw Wrong(
                    $"{name} auto: two schedulers say another shard each ({asked.Index}={read(asked.Index)}, "
                        + $"{other.Index}={index}); write {name} i/n.");
            }
        }
    }

    private static Shard OfRank(
        Scheduler scheduler,
        long index,
        KnownShardCount known,
        Func<string, string?> read,
        string name)
    {
        string? counted = scheduler.Name == Step && Number(read, scheduler.Count) is null ? Submitted : scheduler.Count;
        long? siblings = Number(read, counted);
        if (counted == Submitted && siblings > 1)
        {
            // Only srun starts several. What a batch script starts without it is one, but is told the number of all.
            throw Wrong(
                $"{name} auto: Slurm has room for {siblings} tasks ({Submitted}), but this is the script that is to "
                    + $"start them; write srun before the command, or {name} i/n.");
        }

        if (known.Given is { } given && siblings is { } size && size != given)
        {
            throw Wrong(
                $"{name} auto/{given}: {scheduler.Name} runs {size} of them ({counted}), so the shards would "
                    + $"not all be done once; write {name} auto, or start {given}.");
        }

        long count = known.Given ?? siblings ?? known.Pinned ?? throw HowMany(scheduler, index, name);
        return index < count && count <= int.MaxValue
            ? new Shard((int)index + 1, (int)count)
            : throw Wrong(
                $"{scheduler.Name} says {scheduler.Index}={index}, which is not one of {count} shards counted from 0; "
                    + $"write {name} i/n instead.");
    }

    private static Shard OfTask(
        TaskIds tasks,
        long index,
        KnownShardCount known,
        Func<string, string?> read,
        string name)
    {
        long count = known.Given
            ?? known.Pinned
            ?? (known.MayBePinned ? WholeArray(tasks, read) : null)
            ?? throw HowMany(tasks, index, name);
        return index <= count && count <= int.MaxValue
            ? new Shard((int)(index == 0 ? count : index), (int)count)
            : throw Wrong(
                $"{tasks.Name} says {tasks.Index}={index}, which is not one of {count} shards; number the tasks from 0 "
                    + $"to {count - 1} or from 1 to {count}, or write {name} i/n.");
    }

    // How many tasks an array has that is plainly submitted as a whole: from 0 or 1, without gaps. What is submitted
    // again later takes the number from the output, where it is pinned.
    private static long? WholeArray(TaskIds tasks, Func<string, string?> read) =>
        Number(read, tasks.First) is { } first and (0 or 1)
        && Number(read, tasks.Last) is { } last
        && (Number(read, tasks.Step) ?? 1) == 1
            ? last - first + 1
            : null;

    private static VoiceCleanException HowMany(Scheduler scheduler, long index, string name) =>
        Wrong(
            $"{scheduler.Name} says which shard this is ({scheduler.Index}={index}) but not for certain how many there "
                + $"are; write {name} auto/N, with the same N whenever a part of them is submitted again"
                + (scheduler.Count is { } variable ? $", or set {variable}." : "."));

    private static long? Number(Func<string, string?> read, string? variable) =>
        variable is not null
        && long.TryParse(read(variable), NumberStyles.None, CultureInfo.InvariantCulture, out long n)
            ? n
            : null;

    private static VoiceCleanException Wrong(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Runs.Sharding;

/// <summary>What schedulers tell a job about its place among its siblings, through environment variables.</summary>
/// <remarks>
/// Sources: sbatch(1) and srun(1), "Output environment variables"; Kubernetes, "Indexed Job for parallel processing";
/// AWS Batch user guide, "Job environment variables"; qsub(1) of Grid Engine, option -t; OpenPBS and TORQUE qsub(1),
/// options -J and -t; Open MPI mpirun(1); PMI.
/// </remarks>
internal static class ShardVariables
{
    /// <summary>
    /// One scheduler: the variables for the index, for the first index, for the step, and for how many there are.
    /// </summary>
    /// <param name="Name">For messages.</param>
    /// <param name="Index">Names of the variable with the index.</param>
    /// <param name="First">Variable with the lowest index, or null if that is <paramref name="Base"/>.</param>
    /// <param name="Base">The lowest index where no variable says it.</param>
    /// <param name="Step">Variable with the distance of indices, or null for 1.</param>
    /// <param name="Count">Variable with the number of siblings, or null if none says it.</param>
    /// <param name="Last">Variable with the highest index, for schedulers that tell that instead of the number.</param>
    private sealed record Scheduler(
        string Name,
        string Index,
        string? First,
        int Base,
        string? Step,
        string? Count,
        string? Last);

    // In this order: an array job may run inside something else, and processes of MPI inside an array job.
    private static readonly Scheduler[] Known =
    [
        new(
            "Slurm array",
            "SLURM_ARRAY_TASK_ID",
            "SLURM_ARRAY_TASK_MIN",
            0,
            "SLURM_ARRAY_TASK_STEP",
            "SLURM_ARRAY_TASK_COUNT",
            null),
        new("AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", null, 0, null, "AWS_BATCH_JOB_ARRAY_SIZE", null),
        new("Kubernetes", "JOB_COMPLETION_INDEX", null, 0, null, "JOB_COMPLETIONS", null),
        new("Grid Engine", "SGE_TASK_ID", "SGE_TASK_FIRST", 1, "SGE_TASK_STEPSIZE", null, "SGE_TASK_LAST"),
        new("PBS", "PBS_ARRAY_INDEX", null, 1, null, null, null),
        new("TORQUE", "PBS_ARRAYID", null, 1, null, null, null),
        new("Open MPI", "OMPI_COMM_WORLD_RANK", null, 0, null, "OMPI_COMM_WORLD_SIZE", null),
        new("MPI (PMI)", "PMI_RANK", null, 0, null, "PMI_SIZE", null),
        new("MVAPICH", "MV2_COMM_WORLD_RANK", null, 0, null, "MV2_COMM_WORLD_SIZE", null),
        new("Slurm", "SLURM_PROCID", null, 0, null, "SLURM_NTASKS", null),
    ];

    /// <summary>The shard of this process.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="givenCount">The number of shards, if the user says it; some schedulers do not.</param>
    /// <param name="name">What the option is called, for messages.</param>
    /// <exception cref="VoiceCleanException">No scheduler is found, or it does not say enough.</exception>
    public static Shard Find(Func<string, string?> read, int? givenCount, string name)
    {
        foreach (Scheduler scheduler in Known)
        {
            if (Number(read, scheduler.Index) is not { } index)
            {
                continue;      // not set, or "undefined" as Grid Engine has it outside of arrays
            }

            long first = Number(read, scheduler.First) ?? scheduler.Base;
            long step = Math.Max(1, Number(read, scheduler.Step) ?? 1);
            long? count =
                givenCount
                ?? Number(read, scheduler.Count)
                ?? (Number(read, scheduler.Last) is { } last ? ((last - first) / step) + 1 : null);
            if (count is null)
            {
                throw Wrong(
                    $"{scheduler.Name} says which shard this is ({scheduler.Index}={index}) but not how many there "
                        + $"are; write {name} auto/N"
                        + (scheduler.Count is { } variable ? $" or set {variable}." : "."));
            }

            long place = (index - first) / step;
            return count is >= 1 and <= int.MaxValue && place >= 0 && place < count && (index - first) % step == 0
                ? new Shard((int)place + 1, (int)count)
                : throw Wrong(
                    $"{scheduler.Name} says {scheduler.Index}={index}, which is not one of {count} shards that begin "
                        + $"at {first}; write {name} i/n instead.");
        }

        throw Wrong(
            $"{name} auto: no scheduler is found (Slurm, AWS Batch, Kubernetes, Grid Engine, PBS, MPI); write {name} "
                + "i/n, for instance 1/8.");
    }

    private static long? Number(Func<string, string?> read, string? variable) =>
        variable is not null
        && long.TryParse(read(variable), NumberStyles.None, CultureInfo.InvariantCulture, out long n)
            ? n
            : null;

    private static VoiceCleanException Wrong(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

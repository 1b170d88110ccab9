using System.Globalization;

namespace VoiceClean.Cli.Commands;

/// <summary>How many processors this process may use.</summary>
internal static class Processors
{
    /// <summary>
    /// Processors this process may use. The runtime already honours the affinity mask and the CPU quota of the control
    /// group; schedulers that enforce neither say in a variable what they have granted.
    /// </summary>
    public static int Allowed(Func<string, string?> read)
    {
        int allowed = Environment.ProcessorCount;
        foreach (string variable in (string[])["SLURM_CPUS_PER_TASK", "NSLOTS", "NCPUS", "PBS_NP"])
        {
            bool isNumber = int.TryParse(
                read(variable),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int granted);
            allowed = isNumber && granted >= 1 ? Math.Min(allowed, granted) : allowed;
        }

        return allowed;
    }
}

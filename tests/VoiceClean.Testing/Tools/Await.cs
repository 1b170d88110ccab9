using System.Diagnostics;

namespace VoiceClean.Testing.Tools;

/// <summary>
/// Waits for events. Nothing in a test may depend on how fast the machine is: its limit is there to end what hangs, and
/// no event that comes is too late.
/// </summary>
public static class Await
{
    /// <summary>How long to wait before something counts as hanging: far longer than anything here takes.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(4);

    /// <summary>Waits until the condition holds, looking every few milliseconds.</summary>
    /// <param name="condition">Looked at on this thread.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It does not hold after <see cref="Limit"/>.</exception>
    public static void Until(Func<bool> condition, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Limit)
            {
                throw new TimeoutException($"{what}: not so after {Limit}.");
            }

            Thread.Sleep(5);
        }
    }

    /// <summary>Waits for the end of a process, and kills it with its children if it hangs.</summary>
    /// <param name="process">A process that was started.</param>
    /// <exception cref="TimeoutException">It still runs after <see cref="Limit"/>.</exception>
    public static void Exit(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} did not end in {Limit}.");
        }
    }

    /// <summary>
    /// Waits until a process of Linux that somebody else started has ended, or is dead and waits for whoever inherits
    /// it.
    /// </summary>
    /// <param name="pid">Its number, blanks around it allowed.</param>
    /// <exception cref="TimeoutException">It still runs after <see cref="Limit"/>.</exception>
    public static void Gone(string pid)
    {
        ArgumentNullException.ThrowIfNull(pid);
        Until(
            () =>
            {
                try
                {
                    return File.ReadAllText($"/proc/{pid.Trim()}/stat").Contains(") Z ", StringComparison.Ordinal);
                }
                catch (IOException)
                {
                    return true;
                }
            },
            $"Process {pid.Trim()} has ended");
    }

    /// <summary>Waits until a signal is given.</summary>
    /// <param name="signal">Set by another thread.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It is not given within <see cref="Limit"/>.</exception>
    public static void Signal(ManualResetEventSlim signal, string what)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (!signal.Wait(Limit))
        {
            throw new TimeoutException($"{what}: not so after {Limit}.");
        }
    }
}

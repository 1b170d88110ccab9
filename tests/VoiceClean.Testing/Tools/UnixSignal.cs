using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VoiceClean.Testing.Tools;

/// <summary>
/// Signals of Unix by a call of the C library: the program kill is not on every machine, and a test that finds that out
/// when it has begun leaves a process behind.
/// </summary>
public static partial class UnixSignal
{
    private static readonly Dictionary<string, int> Numbers = new() { ["HUP"] = 1, ["INT"] = 2, ["TERM"] = 15 };

    /// <summary>Sends one; skips the test where there are none.</summary>
    /// <param name="process">Still running.</param>
    /// <param name="name">HUP, INT or TERM.</param>
    /// <exception cref="TestSkippedException">On Windows.</exception>
    /// <exception cref="Win32Exception">There is no such process any more.</exception>
    public static void Send(Process process, string name)
    {
        Requires.That(!OperatingSystem.IsWindows(), "Windows has no signals.");
        if (Kill(process.Id, Numbers[name]) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}

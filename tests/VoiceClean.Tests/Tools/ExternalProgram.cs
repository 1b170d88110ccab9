using System.Diagnostics;
using Xunit;

namespace VoiceClean.Tests.Tools;

/// <summary>
/// Other programs that check our files. A test that needs one which is not installed skips, or fails if
/// VOICECLEAN_TESTS_MUST_RUN=1.
/// </summary>
internal static class ExternalProgram
{
    /// <summary>Skips the test, or fails it where everything must be there.</summary>
    public static void SkipOrFail(string reason)
    {
        Assert.False(Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_MUST_RUN") == "1", reason);
        Assert.Skip(reason);
    }

    /// <summary>Runs a program and returns what it wrote to stdout.</summary>
    public static byte[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            SkipOrFail($"{program} is not installed.");
            throw;
        }

        using (process)
        {
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            using var output = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(output);
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
            return output.ToArray();
        }
    }
}

using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests;

/// <summary>
/// Lines of a shell in a folder of their own, for what only a shell can do to a program: closed descriptors, limits,
/// pipes. <c>$vc</c> is the program.
/// </summary>
internal sealed class ShellRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string this[string name] => _folder[name];

    /// <summary>Runs lines to their end.</summary>
    /// <returns>Exit code, and what came on standard output and standard error.</returns>
    public (int ExitCode, string Output, string Errors) Run(string lines)
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "needs a Unix shell");
        string program = Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.dll");
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"vc=\"dotnet $program\"\n{lines}"])
        {
            WorkingDirectory = _folder[""],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["program"] = program;
        start.Environment["LC_ALL"] = "C.UTF-8";        // what is compared is English
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        Task<string> output = shell.StandardOutput.ReadToEndAsync(), errors = shell.StandardError.ReadToEndAsync();
        Await.Exit(shell);
        return (shell.ExitCode, output.Result, errors.Result);
    }

    /// <summary>Names of all files below the folder.</summary>
    public string[] Names() =>
        [
            .. Directory.EnumerateFiles(
                _folder[""],
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .Select(p => Path.GetRelativePath(_folder[""], p))
                .Order(StringComparer.Ordinal),
        ];

    public void Dispose() => _folder.Dispose();
}

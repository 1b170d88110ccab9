using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using VoiceClean.Testing.Tools;

namespace VoiceClean.Cli.Tests;

/// <summary>
/// The program in processes that stay (<c>VoiceClean.Cli.Resident</c>): the same <c>Main</c>, the same three
/// descriptors, but compiled only once. For runs that are about what the program does with its words and files; what is
/// about signals, pipes, variables or the process itself starts one of its own.
/// </summary>
internal static class ResidentProgram
{
    private static readonly ConcurrentBag<Process> Idle = [];

    /// <summary>False where it cannot be, or where VOICECLEAN_TESTS_FRESH=1 asks for a process a run.</summary>
    public static bool IsPossible { get; } =
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
        && Environment.GetEnvironmentVariable("VOICECLEAN_TESTS_FRESH") != "1";

    /// <summary>One run with nothing on its standard input.</summary>
    public static BuiltProgram.Result Run(string[] args)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["out"], []);
        File.WriteAllBytes(folder["err"], []);
        Process process = Idle.TryTake(out Process? idle) ? idle : Start();
        process.StandardInput.WriteLine(
            JsonSerializer.Serialize<string[]>(["/dev/null", folder["out"], folder["err"], .. args]));
        Task<string?> answer = process.StandardOutput.ReadLineAsync();
        if (!answer.Wait(Await.Limit) || !int.TryParse(answer.Result, out int exitCode))
        {
            process.Kill(entireProcessTree: true);
            string errors = File.ReadAllText(folder["err"]);
            throw new InvalidOperationException(
                $"voiceclean {string.Join(' ', args)}: no end, or that of its process\n{errors}");
        }

        Idle.Add(process);
        return new BuiltProgram.Result(exitCode, File.ReadAllBytes(folder["out"]), File.ReadAllText(folder["err"]));
    }

    // It ends by itself with the tests: its standard input does.
    private static Process Start() =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "VoiceClean.Cli.Resident.dll")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["LC_ALL"] = "C.UTF-8" },        // what is compared is English
            })!;
}

using System.Diagnostics;

namespace VoiceClean.Testing.Tools;

/// <summary>Other programs, which make inputs or check our files.</summary>
public static class ExternalProgram
{
    /// <summary>The file of a program in the search path, or null if there is none.</summary>
    /// <param name="program">Its name.</param>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program))
            .FirstOrDefault(File.Exists);

    /// <summary>Runs ffmpeg, quietly, and returns what it writes to its standard output.</summary>
    /// <param name="arguments">Inputs, filters and outputs; existing files are replaced.</param>
    public static byte[] Ffmpeg(params string[] arguments) =>
        Run("ffmpeg", ["-nostdin", "-hide_banner", "-v", "error", "-y", .. arguments]);

    /// <summary>
    /// Runs a program and returns what it writes to its standard output; skips the test if it is not installed.
    /// </summary>
    /// <param name="program">Name or path.</param>
    /// <param name="arguments">Passed on as they are.</param>
    /// <exception cref="TestSkippedException">It is not installed.</exception>
    /// <exception cref="InvalidOperationException">It failed; the message has what it wrote to standard
    /// error.</exception>
    public static byte[] Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        Requires.That(File.Exists(program) || Find(program) is not null, $"{program} is not installed.");
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.ToArray()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.Result}");
    }
}

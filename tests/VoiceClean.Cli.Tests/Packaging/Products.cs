using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>
/// What is shipped, made as the README says from one build in a folder of its own, when a test first asks for it.
/// </summary>
public sealed class Products : IDisposable
{
    private static readonly string[] Projects = ["VoiceClean", "VoiceClean.NAudio", "VoiceClean.Cli"];

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _native;
    private readonly Lazy<string> _packages;
    private readonly Lazy<string> _packedAgain;

    public Products()
    {
        _native = new(() => Make(
            "native", "publish", "src/VoiceClean.Cli", "-p:PublishProfile=native", "-r", "linux-x64"));
        _packages = new(() => Pack("packages"));
        _packedAgain = new(() =>
        {
            _ = Packages;                               // has built what is packed again
            return Pack("again", "--no-build");
        });
    }

    /// <summary>The folder of the native binary.</summary>
    public string Native => _native.Value;

    /// <summary>The folder of the three packages.</summary>
    public string Packages => _packages.Value;

    /// <summary>The folder of the three packages, made a second time.</summary>
    public string PackedAgain => _packedAgain.Value;

    /// <summary>The package of the library.</summary>
    public string Library => Directory.GetFiles(Packages, "VoiceClean.?.*").Single();

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs the SDK in the root of the repository.</summary>
    internal static void Dotnet(params string[] args)
    {
        (int exitCode, string output) = Run("dotnet", args);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', args)}\n{output}");
    }

    internal static (int ExitCode, string Output) Run(string program, params string[] args)
        => Run(program, args, BuiltProgram.RepositoryRoot());

    internal static (int ExitCode, string Output) Run(string program, string[] args, string workingFolder)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private string Pack(string to, params string[] more)
    {
        foreach (string project in Projects)
        {
            Make(to, ["pack", $"src/{project}", "-c", "Release", .. more]);
        }

        return _folder[to];
    }

    // The analyzers have seen the same sources in the build that these tests come from, and change nothing in it.
    private string Make(string to, params string[] words)
    {
        Dotnet([.. words, "-p:RunAnalyzers=false", "--artifacts-path", _folder["artifacts"], "-o", _folder[to]]);
        return _folder[to];
    }
}

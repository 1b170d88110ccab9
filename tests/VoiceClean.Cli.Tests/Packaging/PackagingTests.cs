using System.Diagnostics;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>
/// What is shipped is built here as the README says and must clean a sample to the very bytes of the ordinary build.
/// </summary>
public class PackagingTests
{
    private const string Sample = "fan.wav";

    [Fact]
    public void The_native_binary_gives_the_bytes_of_the_ordinary_build()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        Dotnet(
            "publish",
            "src/VoiceClean.Cli",
            "-p:PublishProfile=native",
            "-r",
            "linux-x64",
            "--artifacts-path",
            folder["artifacts"],
            "-o",
            folder["native"]);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample(Sample), folder["jit.wav"]).ExitCode);
        (int exitCode, string errors) = Run(
            folder["native/voiceclean"],
            BuiltProgram.Sample(Sample),
            folder["native.wav"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["native.wav"]));
        Assert.False(File.Exists(folder["native/VoiceClean.Cli"]), "the binary carries the command's name only");
    }

    [Fact]
    public void The_tool_package_installs_and_gives_the_bytes_of_the_ordinary_build()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        Dotnet(
            "pack",
            "src/VoiceClean.Cli",
            "-c",
            "Release",
            "--artifacts-path",
            folder["artifacts"],
            "-o",
            folder["packages"]);
        Dotnet("tool", "install", "VoiceClean.Tool", "--tool-path", folder["tool"], "--source", folder["packages"]);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample(Sample), folder["jit.wav"]).ExitCode);
        (int exitCode, string errors) = Run(folder["tool/voiceclean"], BuiltProgram.Sample(Sample), folder["tool.wav"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["tool.wav"]));
    }

    [Fact]
    public void A_program_that_knows_only_the_library_package_cleans_a_recording()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        Dotnet(
            "pack",
            "src/VoiceClean.Dsp",
            "-c",
            "Release",
            "--artifacts-path",
            folder["artifacts"],
            "-o",
            folder["packages"]);
        Dotnet(
            "pack",
            "src/VoiceClean",
            "-c",
            "Release",
            "--artifacts-path",
            folder["artifacts"],
            "-o",
            folder["packages"]);
        Directory.CreateDirectory(folder["app"]);
        File.WriteAllText(folder["app/app.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
                <RestoreSources>../packages</RestoreSources><RestorePackagesPath>../restored</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="VoiceClean" Version="*" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(folder["app/Program.cs"], """
            var pipeline = new VoiceClean.CleaningPipeline(new VoiceClean.CleaningOptions());
            var report = pipeline.Clean(new VoiceClean.ClipJob
            {
                Id = "fan.wav", InputPath = args[0], OutputPath = args[1], OpenInput = () => File.OpenRead(args[0]),
                Publish = write => AtomicFile.Write(args[1], true, write),
            });
            return report.Status == ClipStatus.Ok ? 0 : 1;
            """);
        Dotnet("build", folder["app"], "-o", folder["app/out"]);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample(Sample), folder["jit.wav"]).ExitCode);
        (int exitCode, string errors) = Run(
            "dotnet",
            folder["app/out/app.dll"],
            BuiltProgram.Sample(Sample),
            folder["library.wav"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["library.wav"]));
    }

    private static void SkipUnlessAsked() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (Requires.Everything || Requires.AreSlowTestsOn),
            "builds packages for a minute, and the native one needs a C compiler; set VOICECLEAN_SLOW_TESTS=1");

    private static void Dotnet(params string[] args)
    {
        (int exitCode, string output) = Run("dotnet", args);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', args)}\n{output}");
    }

    private static (int ExitCode, string Output) Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = BuiltProgram.RepositoryRoot(),
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}

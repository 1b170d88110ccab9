using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;
using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>
/// What is shipped is built here as the README says and must clean a sample to the very bytes of the ordinary build.
/// </summary>
public class PackagingTests(Products products) : IClassFixture<Products>
{
    private const string Sample = "fan.wav";

    [Fact]
    public void The_native_binary_gives_the_bytes_of_the_ordinary_build()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        string native = products.Native;
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample(Sample), folder["jit.wav"]).ExitCode);
        (int exitCode, string errors) = Products.Run(
            Path.Combine(native, "voiceclean"),
            BuiltProgram.Sample(Sample),
            folder["native.wav"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["native.wav"]));
        Assert.False(File.Exists(Path.Combine(native, "VoiceClean.Cli")), "the binary carries the command's name only");
    }

    [Fact]
    public void The_native_binary_has_at_most_12_MB()
    {
        SkipUnlessAsked();
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "the size is that of linux-x64");
        Assert.InRange(new FileInfo(Path.Combine(products.Native, "voiceclean")).Length, 1_000_000, 12_000_000);
    }

    [Fact]
    public void The_tool_package_installs_and_gives_the_bytes_of_the_ordinary_build()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        Products.Dotnet(
            "tool", "install", "VoiceClean.Tool", "--tool-path", folder["tool"], "--source", products.Packages);
        Assert.Equal(0, BuiltProgram.Run(BuiltProgram.Sample(Sample), folder["jit.wav"]).ExitCode);
        (int exitCode, string errors) = Products.Run(
            folder["tool/voiceclean"],
            BuiltProgram.Sample(Sample),
            folder["tool.wav"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["tool.wav"]));
    }

    [Fact]
    public void The_program_of_the_readme_needs_one_package_of_ours_and_the_decoders_it_names()
    {
        SkipUnlessAsked();
        using var folder = new TemporaryFolder();
        string packed = products.Library;
        Directory.CreateDirectory(folder["packages"]);
        File.Copy(packed, folder[$"packages/{Path.GetFileName(packed)}"]);
        // What it depends on comes from where the build itself got it, so that nothing else can slip in.
        foreach ((string id, string version) in Dependencies(packed))
        {
            string name = $"{id}.{version}.nupkg".ToLowerInvariant();
            File.Copy(
                Path.Combine(PackageFolder, id.ToLowerInvariant(), version, name),
                Path.Combine(folder["packages"], name));
        }

        Directory.CreateDirectory(folder["app"]);
        File.WriteAllText(folder["app/app.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>
                <RestoreSources>../packages</RestoreSources><RestorePackagesPath>../restored</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="VoiceClean" Version="*" /></ItemGroup>
            </Project>
            """);
        File.WriteAllText(folder["app/Program.cs"], CleanFromCodeTests.Text);
        Products.Dotnet("build", folder["app"], "-o", folder["app/out"]);
        // The name seeds the dither, so both read a file called alike.
        File.Copy(BuiltProgram.Sample(Sample), folder["in.wav"]);
        Assert.Equal(0, BuiltProgram.Run(folder["in.wav"], folder["jit.wav"]).ExitCode);
        (int exitCode, string output) = Products.Run("dotnet", [folder["app/out/app.dll"]], folder.Path);
        Assert.True(exitCode == 0, output);
        Assert.Equal(File.ReadAllBytes(folder["jit.wav"]), File.ReadAllBytes(folder["out.wav"]));
    }

    [Fact]
    public void The_package_is_complete_and_its_assemblies_do_not_depend_on_where_they_were_built()
    {
        SkipUnlessAsked();
        using ZipArchive package = ZipFile.OpenRead(products.Library);
        string[] names = [.. package.Entries.Select(e => e.FullName)];
        Assert.Contains("README.md", names);
        foreach (string name in new[] { "VoiceClean", "VoiceClean.Dsp" })
        {
            Assert.Contains($"lib/net10.0/{name}.dll", names);
            Assert.Contains($"lib/net10.0/{name}.xml", names);
            Assert.Contains($"lib/net10.0/{name}.pdb", names);       // with Source Link
        }

        string metadata = Metadata(package);
        Assert.Contains("<tags>", metadata, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\"", metadata, StringComparison.Ordinal);
        Assert.Equal(["Concentus", "NLayer", "NVorbis"], Dependencies(package).Select(d => d.Id).Order());
        using var assembly = new MemoryStream();
        using (Stream packed = package.GetEntry("lib/net10.0/VoiceClean.dll")!.Open())
        {
            packed.CopyTo(assembly);
        }

        Assert.DoesNotContain(
            BuiltProgram.RepositoryRoot(),
            Encoding.Latin1.GetString(assembly.ToArray()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Packing_twice_gives_the_same_bytes_with_a_readme_and_tags_in_each()
    {
        SkipUnlessAsked();
        string[] packages = [.. Directory.GetFiles(products.Packages).Select(p => Path.GetFileName(p)!)];
        Assert.Equal(3, packages.Length);
        foreach (string name in packages)
        {
            string once = Path.Combine(products.Packages, name);
            Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(Path.Combine(products.PackedAgain, name)));
            using ZipArchive package = ZipFile.OpenRead(once);
            Assert.NotNull(package.GetEntry("README.md"));
            string id = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).FullName;
            using var metadata = new StreamReader(package.GetEntry(id)!.Open());
            string text = metadata.ReadToEnd();
            Assert.Contains("<tags>", text, StringComparison.Ordinal);
            Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);
            Assert.Matches("<repository type=\"git\"[^>]* commit=\"[0-9a-f]{40}\"", text);
        }
    }

    private static string PackageFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string Metadata(ZipArchive package)
    {
        using var nuspec = new StreamReader(package.GetEntry("VoiceClean.nuspec")!.Open());
        return nuspec.ReadToEnd();
    }

    private static (string Id, string Version)[] Dependencies(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        return Dependencies(package);
    }

    private static (string Id, string Version)[] Dependencies(ZipArchive package) =>
    [
        .. XDocument.Parse(Metadata(package)).Descendants()
            .Where(e => e.Name.LocalName == "dependency")
            .Select(e => (e.Attribute("id")!.Value, e.Attribute("version")!.Value)),
    ];

    private static void SkipUnlessAsked() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && (Requires.Everything || Requires.AreSlowTestsOn),
            "builds packages for a minute, and the native one needs a C compiler; set VOICECLEAN_SLOW_TESTS=1");
}

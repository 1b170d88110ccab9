using System.Text.RegularExpressions;
using Mono.Cecil;
using VoiceClean.Audio;
using VoiceClean.Dsp.Fourier;
using VoiceClean.Web.Pool;
using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>
/// Who may know whom. The project references enforce Cli → Web → VoiceClean → Dsp; this enforces the order inside them.
/// </summary>
public partial class DependencyTests
{
    // Each namespace uses only itself and those above it. There are no exceptions.
    private static readonly string[] Library =
    [
        "Errors",
        "Files",
        "Audio",
        "Formats",
        "Formats.Wav",
        "Formats.Aiff",
        "Formats.Mp3",
        "Formats.Ogg",
        "Formats.Flac",
        "Formats.Opus",
        "Formats.Vorbis",
        "Formats.Mp4",
        "Formats.Aac",
        "Formats.Matroska",
        "Formats.Ffmpeg",
        "Formats.SoundFile",
        "Formats.Downmix",
        "Formats.Loading",
        "Inspection.Speech",
        "Inspection.Removable",
        "Inspection",
        "Stages",
        "Stages.QualityGate",
        "Stages.HighPass",
        "Stages.RemoveHum",
        "Stages.SuppressClicks",
        "Stages.EstimateNoise",
        "Stages.SpectralGate",
        "Stages.Noisereduce",
        "Stages.TameTransients",
        "Stages.StripSilence",
        "Stages.Compress",
        "Stages.NormalizeLoudness",
        "Cleaning.Options",
        "Cleaning.Reports",
        "Cleaning",
        "Runs.Selection",
        "Runs.Sharding",
        "Runs.Planning",
        "Runs.State",
        "Runs.Scheduling",
        "Runs",
        "Datasets.Slicing",
        "Datasets.Transcripts",
        "Datasets.Transcribing",
        "Datasets.Targets",
        "Datasets.Lists",
        "Datasets",
        "Reporting.Pictures",
        "Reporting",
        "",
    ];

    private static readonly string[] Arithmetic =
        ["Sequences", "Lanes", "Statistics", "Fourier", "Filters", "Resampling", "Quantizing", "Loudness", "Speech"];

    private static readonly string[] Web = ["Http", "Pool", "Microphone", "Serve", "Studio"];

    private static readonly string SourceRoot = Path.Combine(SourceTree.Root, "src");

    // A stage builds on another stage's finding only here.
    private static readonly (string Stage, string Uses)[] Findings =
    [
        ("SpectralGate", "EstimateNoise"),
        ("Noisereduce", "EstimateNoise"),
        ("StripSilence", "SuppressClicks"),
        ("StripSilence", "SpectralGate"),
    ];

    [Fact]
    public void Each_namespace_of_the_library_uses_only_those_above_it()
        => AssertNone(Violations(typeof(AudioClip).Assembly.Location, "VoiceClean", Library));

    [Fact]
    public void Each_namespace_of_the_arithmetic_uses_only_those_above_it()
        => AssertNone(Violations(typeof(RealFft).Assembly.Location, "VoiceClean.Dsp", Arithmetic));

    [Fact]
    public void Each_namespace_of_the_web_parts_uses_only_those_above_it()
        => AssertNone(Violations(typeof(CleaningPool).Assembly.Location, "VoiceClean.Web", Web));

    [Fact]
    public void Only_what_speaks_HTTP_knows_ASP_NET()
    {
        string[] allowed = ["Http", "Microphone", "Serve", "Studio"];
        string[] wrong =
        [
            .. SourceTree.Files(SourceRoot, ".cs")
                .Where(f => File.ReadAllText(f).Contains("Microsoft.AspNetCore", StringComparison.Ordinal))
                .Select(f => Path.GetRelativePath(SourceRoot, f))
                .Where(f => !allowed.Select(n => Path.Combine("VoiceClean.Web", n)).Contains(Path.GetDirectoryName(f))),
        ];
        AssertNone(wrong);
    }

    [Fact]
    public void A_stage_knows_no_other_stage_but_by_its_finding()
    {
        string[] wrong = [.. TypeUses.Of(typeof(AudioClip).Assembly.Location)
            .Select(u => (u.User, u.Used, From: StageOf(u.User), To: StageOf(u.Used)))
            .Where(u => u.From is not null && u.To is not null && u.From != u.To && !Findings.Contains((u.From, u.To)))
            .Select(u => $"{u.User.FullName} uses {u.Used.FullName}")];
        AssertNone(wrong);

        static string? StageOf(TypeDefinition type) =>
            type.Namespace.StartsWith("VoiceClean.Stages.", StringComparison.Ordinal)
                ? type.Namespace["VoiceClean.Stages.".Length..]
                : null;
    }

    [Fact]
    public void The_arithmetic_knows_no_files_and_no_console()
    {
        string root = Path.Combine(SourceRoot, "VoiceClean.Dsp");
        string[] wrong =
        [
            .. SourceTree.Files(root, ".cs")
                .Where(f => Outside().IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetRelativePath(root, f)),
        ];
        AssertNone(wrong);
    }

    [Fact]
    public void Only_the_command_line_writes_to_the_console()
    {
        string root = SourceRoot;
        string[] wrong =
        [
            .. new[] { "VoiceClean", "VoiceClean.Web" }
                .SelectMany(p => SourceTree.Files(Path.Combine(root, p), ".cs"))
                .Where(f => ConsoleWrite().IsMatch(File.ReadAllText(f)))
                .Select(f => Path.GetRelativePath(root, f)),
        ];
        AssertNone(wrong);
    }

    [Fact]
    public void The_namespace_of_a_file_is_its_folder()
    {
        string root = SourceRoot;
        string[] wrong =
        [
            .. SourceTree.Files(root, ".cs")
                .Where(f =>
                    Namespace().Match(File.ReadAllText(f)) is { Success: true } found
                    && found.Groups[1].Value
                        != Path.GetDirectoryName(Path.GetRelativePath(root, f))!
                            .Replace(Path.DirectorySeparatorChar, '.')
                    && !f.Contains("VoiceClean.Cli", StringComparison.Ordinal)),
        ];
        AssertNone(wrong);
    }

    private static void AssertNone(string[] wrong) => Assert.True(wrong.Length == 0, string.Join('\n', wrong));

    private static string[] Violations(string assembly, string prefix, string[] order)
    {
        return
        [
            .. TypeUses
                .Of(assembly)
                .Where(u =>
                    Ours(u.User)
                    && Ours(u.Used)
                    && (Place(u.User) < 0 || Place(u.Used) < 0 || Place(u.Used) > Place(u.User)))
                .Select(u => $"{u.User.FullName} uses {u.Used.FullName}")
                .Order(StringComparer.Ordinal),
        ];

        bool Ours(TypeDefinition type) =>
            type.Namespace == prefix || type.Namespace.StartsWith(prefix + ".", StringComparison.Ordinal);

        int Place(TypeDefinition type) =>
            Array.IndexOf(order, type.Namespace == prefix ? "" : type.Namespace[(prefix.Length + 1)..]);
    }

    [GeneratedRegex(@"using System\.IO|\bConsole\.|\bFile\.")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write)")]
    private static partial Regex ConsoleWrite();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

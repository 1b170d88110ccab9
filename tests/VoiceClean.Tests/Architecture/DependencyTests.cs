using System.Text.RegularExpressions;
using Xunit;

namespace VoiceClean.Tests.Architecture;

/// <summary>Who may know whom. The project references enforce Cli → VoiceClean → Dsp; this enforces the order of the folders inside VoiceClean.</summary>
public partial class DependencyTests
{
    // Folder → the folders it may use. The lists that name everything (catalogue, pipeline, options, JSON contracts) are the exceptions below.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Errors"] = [],
        ["Audio"] = ["Errors"],
        ["Output"] = ["Errors"],
        ["Formats"] = ["Errors", "Audio"],
        ["Pipeline"] = ["Errors", "Audio"],
        ["Inspection"] = ["Errors", "Audio", "Pipeline"],
        ["Stages"] = ["Errors", "Audio", "Pipeline", "Inspection"],
        ["Slicing"] = ["Errors", "Audio", "Inspection"],
        ["Datasets"] = ["Errors", "Audio", "Output", "Formats", "Inspection", "Pipeline", "Slicing", "Reports", "Batch"],
        ["Reports"] = ["Errors", "Audio", "Output", "Formats", "Inspection", "Pipeline"],
        ["Batch"] = ["Errors", "Audio", "Formats", "Output", "Reports"],
    };

    private static readonly string[] Lists =
    [
        "Pipeline/StageCatalog.cs", "Pipeline/StandardChain.cs", "Reports/ReportJson.cs",
        // A noise recording of its own has to be decoded.
        "Stages/EstimateNoise/",
        // A set decides level and ends for each clip, by the options and the stage that every recording has.
        "Datasets/DatasetOptions.cs", "Datasets/ClipWriter.cs",
    ];

    // Stages that build on another stage's finding.
    private static readonly (string Stage, string Uses)[] Findings = [("SpectralGate", "EstimateNoise"), ("Noisereduce", "EstimateNoise")];

    [Fact]
    public void A_folder_uses_only_the_folders_before_it_in_the_flow_and_a_stage_knows_no_other_stage()
    {
        string root = Path.Combine(SourceRoot(), "VoiceClean");
        var wrong = new List<string>();
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(root, file).Replace('\\', '/');
            string[] parts = relative.Split('/');
            if (parts[0] is "obj" or "bin" || !Allowed.TryGetValue(parts[0], out string[]? allowed) || Lists.Any(l => relative.StartsWith(l, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (Match use in Using().Matches(File.ReadAllText(file)))
            {
                string[] target = use.Groups[1].Value.Split('.');
                bool ok = target[0] == "Dsp" || target[0] == parts[0] || allowed.Contains(target[0]);
                if (target is ["Stages", var other, ..])
                {
                    ok = parts[0] == "Stages" && (parts[1] == other || Findings.Contains((parts[1], other)));
                }

                if (!ok)
                {
                    wrong.Add($"{relative} uses {use.Groups[1].Value}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void The_arithmetic_knows_no_files_no_console_and_nothing_above_it()
    {
        string root = Path.Combine(SourceRoot(), "VoiceClean.Dsp");
        string[] wrong = [.. Directory.EnumerateFiles(root, "*.cs")
            .Where(f => Outside().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetFileName(f))];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Only_the_command_line_writes_to_the_console()
    {
        string root = Path.Combine(SourceRoot(), "VoiceClean");
        string[] wrong = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && ConsoleWrite().IsMatch(File.ReadAllText(f)))
            .Select(f => Path.GetRelativePath(root, f))];
        Assert.Empty(wrong);
    }

    private static string SourceRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "VoiceClean.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "src");
    }

    [GeneratedRegex(@"^using VoiceClean\.([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"using (System\.IO|VoiceClean)|\bConsole\.|\bFile\.")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\bConsole\.(Out|Error|Write)")]
    private static partial Regex ConsoleWrite();
}

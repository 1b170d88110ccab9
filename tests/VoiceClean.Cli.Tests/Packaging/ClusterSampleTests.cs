using VoiceClean.Testing.Tools;
using Xunit;

namespace VoiceClean.Cli.Tests.Packaging;

/// <summary>The scripts for clusters, with a stand-in for the program. Real engines are tried in
/// <c>tests/campaigns</c>.</summary>
public class ClusterSampleTests
{
    // Ends cleanly half a second after it is told to, as a run does that still writes.
    private const string Program = """
        #!/bin/bash
        trap 'sleep 0.5; echo ended > ended; exit 143' TERM
        echo "$@" > begun
        while :; do sleep 0.05; done
        """;

    [Fact]
    public void The_script_for_slurm_ends_behind_the_run_that_it_tells_to_end()
    {
        Requires.That(ExternalProgram.Find("bash") is not null, "bash is not installed.");
        using var run = new ShellRun();
        File.WriteAllText(run["voiceclean"], Program);
        string script = Path.Combine(Path.GetDirectoryName(BuiltProgram.Sample("fan.wav"))!, "slurm", "clean.sbatch");
        (_, string output, string errors) = run.Run($"""
            chmod +x voiceclean; PATH=$PWD:$PATH
            bash '{script}' 'my recordings' out & script=$!
            until [ -s begun ]; do sleep 0.05; done
            kill -TERM $script
            wait $script
            echo "$? $(cat ended)"
            """);
        Assert.True(output.TrimEnd() == "143 ended", output + errors);
        Assert.Equal(
            "batch my recordings -o out --shard auto/16 --fail-on never --progress plain",
            File.ReadAllText(run["begun"]).TrimEnd());
    }
}

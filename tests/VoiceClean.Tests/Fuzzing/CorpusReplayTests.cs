using VoiceClean.Fuzz;
using Xunit;

namespace VoiceClean.Tests.Fuzzing;

/// <summary>Replays the corpus of the fuzz project, and mutations of it, the same ones every time.</summary>
public class CorpusReplayTests
{
    private const int MutationsOfFile = 100;

    public static TheoryData<string> Targets => [.. FuzzTargets.All.Keys];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Nothing_but_a_refusal_leaves_a_parser(string target)
    {
        string[] files = [.. FuzzTargets.Corpus().Where(c => c.Target == target).Select(c => c.Path)];
        Assert.NotEmpty(files);
        foreach (string path in files)
        {
            byte[] file = File.ReadAllBytes(path);
            var random = new Random(1);
            FuzzTargets.All[target](file);
            for (int i = 0; i < MutationsOfFile; i++)
            {
                FuzzTargets.All[target](FuzzTargets.Mutate(file, random));
            }
        }
    }
}

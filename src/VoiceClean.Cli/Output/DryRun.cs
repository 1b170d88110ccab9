using System.Text;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.State;

namespace VoiceClean.Cli.Output;

/// <summary>What a batch would do: one line an input on standard output.</summary>
internal static class DryRun
{
    public static void Print(IEnumerable<PlannedStep> steps, Screen screen, CancellationToken stop)
    {
        var counts = new Dictionary<string, int>();
        StandardOutput.Write(stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach ((PlanItem item, ResumeAction action) in steps)
            {
                string word = action switch
                {
                    ResumeAction.Create => "clean",
                    ResumeAction.Replace => "replace",
                    ResumeAction.Keep => "keep",
                    _ => "fail",
                };
                counts[word] = counts.GetValueOrDefault(word) + 1;
                writer.WriteLine(word == "fail"
                    ? $"fail\t{item.InputPath}\t{Tongue.Say(item.Failure?.Message ?? "the output exists already")}"
                    : $"{word}\t{item.InputPath}\t{item.OutputPath}");
            }
        }, stop);
        if (!screen.Quiet)
        {
            IEnumerable<string> parts = counts
                .OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => $"{c.Key} {c.Value}");
            Screen.Line($"would {string.Join(", ", parts)}; nothing was touched");
        }
    }
}

using System.Text;
using System.Text.Json;
using VoiceClean.Runs.State;

namespace VoiceClean.Cli.Output;

/// <summary>What a run would do about one input, or about clips whose input is gone.</summary>
/// <param name="Action">clean, replace, keep, remove or fail.</param>
/// <param name="Input">The recording; of what would be removed its id.</param>
/// <param name="Output">What would be written; null = nothing.</param>
/// <param name="Message">Why nothing would be written; null if something would, or is there.</param>
internal sealed record DryStep(string Action, string Input, string? Output = null, string? Message = null)
{
    /// <summary>A step about an input.</summary>
    public static DryStep Of(ResumeAction action, string input, string? output, string? failure) => action switch
    {
        ResumeAction.Create => new DryStep("clean", input, output),
        ResumeAction.Replace => new DryStep("replace", input, output),
        ResumeAction.Keep => new DryStep("keep", input, output),
        _ => new DryStep("fail", input, null, failure ?? "the output exists already"),
    };

    /// <summary>A recording without a result, whose verdict holds.</summary>
    public static DryStep Refused(string input) => new("keep", input, null, "was refused, and has not changed since");

    /// <summary>The step in words, parted by tabulators.</summary>
    public string Words =>
        $"{Action}\t{Paint.OneLine(Input)}\t{Paint.OneLine(Message is null ? Output ?? "" : Tongue.Say(Message))}";

    /// <summary>The step as members of a JSON object, in English.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("action", Action);
        json.WriteString("input", Input);
        json.WriteString("output", Output);
        json.WriteString("message", Message);
    }
}

/// <summary>What a run would do, on standard output: a line an input, or JSON Lines.</summary>
/// <param name="screen">Where the sum goes.</param>
/// <param name="stop">Ends the waiting for a reader.</param>
internal sealed class DryRun(Screen screen, CancellationToken stop)
{
    /// <summary>What the JSON Lines of a dry run are called.</summary>
    public const string Schema = "voiceclean.plan/1";

    /// <summary>Prints the steps, and their sum on standard error.</summary>
    /// <param name="steps">In their order.</param>
    /// <param name="asJson">JSON Lines, the last of which is the sum; else words parted by tabulators.</param>
    public void Print(IEnumerable<DryStep> steps, bool asJson)
    {
        var counts = new Dictionary<string, int>();
        StandardOutput.Write(stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (DryStep step in steps)
            {
                counts[step.Action] = counts.GetValueOrDefault(step.Action) + 1;
                writer.WriteLine(asJson ? Json("file", step.Write) : step.Words);
            }

            if (asJson)
            {
                writer.WriteLine(Json("summary", json => Write(json, counts)));
            }
        }, stop);
        if (!screen.Quiet)
        {
            IEnumerable<string> parts = counts
                .OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => $"{c.Key} {c.Value}");
            Screen.Sentence($"would {string.Join(", ", parts)}; nothing was touched");
        }
    }

    private static void Write(Utf8JsonWriter json, Dictionary<string, int> counts)
    {
        json.WriteStartObject("counts");
        foreach ((string action, int count) in counts.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(action, count);
        }

        json.WriteEndObject();
        json.WriteNumber("exit_code", ExitCodes.Ok);
    }

    private static string Json(string @event, Action<Utf8JsonWriter> write)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("event", @event);
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.GetBuffer().AsSpan(0, (int)line.Length));
    }
}

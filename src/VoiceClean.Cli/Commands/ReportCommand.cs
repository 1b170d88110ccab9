using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Reporting;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean report RECORDS... -o report.html</c>: what runs did, to look at; several are merged, and what is
/// missing is said.
/// </summary>
internal sealed class ReportCommand
{
    private const string Description = """
        Makes a report to look at of what batch, inspect or dataset did: one file that
        opens in any browser without a network. Several runs and shares are merged; of
        each input the latest counts, and what is missing is said.

        Examples:
          voiceclean report clean -o report.html       an output folder, its sets too
          voiceclean report run.jsonl -o report.html   what --report run.jsonl wrote
          voiceclean report part-*.jsonl -o all.csv    several, for a spreadsheet
          voiceclean report set -o set.html --lang zh-CN --audio worst:20
        """;

    private readonly Argument<string[]> _inputs = new("RECORDS")
    {
        Description = "Files of records (--report FILE.jsonl) and output folders.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new OptionCommand(
            "report",
            "voiceclean report RECORDS... -o report.html [options]",
            Description,
            OptionScope.Report) { _inputs };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        RunSettings run = context.Run;
        string path = run.Output ?? throw Usage("There is no file for the report; name it with -o report.html.");
        ReportFile.CheckName(path);
        if (context.Parsed.GetValue(_inputs) is not { Length: > 0 } inputs)
        {
            throw Usage("RECORDS is missing: name files that --report FILE.jsonl wrote, or output folders.");
        }

        WritePlace place = context.Places.AddReport(path);
        context.Begin(inputs.Where(i => !Directory.Exists(i)));
        using var reader = new RecordReader();
        inputs.ToList().ForEach(i => reader.Add(i, context.Signals.Token));
        RunRecords records = reader.Read(context.Signals.Token);
        ReportFile.Write(
            place,
            records,
            new ReportOptions
            {
                Title = run.Title,
                Language = Tongue.Language,
                Worst = run.Worst,
                Audio = AudioChoice.TryParse(run.Audio) ?? AudioChoice.Links,
            },
            CommandDecoders.Create(),
            context.Signals.Token);
        Notices.Print(records.Notices, context.Screen);
        return ExitCodes.Ok;
    }

    private static VoiceCleanException Usage(string message) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

using System.CommandLine;
using Serilog.Events;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean IN OUT</c>: one recording.</summary>
internal sealed class CleanCommand
{
    private const string Description = """
        Cleans one recording (the word 'clean' may be left out).

        Examples:
          voiceclean in.m4a out.wav                    in any format, out as WAV
          voiceclean in.wav out.wav --strength 0.4     more gently
          voiceclean in.wav out.wav --silence off      leave its length alone
          voiceclean in.wav - | aplay                  to standard output
        """;

    private readonly Argument<string> _input = new("IN")
    {
        Description = "The recording, in any format; - for standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Argument<string> _output = new("OUT")
    {
        Description = "The WAV file to write; - for standard output.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new OptionCommand("clean", "voiceclean IN OUT [options]", Description, OptionScope.Clean)
        {
            _input,
            _output,
        };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        (RunSettings run, Screen screen) = (context.Run, context.Screen);
        CleaningOptions options = context.ReadCleaning();
        string input = Word(context, _input) ?? throw Missing("IN is missing: name the recording");
        string output = Word(context, _output) ?? throw Missing("OUT is missing: name the WAV file to write");
        CheckWords(input, output, run.Json);
        WritePlace place = context.Places.Add(output);
        context.Begin([input]);
        var pipeline = new CleaningPipeline(options, decoders: CommandDecoders.Create());
        if (run.DryRun)
        {
            if (run.Json)
            {
                new DryRun(screen, context.Signals.Token).Print([new DryStep("clean", input, output)], asJson: true);
                return ExitCodes.Ok;
            }

            string stages = string.Join(", ", pipeline.Stages.Select(s => s.Name));
            Screen.Sentence($"would clean {input} into {output}: {stages}");
            return ExitCodes.Ok;
        }

        FirstPages.Take();
        bool isKept = run.Json || run.Report is not null;
        ClipReport report;
        using (var progress = new StepProgress(!screen.Quiet && ProgressView.IsOnTerminal))
        {
            report = pipeline.Clean(
                Job(input, place, context.Signals.Token) with
                {
                    IsMeasured = isKept || !screen.Quiet,
                    IsHashed = isKept,
                    Threads = Processors.Allowed(Environment.GetEnvironmentVariable),
                    StepBegins = progress.Begin,
                },
                context.Signals.Token);
        }

        return context.Signals.ExitCode is { } stopped && report.Reason == ReasonCodes.Cancelled
            ? stopped
            : Tell(context, report);
    }

    // Without the parser's conversions, whose first call has the runtime look for code by reflection.
    private static string? Word(CommandContext context, Argument argument) =>
        context.Parsed.GetResult(argument)?.Tokens is [var token, ..] ? token.Value : null;

    private static VoiceCleanException Missing(string what) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, $"{what} (voiceclean IN OUT [options]).");

    private static int Tell(CommandContext context, ClipReport report)
    {
        (Screen screen, RunSettings run) = (context.Screen, context.Run);
        int exitCode = ExitCodes.Of(report);
        if (screen.Log.IsEnabled(LogEventLevel.Debug))
        {
            foreach ((string step, System.Text.Json.Nodes.JsonNode? cost) in report.Cost ?? [])
            {
                screen.Log.Debug("{Cost}", Figures.Cost(step, cost));
            }
        }

        if (report.Status is not (ClipStatus.Ok or ClipStatus.Unchanged))
        {
            Exception? bug = report.Reason == ReasonCodes.InternalError ? report.Exception : null;
            screen.Log.Debug(bug, "{Id}: {Reason}", report.Id, report.Reason);
            string hint = report.Status == ClipStatus.Rejected ? " To process it all the same, use --gate warn." : "";
            Screen.Error(Tongue.Say(Screen.About(report.Input?.Path ?? report.Id, report.Message)) + Tongue.Say(hint));
            ReportTable.PrintWarnings(report);
        }
        else if (!screen.Quiet)
        {
            ReportTable.Print(report);
        }

        if (run.Json || context.Places.Report is not null)
        {
            Keep(context, report, exitCode);
        }

        return exitCode;
    }

    // As JSON, where it is asked for.
    private static void Keep(CommandContext context, ClipReport report, int exitCode)
    {
        string summary = ReportJson.ToLine(
            RunSummary.Of([report], (report.Cost?["total_ms"]?.GetValue<double>() ?? 0) / 1000));
        string lines = ReportJson.ToLine(report) + "\n" + ExitCodes.AddTo(summary, exitCode) + "\n";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(lines);
        if (context.Places.Report is { } place)
        {
            using var all = new MemoryStream(bytes);
            ReportLines.Publish(place, all, isStopped: false, context.Signals.Token);
        }

        if (context.Run.Json)
        {
            StandardOutput.Write(stream => stream.Write(bytes), context.Signals.Token);
        }
    }

    /// <summary>What can be known from the two words alone.</summary>
    private static void CheckWords(string input, string output, bool json)
    {
        if (input != "-" && FileIdentity.KindOf(input) is EntryKind.None or EntryKind.Folder)
        {
            throw !Directory.Exists(input)
                ? InputFile.Missing(input)
                : new InputException(
                    ReasonCodes.NotFound,
                    $"{input} is a folder; clean a whole folder with: voiceclean batch {input} -o DIR");
        }

        if (!WritePlace.IsStandardOutput(output))
        {
            OutputPlace.CheckName(output);
        }
        else if (json)
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                "The audio and the JSON cannot both go to standard output; use --report FILE for the JSON.");
        }
    }

    private static ClipJob Job(string input, WritePlace place, CancellationToken stop) => new()
    {
        Id = input == "-" ? "stdin" : Path.GetFileName(input),
        InputPath = input,
        OutputPath = place.Path,
        OpenInput = () => input == "-" ? InputFile.OpenStandardInput(stop) : InputFile.Open(input, stop),
        Publish = write =>
        {
            if (WritePlace.IsStandardOutput(place.Path))
            {
                StandardOutput.Write(write, stop);
            }
            else
            {
                place.Write(write, stop);
            }
        },
    };
}

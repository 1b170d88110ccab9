using System.CommandLine;
using Spectre.Console;
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
        RunSettings run = context.Run;
        Screen screen = context.Screen;
        CleaningOptions options = context.ReadCleaning();
        string input = context.Parsed.GetValue(_input) ?? throw Missing("IN is missing: name the recording");
        string output = context.Parsed.GetValue(_output) ?? throw Missing("OUT is missing: name the WAV file to write");
        CheckPlaces(input, output, run.Force, run.Json);
        var pipeline = new CleaningPipeline(options, decoders: CommandDecoders.Create());
        if (run.DryRun)
        {
            screen.Console.MarkupLineInterpolated(
                $"would clean {input} into {output}: {string.Join(", ", pipeline.Stages.Select(s => s.Name))}");
            return ExitCodes.Ok;
        }

        bool isRead = !screen.Quiet || run.Json || run.Report is not null;
        ClipReport report = pipeline.Clean(
            Job(input, output, run.Force, context.Signals.Token) with
            {
                IsMeasured = isRead,
                Threads = Processors.Allowed(Environment.GetEnvironmentVariable),
            },
            context.Signals.Token);
        return context.Signals.ExitCode is { } stopped && report.Reason == ReasonCodes.Cancelled
            ? stopped
            : Tell(screen, run, report, context.Signals.Token);
    }

    private static VoiceCleanException Missing(string what) =>
        new(ErrorKind.Usage, ReasonCodes.BadOptions, $"{what} (voiceclean IN OUT [options]).");

    private static int Tell(Screen screen, RunSettings run, ClipReport report, CancellationToken stop)
    {
        int exitCode = ExitCodes.Of(report);
        foreach ((string step, System.Text.Json.Nodes.JsonNode? cost) in report.Cost ?? [])
        {
            screen.Log.Debug("{Step}: {Cost}", step, cost?.ToJsonString());
        }

        if (report.Status is ClipStatus.Rejected or ClipStatus.Failed)
        {
            Exception? bug = report.Reason == ReasonCodes.InternalError ? report.Exception : null;
            screen.Log.Debug(bug, "{Id}: {Reason}", report.Id, report.Reason);
            string hint = report.Status == ClipStatus.Rejected ? " To process it all the same, use --gate warn." : "";
            Screen.Error($"{report.Input?.Path}: {report.Message}{hint}");
            ReportTable.PrintWarnings(screen.Console, report);
        }
        else if (!screen.Quiet)
        {
            ReportTable.Print(screen.Console, report);
        }

        string summary = ReportJson.ToLine(
            RunSummary.Of([report], (report.Cost?["total_ms"]?.GetValue<double>() ?? 0) / 1000));
        string lines = ReportJson.ToLine(report) + "\n" + ExitCodes.AddTo(summary, exitCode) + "\n";
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(lines);
        if (run.Report is { } path)
        {
            AtomicFile.Write(path, overwrite: true, stream => stream.Write(bytes));
        }

        if (run.Json)
        {
            StandardOutput.Write(stream => stream.Write(bytes), stop);
        }

        return exitCode;
    }

    /// <summary>Everything about the two places that can be known before any decoding.</summary>
    private static void CheckPlaces(string input, string output, bool force, bool json)
    {
        if (input != "-" && !File.Exists(input))
        {
            throw new InputException(ReasonCodes.NotFound, Directory.Exists(input)
                ? $"{input} is a folder; clean a whole folder with: voiceclean batch {input} -o DIR"
                : $"{input} does not exist; check the name and the folder.");
        }

        if (output == "-")
        {
            if (json)
            {
                throw new VoiceCleanException(
                    ErrorKind.Usage,
                    ReasonCodes.BadOptions,
                    "The audio and the JSON cannot both go to standard output; use --report FILE for the JSON.");
            }

            return;
        }

        OutputPlace.CheckName(output);

        if (Directory.Exists(output))
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                $"{output} is a folder; name the file to write, for instance {Path.Combine(output, "out.wav")}.");
        }

        if (input != "-" && FileIdentity.AreSame(input, output))
        {
            throw new OutputException(
                ReasonCodes.InputIsOutput,
                $"{output} is the input itself; choose another name, inputs are never overwritten.");
        }

        if (!force && Path.Exists(output))
        {
            throw new OutputException(
                ReasonCodes.OutputExists,
                $"{output} exists already; choose another name or replace it with --force.");
        }

        AtomicFile.CheckWritable(output);
    }

    private static ClipJob Job(string input, string output, bool force, CancellationToken stop) => new()
    {
        Id = input == "-" ? "stdin" : Path.GetFileName(input),
        InputPath = input,
        OutputPath = output,
        OpenInput = () => input == "-" ? InputFile.OpenStandardInput(stop) : InputFile.Open(input, stop),
        Publish = write =>
        {
            if (output == "-")
            {
                StandardOutput.Write(write, stop);
            }
            else
            {
                AtomicFile.Write(output, force, write);
            }
        },
    };
}

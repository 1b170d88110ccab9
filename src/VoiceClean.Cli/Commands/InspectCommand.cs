using System.CommandLine;
using System.Diagnostics;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs.Scheduling;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean inspect INPUT...</c>: measures, judges and advises; writes no audio.</summary>
internal sealed class InspectCommand
{
    private const string Description = """
        Measures recordings and says what is wrong with them and what to do about it. Writes no audio.

        Examples:
          voiceclean inspect take1.wav                 one recording
          voiceclean inspect recordings --json         a folder, one line of JSON each
          voiceclean inspect take1.wav --gate          exit code 3 if it is hopeless
        """;

    // Of the options of other commands those that mean something here.
    private static readonly string[] Selecting =
    [
        "--from-file",
        "--null",
        "--include",
        "--exclude",
        "--no-recursive",
        "--hidden",
        "--jobs",
        "--shard",
        "--progress",
    ];
    private static readonly string[] Running =
    [
        "--json",
        "--report",
        "--quiet",
        "--verbose",
        "-vv",
        "--log-file",
        "--color",
    ];

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> _gate = new("--gate")
    {
        Description =
            "Exit code 3 if a recording is hopeless: silent, no speech, noise as loud as the voice, badly clipped.",
    };
    private readonly ProcessingOptions _processing = new(OptionScope.Inspect);
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("inspect", Description) { _inputs, _gate };
        foreach (
            (IEnumerable<Option> options, string[] names) in new[]
            {
                (_batch.All, Selecting),
                (_run.All, Running),
            })
        {
            options.Where(o => names.Contains(o.Name, StringComparer.Ordinal)).ToList().ForEach(command.Options.Add);
        }

        _processing.All.ToList().ForEach(command.Options.Add);
        command.SetAction(parsed => CommandFrame.Run(parsed, _run, Run));
        return command;
    }

    private int Run(ParseResult parsed, Screen screen, StopSignals signals)
    {
        long start = Stopwatch.GetTimestamp();
        var decoders = AudioDecoders.CreateDefault();
        bool isGate = parsed.GetValue(_gate), json = parsed.GetValue(_run.Json);
        var pipeline = new InspectionPipeline(_processing.Build(parsed), isGate, decoders);
        Shard shard = _batch.Shard(parsed);
        string[] inputs = parsed.GetValue(_inputs) ?? [];
        var selection = FileSelection.Select(
            inputs,
            _batch.Listed(parsed),
            _batch.Selection(parsed, null),
            decoders,
            signals.Token);
        BatchText.LogSkipped(screen, selection);
        if (selection.Files.Count == 0)
        {
            throw new InputException(ReasonCodes.NotFound, inputs.Length == 0
                ? "Nothing to inspect: name a folder, files, or a list with --from-file."
                : $"No audio was found in {string.Join(", ", inputs.Take(3))}{BatchText.Skipped(selection)}.");
        }

        IReadOnlyList<SelectedFile> files = [.. selection.Files.Where(f => shard.Owns(f.Id))];
        using var lines = new ReportLines(json, parsed.GetValue(_run.Report), selection);
        using InspectionTable? table = json ? null : new InspectionTable(screen.Quiet);
        // On a terminal the table itself shows how it gets on.
        string progressMode =
            _batch.Progress(parsed) is "auto" && !json && !Console.IsOutputRedirected
                ? "none"
                : _batch.Progress(parsed);
        using var progress = ProgressView.Create(files.Count == 1 ? "none" : progressMode, files.Count, screen);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        var reports = new RunSummary.Tally();
        int worst = ExitCodes.Ok;
        bool isClosed = false;
        progress.Show<object?>(() =>
        {
            OrderedWorkers.Run(
                files,
                _batch.Batch(parsed, false).Jobs,
                new WorkPlan<SelectedFile, ClipReport>
                {
                    Work = (file, cancellation, _) =>
                    {
                        ClipReport report = file.Failure is { } failure
                            ? Failed(file, failure.Code, failure.Message) with
                            {
                                Kind = failure.Kind,
                            }
                            : pipeline.Inspect(Job(file), cancellation);
                        progress.Meter.Add(report);
                        return report;
                    },
                    Emit = (file, report) =>
                    {
                        reports.Add(report);
                        worst = Worse(worst, report, files.Count);
                        isClosed |= !TryTell(report, lines, table, progress, stop);
                    },
                    Dropped = file => Failed(file, ReasonCodes.Cancelled, "Stopped before it was inspected."),
                    TimedOut = (file, report) =>
                        report ?? Failed(file, ReasonCodes.Timeout, $"{file.Path} took too long and was given up."),
                    Failed = (file, e) =>
                        Failed(
                            file,
                            ReasonCodes.InternalError,
                            $"A bug of ours ({e.GetType().Name}: {e.Message}); please report it.") with
                        {
                            Exception = e,
                        },
                },
                stop.Token);
            return null;
        });
        int exitCode = isClosed ? ExitCodes.Output : signals.ExitCode ?? worst;
        return lines.Finish(
            reports.ToSummary(Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3), exitCode),
            exitCode);
    }

    private static bool TryTell(
        ClipReport report,
        ReportLines lines,
        InspectionTable? table,
        ProgressView progress,
        CancellationTokenSource stop)
    {
        if (stop.IsCancellationRequested)
        {
            return true;
        }

        try
        {
            lines.Add(report);
            table?.Add(report);
            if (report.Status == ClipStatus.Failed)
            {
                progress.Say($"{report.Input?.Path}: {report.Message}");
            }

            return true;
        }
        catch (VoiceCleanException e)
        {
            progress.Say(e.Message);
            stop.Cancel();
            return false;
        }
    }

    // One file: its own code. Several: 1 if any failed, else 3 if any is refused.
    private static int Worse(int worst, ClipReport report, int count)
    {
        int code = ExitCodes.Of(report);
        if (code is not (ExitCodes.Ok or ExitCodes.Refused) && count > 1)
        {
            code = ExitCodes.SomeFailed;
        }

        return worst == ExitCodes.Ok || (worst == ExitCodes.Refused && code != ExitCodes.Ok) ? code : worst;
    }

    private static ClipReport Failed(SelectedFile file, string code, string message) => new()
    {
        Id = file.Id,
        Status = ClipStatus.Failed,
        Reason = code,
        Message = message,
        Input = new FileFacts { Path = file.Path },
    };

    private static ClipJob Job(SelectedFile file) => new()
    {
        Id = file.Id,
        InputPath = file.Path,
        OutputPath = "",
        OpenInput = () => InputFile.Open(file.Path),
        Publish = _ => throw new InvalidOperationException("Inspection publishes nothing."),
    };
}

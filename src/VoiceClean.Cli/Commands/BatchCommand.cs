using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;
using VoiceClean.Runs.State;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// <c>voiceclean batch INPUT... -o DIR</c>: folders, files and lists into a mirrored tree; repeat the command to
/// resume.
/// </summary>
internal sealed class BatchCommand
{
    private const string Description = """
        Cleans many recordings: folders, files and lists into a mirrored tree. The same command again goes on where it stopped.

        Examples:
          voiceclean batch recordings -o clean                     a folder with all that is in it
          find . -name '*.m4a' -print0 | voiceclean batch --from-file - -0 -o clean
          voiceclean batch recordings -o clean --report run.jsonl  with a report of every file
          voiceclean batch recordings -o clean --shard auto        in an array job, each its share
        """;

    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Folders and files.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "The folder of the results; made if missing.",
        Required = true,
    };
    private readonly ProcessingOptions _processing = new(OptionScope.Batch);
    private readonly RunOptions _run = new();
    private readonly BatchRunOptions _batch = new();
    private readonly Option<string> _loudnessPer = BatchRunOptions.Words(
        "--loudness-per",
        "WHAT",
        "clip (default): each to the target; folder: one gain for all clips of a folder, which keeps their levels against each other.",
        "clip",
        "folder");

    /// <summary>The command with its arguments and options.</summary>
    public Command Build()
    {
        var command = new Command("batch", Description) { _inputs, _output };
        _batch.All.Concat(_run.All).Concat(_processing.All).ToList().ForEach(command.Options.Add);
        command.Options.Add(_loudnessPer);
        command.SetAction(parsed => CommandFrame.Run(parsed, _run, Run));
        return command;
    }

    private int Run(ParseResult parsed, Screen screen, StopSignals signals)
    {
        CleaningOptions options = _processing.Build(parsed);
        var decoders = AudioDecoders.CreateDefault();
        // wrong options are told before anything else
        var pipeline = new CleaningPipeline(options, decoders: decoders);
        BatchOptions batch = _batch.Batch(parsed, parsed.GetValue(_run.Force));
        Shard shard = _batch.Shard(parsed);
        string root = parsed.GetRequiredValue(_output);
        string[] inputs = parsed.GetValue(_inputs) ?? [];
        IReadOnlyList<string> listed = _batch.Listed(parsed);
        var selection = FileSelection.Select(inputs, listed, _batch.Selection(parsed, root), decoders, signals.Token);
        BatchText.LogSkipped(screen, selection);
        if (selection.Files.Count == 0)
        {
            throw new InputException(
                ReasonCodes.NotFound,
                inputs.Length + listed.Count == 0
                    ? "Nothing to do: name a folder, files, or a list with --from-file."
                    : $"No audio was found in {string.Join(", ", inputs.Concat(listed).Take(3))}{BatchText.Skipped(selection)}."
            );
        }

        BatchPlan plan = Planner.Plan(selection.Files, root, _batch.OnCollision(parsed), shard);
        using var lines = new ReportLines(parsed.GetValue(_run.Json), parsed.GetValue(_run.Report), selection);
        if (plan.Problems.Count > 0)
        {
            return Refuse(plan.Problems.Select(p => (p.Item, (VoiceCleanException)p.Failure)), ExitCodes.Output, lines);
        }

        if (selection.Files.All(f => f.Failure is not null))
        {
            return Refuse(plan.Items.Select(i => (i, i.Failure!)), ExitCodes.Input, lines);
        }

        // A clip per processor; where there are fewer clips than processors, each gets its share of them.
        int threads = Math.Max(1, batch.Jobs / Math.Max(1, Math.Min(batch.Jobs, plan.Items.Count)));
        ClipJob Told(ClipJob job) => job with { IsMeasured = lines.AreWanted, Threads = threads };
        Func<ClipJob, CancellationToken, ClipReport> work = (job, cancellation) =>
            pipeline.Clean(Told(job), cancellation);
        string settings = ReportJson.Hash(options);
        if (parsed.GetValue(_loudnessPer) == "folder" && options.Loudness.TargetLufs is { } target)
        {
            // Over the whole selection, whatever the shard: all shards use the same gains.
            IReadOnlyList<PlanItem> all = Planner
                .Plan(selection.Files, root, _batch.OnCollision(parsed), Shard.Whole)
                .Items;
            IReadOnlyDictionary<string, double> gains = GroupGains.Measure(
                all,
                i => FolderOf(i.Id),
                options.ToLoadOptions(),
                decoders,
                target,
                batch.Jobs,
                signals.Token);
            var byFolder = gains.ToDictionary(
                g => g.Key,
                g => new CleaningPipeline(WithGain(options, g.Value), decoders: decoders),
                StringComparer.Ordinal);
            work = (job, cancellation) =>
                byFolder.GetValueOrDefault(FolderOf(job.Id), pipeline).Clean(Told(job), cancellation);
            // A new clip changes the gain of its folder and with it every result there.
            string named = string.Concat(
                gains
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => string.Create(CultureInfo.InvariantCulture, $"\n{g.Key}={g.Value:R}")));
            settings = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settings + named)));
        }

        if (parsed.GetValue(_run.DryRun))
        {
            using var seen = StateFolder.Peek(root, shard);
            DryRun.Print(plan, new BatchRunner(seen, batch, settings), screen);
            return ExitCodes.Ok;
        }

        using var state = StateFolder.Open(root, shard);
        screen.Log.Debug(
            "{Removed} stale temporary files removed; {Lines} journal lines, {Ignored} ignored",
            state.RemovedTemporaries,
            state.Journal.Count,
            state.Journal.IgnoredLines);
        using var progress = ProgressView.Create(_batch.Progress(parsed), plan.Items.Count, screen);
        using var observer = new BatchObserver(screen, progress, lines, signals.Token);
        BatchResult result = progress.Show(() =>
            new BatchRunner(state, batch, settings).Run(plan.Items, work, observer, observer.Stop));
        int exitCode = BatchExitCode.Of(result, _batch.FailOn(parsed), signals.ExitCode, observer.LinesFailure);
        RunSummary summary = result.Tally.ToSummary(Math.Round(result.WallTime.TotalSeconds, 3), exitCode) with
        {
            Skipped = selection.SkipCounts,
        };
        exitCode = lines.Finish(summary, exitCode);
        BatchText.PrintSummary(screen, summary, selection, result, exitCode);
        return exitCode;
    }

    private static string FolderOf(string id) => id.LastIndexOf('/') is var slash and >= 0 ? id[..slash] : "";

    private static CleaningOptions WithGain(CleaningOptions options, double gainDb) =>
        options with
        {
            Loudness = options.Loudness with { FixedGainDb = gainDb },
        };

    /// <summary>Says what is wrong with a plan that cannot start, and touches nothing.</summary>
    private static int Refuse(
        IEnumerable<(PlanItem Item, VoiceCleanException Failure)> problems,
        int exitCode,
        ReportLines lines)
    {
        const int most = 20;
        var tally = new RunSummary.Tally();
        int count = 0;
        foreach ((PlanItem item, VoiceCleanException failure) in problems)
        {
            var report = new ClipReport
            {
                Id = item.Id,
                Status = ClipStatus.Failed,
                Reason = failure.Code,
                Message = failure.Message,
                Input = new FileFacts { Path = item.InputPath },
            };
            tally.Add(report);
            lines.Add(report);
            if (++count <= most)
            {
                Screen.Error(failure.Message);
            }
        }

        Screen.Error(count > most ? $"and {count - most} more; nothing was begun." : "nothing was begun.");
        return lines.Finish(tally.ToSummary(0, exitCode), exitCode);
    }
}

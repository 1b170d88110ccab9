using VoiceClean.Cleaning.Options;
using VoiceClean.Datasets;
using VoiceClean.Datasets.Targets;
using VoiceClean.Errors;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Sharding;
using static VoiceClean.Cli.Commands.RunRow;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>The rows of the options about a run: the same words with the same meaning in every command.</summary>
internal static class RunRows
{
    /// <summary>The heading of what concerns a run as such.</summary>
    public const string Run = "Run";

    /// <summary>The heading of what a run tells.</summary>
    public const string Report = "Report";

    private const OptionScope Written = OptionScope.Batch | OptionScope.Dataset;

    /// <summary>All of them, in the order of the help; a name may stand twice, for different commands.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Group("Training set",
            Like("target", OptionScope.Dataset | OptionScope.Check, "NAME", TargetSyntax,
                $"The trainer: {string.Join(", ", DatasetTargets.Names)}; or a JSON file of your own.",
                s => s.Target, (s, v) => s with { Target = v }) with
            {
                Default = DatasetTargets.Default,
                Words = [.. DatasetTargets.Names],
                NamesFile = IsJson,
            },
            Path("wav-folder", OptionScope.Check, "DIR",
                "The folder of clips that GPT-SoVITS is given besides the list; by default none, so that the paths in "
                    + "the list count.",
                s => s.WavFolder, (s, v) => s with { WavFolder = v }),
            Text("speaker", OptionScope.Dataset, "NAME",
                "One speaker for all recordings; by default the first folder below the input.",
                s => s.Speaker, (s, v) => s with { Speaker = v }),
            Several("transcripts", "PATH",
                "What is said in recordings or in clips: lists, subtitles, labels, JSON of speech recognition, or a "
                    + "folder of such files. What lies beside a recording under its name is found without.",
                new TextSyntax(OptionKind.Path, "a file or a folder"),
                s => s.Transcripts, (s, v) => s with { Transcripts = v }) with { Scope = OptionScope.Dataset },
            Text("transcribe", OptionScope.Dataset, "CMD",
                "A command for speech recognition, run for each clip without text: {in} is the clip, what it prints is "
                    + "the text. No shell; -j clips at a time.",
                s => s.Transcribe, (s, v) => s with { Transcribe = v }),
            Of("transcribe-limit", OptionScope.Dataset, "TIME",
                new DurationSyntax(BuildSetOptions.TranscribeLimitRange),
                "Longest time of that command for one clip.",
                s => s.TranscribeLimit, (s, v) => s with { TranscribeLimit = v }),
            Text("language", OptionScope.Dataset, "CODE",
                "Language of the recordings (zh, ja, en, ko, yue …) where no transcript names it.",
                s => s.Language, (s, v) => s with { Language = v.ToLowerInvariant() }),
            Of("loudness-per", OptionScope.Dataset, "WHAT", Words("clip", "recording", "speaker"),
                "Each clip to the target's loudness (clip), or one gain per recording or speaker.",
                s => s.LoudnessPer, (s, v) => s with { LoudnessPer = v }),
            Of("paths", OptionScope.Dataset, "HOW",
                new ChoiceSyntax<bool>(("absolute", true), ("relative", false)),
                "Paths in lists: absolute or relative.",
                s => s.AbsolutePaths, (s, v) => s with { AbsolutePaths = v }),
            Of("min-level-ratio", OptionScope.Dataset, "DB",
                new NumberSyntax(DatasetOptions.MinLevelRatioDbRange, NumberUnit.Decibel),
                "Clips whose voice is less than this above the background before cleaning are rejected.",
                s => s.MinLevelRatioDb, (s, v) => s with { MinLevelRatioDb = v }),
            Switch("all", OptionScope.Check, "Name the clips that are fine too.",
                s => s.All, (s, v) => s with { All = v })),
        .. ReportRows.All,
        .. Group("Output",
            Path("output", Written | OptionScope.Report | OptionScope.Studio, "OUT",
                "The folder of the results, made if missing; without it the studio writes nothing. Of report the file, "
                    + "called .html, .csv or .md.",
                s => s.Output, (s, v) => s with { Output = v }) with { Aliases = ["-o"], Writes = OptionWrites.Folder },
            Path("state", Written, "DIR",
                "Where the run remembers what it has done, one folder for each output; by default .voiceclean in the "
                    + "output.",
                s => s.State, (s, v) => s with { State = v }) with { Writes = OptionWrites.Folder },
            Switch("force", OptionScope.Clean | OptionScope.Inspect | OptionScope.Report,
                "Replace what is written if it exists.",
                s => s.Force, (s, v) => s with { Force = v }) with { Aliases = ["-f"] },
            Switch("force", Written, "Make everything again and replace what exists: --overwrite always.",
                s => s.Force, (s, v) => s with { Force = v }) with { Aliases = ["-f"] },
            Of("overwrite", Written, "MODE",
                new ChoiceSyntax<OverwriteMode>(
                    ("never", OverwriteMode.Never),
                    ("stale", OverwriteMode.Stale),
                    ("always", OverwriteMode.Always)),
                "What is done again: never what exists, stale (what we made and whose input or settings changed) or "
                    + "always.",
                s => s.Overwrite, (s, v) => s with { Overwrite = v }),
            Switch("checksum", Written, "Compare inputs by content, not by size and time.",
                s => s.Checksum, (s, v) => s with { Checksum = v }),
            Of("on-collision", OptionScope.Batch, "POLICY",
                new ChoiceSyntax<CollisionPolicy>(
                    ("fail", CollisionPolicy.Fail),
                    ("suffix", CollisionPolicy.Suffix)),
                "If two inputs would become one file: fail (before work starts) or suffix.",
                s => s.OnCollision, (s, v) => s with { OnCollision = v }),
            Of("loudness-per", OptionScope.Batch, "WHAT", Words("clip", "folder"),
                "Each clip to the target (clip), or one gain for all clips of a folder, which keeps their levels "
                    + "against each other.",
                s => s.LoudnessPer, (s, v) => s with { LoudnessPer = v }),
            Switch("dry-run", OptionScope.Cleaning, "Say what would be done and touch nothing.",
                s => s.DryRun, (s, v) => s with { DryRun = v }) with { Aliases = ["-n"] }),
        .. Group("Input",
            Several("from-file", "FILE",
                "A list of inputs, one a line as it is, without quotes or comments; - for standard input. Relative "
                    + "paths keep their folders.",
                new TextSyntax(OptionKind.Path, "a file, or - for standard input"),
                s => s.FromFile, (s, v) => s with { FromFile = v }),
            Switch("null", OptionScope.Many, "Lists are separated by NUL bytes (find -print0).",
                s => s.Null, (s, v) => s with { Null = v }) with { Aliases = ["-0"] },
            Several("include", "GLOB", "In folders, only files like this (*, ?, **; 'raw/**' or '*.m4a').",
                Glob(), s => s.Include, (s, v) => s with { Include = v }),
            Several("exclude", "GLOB", "In folders, no files and folders like this.",
                Glob(), s => s.Exclude, (s, v) => s with { Exclude = v }),
            Switch("no-recursive", OptionScope.Many, "Do not look into folders in folders.",
                s => s.NoRecursive, (s, v) => s with { NoRecursive = v }),
            Switch("hidden", OptionScope.Many,
                "Look at files and folders whose name begins with a dot too (never at ._*).",
                s => s.Hidden, (s, v) => s with { Hidden = v })),
        .. ServeRows.All,
        .. StudioRows.All,
        .. Group(Run,
            Of("jobs", OptionScope.Many | OptionScope.Check, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(1, 1024), NumberUnit.None), "auto"),
                "Clips at a time; auto = the processors this process may use (affinity, container and scheduler "
                    + "limits).",
                s => s.Jobs, (s, v) => s with { Jobs = v }) with { Aliases = ["-j"] },
            Like("shard", OptionScope.Many, "i/n", new TextSyntax(OptionKind.Text, Shard.Expectation, Shard.IsOne),
                "Only this share of the clips, by a hash of their id. auto/N asks the scheduler which one (Slurm, "
                    + "Kubernetes, AWS Batch, Cloud Run, Grid Engine, PBS, LSF, MPI, GNU parallel): the number of an "
                    + "array's task is the shard, 0 the last. auto asks how many there are too.",
                s => s.Shard, (s, v) => s with { Shard = v }),
            Of("max-failures", Written, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(1, int.MaxValue), NumberUnit.None), "none"),
                "Stop after so many failed inputs.",
                s => s.MaxFailures, (s, v) => s with { MaxFailures = v }),
            Of("fail-on", Written, "WHAT", Words("error", "rejected", "warning", "never"),
                "Which verdicts make the exit code other than 0.",
                s => s.FailOn, (s, v) => s with { FailOn = v }),
            Switch("gate", OptionScope.Inspect,
                "Exit code 3 if a recording is hopeless: silent, no speech, noise as loud as the voice, badly clipped.",
                s => s.Gate, (s, v) => s with { Gate = v }) with { HasVariable = false },
            Path("config", OptionScope.Cleaning | OptionScope.Inspect | OptionScope.Serve | OptionScope.Studio,
                "FILE",
                "JSON with names of options, or with the keys that reports echo under \"options\"; - for standard "
                    + "input.",
                s => s.Config, (s, v) => s with { Config = v })),
        .. OutputRows.All,
    ];

    /// <summary>The table of one command.</summary>
    public static OptionTable<RunSettings> For(OptionScope scope) =>
        new([.. All.Where(r => (r.Scope & scope) != OptionScope.None)], new RunSettings());

    private static TextSyntax TargetSyntax => new(
        OptionKind.Text,
        $"one of {string.Join(", ", DatasetTargets.Names)}, or a JSON file of your own",
        v => IsJson(v) || DatasetTargets.Names.Contains(v));

    private static bool IsJson(string value) => value.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}

using System.CommandLine.Parsing;
using System.CommandLine;
using System.Globalization;
using VoiceClean.Errors;
using VoiceClean.Runs;
using VoiceClean.Runs.Planning;
using VoiceClean.Runs.Selection;
using VoiceClean.Runs.Sharding;

namespace VoiceClean.Cli.Commands;

/// <summary>Options of every command that works on many files.</summary>
internal sealed class BatchRunOptions
{
    private readonly Option<string[]> _fromFile = new("--from-file")
    {
        HelpName = "FILE",
        Description = "A list of inputs, one a line; - for standard input. Relative paths keep their folders.",
    };
    private readonly Option<bool> _null = new("--null", "-0")
    {
        Description = "Lists are separated by NUL bytes (find -print0).",
    };
    private readonly Option<string[]> _include = new("--include")
    {
        HelpName = "GLOB",
        Description = "In folders, only files like this (*, ?, **; 'raw/**' or '*.m4a').",
    };
    private readonly Option<string[]> _exclude = new("--exclude")
    {
        HelpName = "GLOB",
        Description = "In folders, no files and folders like this.",
    };
    private readonly Option<bool> _noRecursive = new("--no-recursive")
    {
        Description = "Do not look into folders in folders.",
    };
    private readonly Option<bool> _hidden = new("--hidden")
    {
        Description = "Look at files and folders whose name begins with a dot too (never at ._*).",
    };
    private readonly Option<string> _overwrite = Words(
        "--overwrite",
        "MODE",
        "never | stale (default: redo only what we made and whose input or settings changed) | always.",
        "never",
        "stale",
        "always");
    private readonly Option<bool> _checksum = new("--checksum")
    {
        Description = "Compare inputs by content, not by size and time.",
    };
    private readonly Option<string> _jobs = new("--jobs", "-j")
    {
        HelpName = "N",
        Description =
            "Clips at a time. Default auto: the processors this process may use (affinity, container and scheduler limits).",
    };
    private readonly Option<string> _shard = new("--shard")
    {
        HelpName = "i/n",
        Description =
            "Only this share of the clips, by a hash of their id; auto asks Slurm, Kubernetes, AWS Batch, Grid Engine, PBS or MPI.",
    };
    private readonly Option<string> _onCollision = Words(
        "--on-collision",
        "POLICY",
        "If two inputs would become one file: fail (default, before work starts) | suffix.",
        "fail",
        "suffix");
    private readonly Option<int?> _maxFailures = new("--max-failures")
    {
        HelpName = "N",
        Description = "Stop after so many failed inputs.",
    };
    private readonly Option<string> _failOn = Words(
        "--fail-on",
        "WHAT",
        "Which verdicts make the exit code other than 0: error (default) | rejected | warning | never.",
        "error",
        "rejected",
        "warning",
        "never");
    private readonly Option<string> _progress = Words(
        "--progress",
        "HOW",
        "auto (default) | bar | plain (a line every 10 s) | none; on standard error.",
        "auto",
        "bar",
        "plain",
        "none");

    public BatchRunOptions()
    {
        _jobs.Validators.Add(r =>
            Check(
                r,
                t => t == "auto" || (TryPositive(t, out int n) && n <= 1024),
                "must be auto or a number from 1 to 1024"));
        _maxFailures.Validators.Add(r => Check(r, t => TryPositive(t, out _), "must be a number from 1"));
        foreach (Option<string[]> globs in (Option<string[]>[])[_include, _exclude])
        {
            globs.Validators.Add(r => Check(r, t => t.Trim('/').Length > 0, "must be a pattern like *.m4a"));
        }
    }

    public IEnumerable<Option> All =>
        [
            _fromFile,
            _null,
            _include,
            _exclude,
            _noRecursive,
            _hidden,
            _overwrite,
            _checksum,
            _jobs,
            _shard,
            _onCollision,
            _maxFailures,
            _failOn,
            _progress,
        ];

    /// <summary>How progress is to be shown: "auto", "bar", "plain" or "none".</summary>
    public string Progress(ParseResult parsed) => parsed.GetValue(_progress) ?? "auto";

    /// <summary>Which verdicts count: "error", "rejected", "warning" or "never".</summary>
    public string FailOn(ParseResult parsed) => parsed.GetValue(_failOn) ?? "error";

    public CollisionPolicy OnCollision(ParseResult parsed) =>
        parsed.GetValue(_onCollision) == "suffix" ? CollisionPolicy.Suffix : CollisionPolicy.Fail;

    /// <summary>What the run works on.</summary>
    /// <param name="parsed">The words.</param>
    /// <param name="paths">The inputs named on the line.</param>
    /// <exception cref="VoiceCleanException">No such share, or a list cannot be read.</exception>
    public RunInputs Inputs(ParseResult parsed, string[]? paths) => new()
    {
        Paths = paths ?? [],
        Shard = Shard(parsed),
        Listed = Listed(parsed),
        Selection = Selection(parsed),
    };

    /// <summary>This process's share.</summary>
    /// <exception cref="VoiceCleanException">Not a share, or the scheduler does not say.</exception>
    private Shard Shard(ParseResult parsed) =>
        parsed.GetValue(_shard) is { } text
            ? Runs.Sharding.Shard.Parse(text, Environment.GetEnvironmentVariable, _shard.Name)
            : Runs.Sharding.Shard.Whole;

    /// <summary>The inputs named in lists.</summary>
    /// <exception cref="InputException">A list cannot be read.</exception>
    private IReadOnlyList<string> Listed(ParseResult parsed)
        => [.. (parsed.GetValue(_fromFile) ?? []).SelectMany(f => InputList.Read(f, parsed.GetValue(_null)))];

    private SelectionOptions Selection(ParseResult parsed) => new()
    {
        Recursive = !parsed.GetValue(_noRecursive),
        Hidden = parsed.GetValue(_hidden),
        Include = [.. (parsed.GetValue(_include) ?? []).Select(g => new Glob(g))],
        Exclude = [.. (parsed.GetValue(_exclude) ?? []).Select(g => new Glob(g))],
    };

    public BatchOptions Batch(ParseResult parsed, bool force) =>
        new()
        {
            Jobs =
                parsed.GetValue(_jobs) is { } jobs && jobs != "auto"
                    ? int.Parse(jobs, CultureInfo.InvariantCulture)
                    : AllowedProcessors(Environment.GetEnvironmentVariable),
            Overwrite = force
                ? OverwriteMode.Always
                : parsed.GetValue(_overwrite) switch
                {
                    "never" => OverwriteMode.Never,
                    "always" => OverwriteMode.Always,
                    _ => OverwriteMode.Stale,
                },
            Checksum = parsed.GetValue(_checksum),
            MaxFailures = parsed.GetValue(_maxFailures),
        };

    /// <summary>
    /// Processors this process may use. The runtime already honours the affinity mask and the CPU quota of the control
    /// group; schedulers that enforce neither say in a variable what they have granted.
    /// </summary>
    public static int AllowedProcessors(Func<string, string?> read)
    {
        int allowed = Environment.ProcessorCount;
        foreach (string variable in (string[])["SLURM_CPUS_PER_TASK", "NSLOTS", "NCPUS", "PBS_NP"])
        {
            if (TryPositive(read(variable), out int granted))
            {
                allowed = Math.Min(allowed, granted);
            }
        }

        return allowed;
    }

    private static bool TryPositive(string? text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;

    internal static Option<string> Words(string name, string helpName, string description, params string[] words)
    {
        var option = new Option<string>(name) { HelpName = helpName, Description = description };
        option.Validators.Add(r =>
            Check(r, t => words.Contains(t, StringComparer.Ordinal), $"must be one of {string.Join(", ", words)}"));
        return option;
    }

    private static void Check(OptionResult result, Predicate<string> isGood, string expectation)
    {
        if (result.Tokens.FirstOrDefault(t => !isGood(t.Value)) is { } bad)
        {
            result.AddError($"{result.Option.Name} {bad.Value}: {expectation}.");
        }
    }
}

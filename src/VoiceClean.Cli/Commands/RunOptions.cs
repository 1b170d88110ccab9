using System.CommandLine;

namespace VoiceClean.Cli.Commands;

/// <summary>Options about the run, not about the sound; the same words in every command.</summary>
internal sealed class RunOptions
{
    public Option<bool> Force { get; } = new("--force", "-f") { Description = "Replace the output if it exists." };

    public Option<bool> Json { get; } =
        new("--json") { Description = "JSON Lines on standard output: one line per input, one summary." };

    public Option<string> Report { get; } =
        new("--report") { HelpName = "FILE", Description = "The same JSON Lines into a file." };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Only errors on standard error." };

    public Option<bool> Verbose { get; } =
        new("--verbose", "-v")
        {
            Description = "What each step did and took; -vv for more.",
            Arity = ArgumentArity.Zero,
            AllowMultipleArgumentsPerToken = false,
        };

    public Option<bool> VeryVerbose { get; } = new("-vv") { Description = "Everything.", Hidden = true };

    public Option<string> LogFile { get; } =
        new("--log-file") { HelpName = "FILE", Description = "Write the log into a file too." };

    public Option<string> Color { get; } =
        new("--color") { HelpName = "WHEN", Description = "auto (default) | always | never; NO_COLOR is honoured." };

    public Option<bool> DryRun { get; } =
        new("--dry-run", "-n") { Description = "Say what would be done and touch nothing." };

    public RunOptions()
        => Color.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && r.Tokens[0].Value is not ("auto" or "always" or "never"))
            {
                r.AddError($"--color {r.Tokens[0].Value}: must be one of auto, always, never.");
            }
        });

    public IEnumerable<Option> All => [Force, Json, Report, Quiet, Verbose, VeryVerbose, LogFile, Color, DryRun];
}

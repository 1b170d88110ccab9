using VoiceClean.Runs.Planning;

namespace VoiceClean.Cli.Output;

/// <summary>What messages of the library advise, in the words of the command line.</summary>
internal static class FlagAdvice
{
    public static RunAdvice Value { get; } = new()
    {
        NameOf = key => "--" + key,
        NameInputs = "name a folder, files, or a list with --from-file",
        AllowSuffixes = "use --on-collision suffix",
        OverwriteAlways = "use --overwrite always",
        OverwriteNever = "--overwrite never is in force",
        ChooseShardOf = count => FormattableString.Invariant($"use --shard i/{count}"),
    };
}

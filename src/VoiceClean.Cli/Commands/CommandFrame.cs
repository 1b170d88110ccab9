using System.CommandLine;
using Serilog.Events;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Runs;

namespace VoiceClean.Cli.Commands;

/// <summary>What a command works with: what was chosen, the screen, the signals.</summary>
/// <param name="Parsed">The words, for the arguments.</param>
/// <param name="Options">The options of the command.</param>
/// <param name="Run">What was chosen about the run.</param>
/// <param name="Places">What is read and what is written.</param>
/// <param name="Screen">Standard error.</param>
/// <param name="Signals">What may stop it.</param>
internal sealed record CommandContext(
    ParseResult Parsed,
    CommandOptions Options,
    RunSettings Run,
    CommandPlaces Places,
    Screen Screen,
    StopSignals Signals)
{
    /// <summary>
    /// To be called when everything is known and before anything is written: refuses what would write over something,
    /// and opens the log.
    /// </summary>
    /// <param name="inputs">What is read, beside what options name.</param>
    /// <param name="results">Where results will appear.</param>
    /// <param name="folders">Folders that hold nothing but the run's own files.</param>
    /// <exception cref="VoiceCleanException">Something would be written over, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting for the reader of a log.</exception>
    public void Begin(
        IEnumerable<string> inputs,
        IEnumerable<string>? results = null,
        IEnumerable<string>? folders = null)
    {
        Places.AddInputs(inputs);
        Places.Check(results ?? [], folders ?? []);
        if (Places.Log is { } log && !Run.DryRun)
        {
            Screen.LogFile?.Open(log, Signals.Token);
        }

        if (Screen.Log.IsEnabled(LogEventLevel.Debug))
        {
            Screen.Log.Debug(
                "voiceclean {Version}: {Command}",
                ClipReportBuilder.ToolVersion,
                Options.Scope.ToString().ToLowerInvariant());
        }
    }

    /// <summary>What was chosen about the sound.</summary>
    /// <exception cref="VoiceCleanException">A variable or the configuration file is wrong.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting for a configuration that is a
    /// pipe.</exception>
    public CleaningOptions ReadCleaning() => _cleaning ??= LoadCleaning();

    // Once: a configuration that is a pipe can be read no second time.
    private CleaningOptions? _cleaning;

    private CleaningOptions LoadCleaning()
    {
        CleaningOptions options =
            Options.ReadCleaning(Parsed, Run, Environment.GetEnvironmentVariable, Signals.Token);
        if (options.Stages.Count == 0 || FindWrongStage(options) is not { } wrong)
        {
            if (!Screen.Quiet && (Options.Scope & OptionScope.Cleaning) != OptionScope.None)
            {
                IdleOptions
                    .Sentences(Options.Named(Parsed, _ => null), options)
                    .ToList()
                    .ForEach(Screen.Sentence);
            }

            return options;
        }

        string origin = Options.Origin("stages", Parsed, Environment.GetEnvironmentVariable)
            ?? $"configuration {Run.Config}: stages {string.Join(',', options.Stages)}";
        throw new VoiceCleanException(ErrorKind.Usage, ReasonCodes.BadOptions, $"{origin}: {wrong}.");
    }

    private static string? FindWrongStage(CleaningOptions options)
    {
        IReadOnlyList<string> known = StageCatalog.CreateDefault().Names;
        return options.Stages.FirstOrDefault(s => !known.Contains(s)) is { } unknown
            ? $"there is no stage {unknown}; the stages are {string.Join(", ", known)}"
            : StandardChain.FindGap(options.Stages, options);
    }

    /// <summary>What the run works on, with the words that do it again.</summary>
    /// <param name="name">The command's name.</param>
    /// <param name="paths">The inputs named on the line.</param>
    /// <param name="scope">The options of the command.</param>
    /// <exception cref="VoiceCleanException">No such share, or a list cannot be read.</exception>
    public RunInputs ReadInputs(string name, string[]? paths, OptionScope scope) =>
        Run.Inputs(paths, Signals.Token) with
        {
            Command = RepeatWords.Of(name, paths, Run, ReadCleaning(), scope),
        };
}

/// <summary>
/// What stands around the work of every command: options, screen, signals, and failures that become one sentence and an
/// exit code.
/// </summary>
internal static class CommandFrame
{
    /// <summary>Runs <paramref name="work"/>.</summary>
    public static int Run(ParseResult parsed, CommandOptions options, Func<CommandContext, int> work)
    {
        using var signals = new StopSignals();
        try
        {
            RunSettings run = options.ReadRun(parsed, Environment.GetEnvironmentVariable);
            using var screen = new Screen(run);
            if (!run.Quiet)
            {
                EnvironmentVariables
                    .Misspelt(Environment.GetEnvironmentVariables().Keys.OfType<string>())
                    .ToList()
                    .ForEach(Screen.Sentence);
            }

            (OptionRow, string)[] named = [.. options.Named(parsed, Environment.GetEnvironmentVariable)];
            CheckStandardInput(named, options.Scope == OptionScope.Clean && parsed.GetValue<string>("IN") == "-");
            var places = new CommandPlaces(named, run, options.Scope);
            int exitCode = work(new CommandContext(parsed, options, run, places, screen, signals));
            if (screen.LogFile?.Failure is { } failure)
            {
                Screen.Error(failure.Message);
                return exitCode is ExitCodes.Ok or ExitCodes.SomeFailed ? ExitCodes.Of(failure.Kind) : exitCode;
            }

            return exitCode;
        }
        catch (OperationCanceledException) when (signals.ExitCode is not null)
        {
            return signals.ExitCode.Value;      // while looking for inputs: nothing has been touched
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(options.NameOrigins(Tongue.Say(e.Message), parsed, Environment.GetEnvironmentVariable));
            return ExitCodes.Of(e.Kind);
        }
    }

    // It can be read once.
    private static void CheckStandardInput((OptionRow Row, string Value)[] named, bool isInput)
    {
        IEnumerable<string> readers = named
            .Where(n => n.Value == "-" && n.Row.FileIn("-") is not null)
            .Select(n => $"{n.Row.Flag} -")
            .Concat(isInput ? ["IN -"] : []);
        if (readers.ToArray() is [var one, var other, ..])
        {
            throw new VoiceCleanException(
                ErrorKind.Usage,
                ReasonCodes.BadOptions,
                $"{one} and {other} would both read standard input; name a file for one of them.");
        }
    }
}

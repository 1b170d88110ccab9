using System.CommandLine;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Web.Studio;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean studio [FILE|DIR]</c>: a page to hear, see and tune, until it is told to stop.</summary>
internal sealed class StudioCommand
{
    private const string Description = """
        Opens a page to hear and see what the cleaner does to recordings, to tune it,
        and to check the microphone. Only this machine can reach it.

        Examples:
          voiceclean studio take1.wav                  one recording
          voiceclean studio recordings                 a folder, the worst first
          voiceclean studio recordings -o tuned        results can be saved there
          voiceclean studio --no-open                  only print the address
        """;

    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(10);

    private readonly Argument<string> _source = new("FILE|DIR")
    {
        Description = "A recording or a folder of recordings; without it the microphone can be checked.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The command with its argument and options.</summary>
    public Command Build()
    {
        var command = new OptionCommand(
            "studio",
            "voiceclean studio [FILE|DIR] [options]",
            Description,
            OptionScope.Studio) { _source };
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        SystemCrypto.Require("studio");
        RunSettings run = context.Run;
        string? source = context.Parsed.GetValue(_source);
        if (source is not null && FileIdentity.KindOf(source) is not (EntryKind.File or EntryKind.Folder))
        {
            throw new InputException(
                ReasonCodes.NotFound,
                $"{source} is neither a recording nor a folder; check the name.");
        }

        CleaningOptions cleaning = context.ReadCleaning();
        context.Begin(source is not null && File.Exists(source) ? [source] : []);
        var options = new StudioOptions
        {
            Source = source,
            Port = run.Port,
            Output = run.Output,
            Language = run.Lang == Tongue.Auto ? null : run.Lang,
            Cleaning = cleaning,
            Decoders = CommandDecoders.Create(),
            Processors = Processors.Allowed(Environment.GetEnvironmentVariable),
        };
        return RunAsync(options, run.Open, context.Signals).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(StudioOptions options, bool isToOpen, StopSignals signals)
    {
        var server = new StudioServer(options with { IdleLimit = isToOpen ? IdleLimit : null });
        await using (server.ConfigureAwait(false))
        {
            string address =
                $"{await server.StartAsync().ConfigureAwait(false)}/#token={server.Token}";
            Screen.Line($"voiceclean: the studio is at {address}");
            if (isToOpen && !BrowserStart.TryOpen(address))
            {
                Screen.Sentence("voiceclean: no browser could be started; open the address yourself");
            }

            Task stopped = UntilCancelled(signals.Token);
            if (await Task.WhenAny(stopped, server.Abandoned).ConfigureAwait(false) != stopped)
            {
                Screen.Sentence("voiceclean: its last page was closed 10 minutes ago; the studio ends");
            }

            await server.StopAsync().ConfigureAwait(false);
            return ExitCodes.Ok;
        }
    }

    private static async Task UntilCancelled(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }
}

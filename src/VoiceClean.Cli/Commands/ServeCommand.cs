using System.CommandLine;
using System.Runtime.ExceptionServices;
using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Cli.Output;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Web.Pool;
using VoiceClean.Web.Serve;

namespace VoiceClean.Cli.Commands;

/// <summary><c>voiceclean serve</c>: cleans for others over HTTP until it is told to stop.</summary>
internal sealed class ServeCommand
{
    private const string Description = """
        Cleans for others over HTTP: a pool of workers behind a bounded queue.
        GET /openapi.json says what can be asked for.

        Examples:
          voiceclean serve                                       on 127.0.0.1:8080
          curl --data-binary @in.m4a -o out.wav localhost:8080/v1/clean
          voiceclean serve --listen unix:/run/voiceclean.sock    behind a proxy
          voiceclean serve --listen 0.0.0.0:8080 --token-file tokens
        """;

    /// <summary>The command with its options.</summary>
    public Command Build()
    {
        var command = new OptionCommand("serve", "voiceclean serve [options]", Description, OptionScope.Serve);
        command.SetAction(parsed => CommandFrame.Run(parsed, command.Choices, Run));
        return command;
    }

    private int Run(CommandContext context)
    {
        SystemCrypto.Require("serve");
        (RunSettings run, Screen screen, StopSignals signals) = (context.Run, context.Screen, context.Signals);
        signals.Patience = run.Drain + TimeSpan.FromSeconds(5);
        context.Begin([]);
        UseTemporaryFolder(run.Temp);
        using var log = new ServeLog(screen, run.Json, run.JsonLog);
        ServeOptions options = Options(context, log);
        return RunAsync(options, run, screen, signals, log).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(
        ServeOptions options,
        RunSettings run,
        Screen screen,
        StopSignals signals,
        ServeLog log)
    {
        var server = new CleaningServer(options);
        await using (server.ConfigureAwait(false))
        {
            foreach (string address in await server.StartAsync().ConfigureAwait(false))
            {
                Screen.Line($"voiceclean: listening on {address}");
            }

            if (!screen.Quiet && server.SpaceWarning is { } warning)
            {
                Screen.Sentence("warning: " + warning);
            }

            await UntilCancelled(signals.Token).ConfigureAwait(false);
            DrainEnd end = await server.DrainAsync(run.Drain).ConfigureAwait(false);
            int exitCode = end == DrainEnd.Clean ? ExitCodes.Ok : signals.ExitCode!.Value;
            log.Finish(exitCode);
            return exitCode;
        }
    }

    private static async Task UntilCancelled(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }

    // Everything that makes temporary files asks the system for the folder.
    private static void UseTemporaryFolder(string? folder)
    {
        if (folder is null)
        {
            return;
        }

        if (!Directory.Exists(folder))
        {
            throw new InputException(ReasonCodes.NotFound, $"--temp {folder} is no folder; make it first.");
        }

        string full = Path.GetFullPath(folder);
        Environment.SetEnvironmentVariable("TMPDIR", full);
        Environment.SetEnvironmentVariable("TMP", full);
        try
        {
            Files.TemporaryFile.Create().Dispose();
        }
        catch (Exception e) when (Files.OutputErrors.IsFileSystemFailure(e))
        {
            throw Files.OutputErrors.Describe(e, folder);
        }
    }

    // A client is told nothing about files of the server, so what is wrong with this one must come out now.
    private static void CheckNoise(CleaningOptions cleaning, AudioDecoders decoders)
    {
        if (cleaning.Noise.FilePath is { } path)
        {
            var job = new ClipJob
            {
                Id = path,
                InputPath = path,
                OutputPath = "",
                OpenInput = () => Files.InputFile.Open(path),
                Publish = _ => { },
            };
            ClipReport report = new InspectionPipeline(cleaning, isGate: false, decoders).Inspect(job);
            if (report.Exception is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    private static ServeOptions Options(CommandContext context, ServeLog log)
    {
        RunSettings run = context.Run;
        int processors = Processors.Allowed(Environment.GetEnvironmentVariable);
        int workers = run.Workers ?? processors;
        AudioDecoders decoders = CommandDecoders.Create();
        CleaningOptions cleaning = context.ReadCleaning();
        CheckNoise(cleaning, decoders);
        return new ServeOptions
        {
            Listen = run.Listen,
            MetricsListen = run.MetricsListen,
            Tokens = run.TokenFile is { } file ? BearerTokens.Load(file, context.Signals.Token) : null,
            NoAuth = run.NoAuth,
            MaxPerToken = run.MaxPerToken,
            HasMicrophones = !run.NoMicrophones,
            MicrophoneOrigins = run.MicrophoneOrigins,
            MicrophoneLimit = run.MicrophoneLimit,
            MicrophonesPerToken = run.MicrophonesPerToken,
            MaxUpload = run.MaxUpload,
            Pool = new PoolOptions
            {
                Workers = workers,
                Queue = run.Queue ?? (8 * workers),
                QueueTimeout = run.QueueTimeout,
                WorkTimeout = run.Timeout,
                Processors = processors,
            },
            Cleaning = cleaning,
            Decoders = decoders,
            Observer = log.Add,
        };
    }
}

using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using static VoiceClean.Cli.Commands.RunRow;
using Row = VoiceClean.Cleaning.Options.OptionRow<VoiceClean.Cli.Commands.RunSettings>;

namespace VoiceClean.Cli.Commands;

/// <summary>The rows of the options about a server.</summary>
internal static class ServeRows
{
    private static readonly ValueRange Seconds = new(0.1, 86_400);

    /// <summary>All of them, in the order of the help.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        .. Group("Server",
            Of("listen", OptionScope.Serve, "ADDR", new ListenSyntax(),
                "Where it listens: an address with its port, or unix:PATH for a socket.",
                s => s.Listen, (s, v) => s with { Listen = v }),
            Path("token-file", OptionScope.Serve, "FILE",
                "Who may use it: a name and a token a line. Needed for an address that other machines can reach.",
                s => s.TokenFile, (s, v) => s with { TokenFile = v }),
            Switch("no-auth", OptionScope.Serve, "A proxy looks who may use it, so no tokens are asked for.",
                s => s.NoAuth, (s, v) => s with { NoAuth = v }),
            Of("max-per-token", OptionScope.Serve, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(1, 1_000_000), NumberUnit.None), "all"),
                "Requests that one token may have under way.",
                s => s.MaxPerToken, (s, v) => s with { MaxPerToken = v }),
            Switch("no-mic", OptionScope.Serve, "No page for checking microphones (GET /mic).",
                s => s.NoMicrophones, (s, v) => s with { NoMicrophones = v }),
            Several("mic-origin", "ORIGIN",
                "A site whose pages may show /mic in a frame, or open its socket themselves.",
                new OriginSyntax(),
                s => s.MicrophoneOrigins, (s, v) => s with { MicrophoneOrigins = v }) with
            {
                Scope = OptionScope.Serve,
            },
            Of("mic-limit", OptionScope.Serve, "N", new IntegerSyntax(new ValueRange(1, 100_000), NumberUnit.None),
                "Microphones that are checked at a time.",
                s => s.MicrophoneLimit, (s, v) => s with { MicrophoneLimit = v }),
            Of("mic-per-token", OptionScope.Serve, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(1, 100_000), NumberUnit.None), "all"),
                "Microphones of one token at a time.",
                s => s.MicrophonesPerToken, (s, v) => s with { MicrophonesPerToken = v }),
            Of("workers", OptionScope.Serve, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(1, 1024), NumberUnit.None), "auto"),
                "Recordings that are worked on at a time; auto = the processors this process may use.",
                s => s.Workers, (s, v) => s with { Workers = v }),
            Of("queue", OptionScope.Serve, "N",
                new OrWordSyntax<int>(new IntegerSyntax(new ValueRange(0, 100_000), NumberUnit.None), "auto"),
                "Places beside those of the workers; auto = 8 a worker. Whoever finds none gets 503 at once.",
                s => s.Queue, (s, v) => s with { Queue = v }),
            Of("max-upload", OptionScope.Serve, "SIZE", new SizeSyntax(1, 1_000_000_000_000),
                "Largest recording.",
                s => s.MaxUpload, (s, v) => s with { MaxUpload = v }),
            Time("timeout", "Longest work on a recording.",
                s => s.Timeout, (s, v) => s with { Timeout = v }),
            Time("queue-timeout", "Longest wait for a worker.",
                s => s.QueueTimeout, (s, v) => s with { QueueTimeout = v }),
            Time("drain", "How long what is under way may take after SIGTERM.",
                s => s.Drain, (s, v) => s with { Drain = v }),
            Of("metrics-listen", OptionScope.Serve, "ADDR", new ListenOrWordSyntax("off"),
                "Another address for /metrics (and health).",
                s => s.MetricsListen, (s, v) => s with { MetricsListen = v }),
            Of("log-format", OptionScope.Serve, "FORM",
                new ChoiceSyntax<bool>(("text", false), ("json", true)),
                "The lines about requests: text, or a JSON object each.",
                s => s.JsonLog, (s, v) => s with { JsonLog = v }),
            Path("temp", OptionScope.Serve, "DIR", "The folder of temporary files; by default the system's.",
                s => s.Temp, (s, v) => s with { Temp = v })),
    ];

    private static Row Time(
        string name,
        string sentence,
        Func<RunSettings, TimeSpan> read,
        Func<RunSettings, TimeSpan, RunSettings> set) =>
        Of(name, OptionScope.Serve, "TIME", new DurationSyntax(Seconds), sentence, read, set);
}

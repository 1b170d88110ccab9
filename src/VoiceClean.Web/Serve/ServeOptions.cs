using VoiceClean.Cleaning;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Formats.Loading;
using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>What a server is to be.</summary>
internal sealed record ServeOptions
{
    /// <summary>Most bytes of a recording, if nothing else is said.</summary>
    public const long DefaultMaxUpload = 200_000_000;

    /// <summary>Microphones at a time, if nothing else is said.</summary>
    public const int DefaultMicrophoneLimit = 8;

    /// <summary>What holds for a request that says nothing, if the server is told nothing: as everywhere, but half an
    /// hour is the longest recording.</summary>
    public static CleaningOptions DefaultCleaning { get; } =
        new() { Limits = new() { MaxDuration = TimeSpan.FromMinutes(30) } };

    /// <summary>Where it listens.</summary>
    public ListenAddress Listen { get; init; } = new(new(System.Net.IPAddress.Loopback, 8080), null);

    /// <summary>Where figures and health are told; null = where it listens.</summary>
    public ListenAddress? MetricsListen { get; init; }

    /// <summary>Who may use it; null = everybody who reaches it.</summary>
    public BearerTokens? Tokens { get; init; }

    /// <summary>Whether somebody else (a proxy) looks who may use it.</summary>
    public bool NoAuth { get; init; }

    /// <summary>Places that one token may hold at a time; null = all.</summary>
    public int? MaxPerToken { get; init; }

    /// <summary>Whether there is a page that checks microphones.</summary>
    public bool HasMicrophones { get; init; } = true;

    /// <summary>Which sites may show that page in theirs, or open a microphone: "https://a.example".</summary>
    public IReadOnlyList<string> MicrophoneOrigins { get; init; } = [];

    /// <summary>Microphones at a time.</summary>
    public int MicrophoneLimit { get; init; } = DefaultMicrophoneLimit;

    /// <summary>Microphones of one token at a time; null = all.</summary>
    public int? MicrophonesPerToken { get; init; }

    /// <summary>Most bytes of a recording.</summary>
    public long MaxUpload { get; init; } = DefaultMaxUpload;

    /// <summary>How large the pool is, and how long things may take.</summary>
    public PoolOptions Pool { get; init; } = new();

    /// <summary>
    /// How long a server that is about to end still listens after the last recording is answered: who is on the way to
    /// it hears that it ends, instead of nothing.
    /// </summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How fast clients must be.</summary>
    public BodyRate Rate { get; init; } = BodyRate.Default;

    /// <summary>What holds for a request that says nothing; its limits can only be lowered.</summary>
    public CleaningOptions Cleaning { get; init; } = DefaultCleaning;

    /// <summary>The decoders to choose from; null = those that come with the library.</summary>
    public AudioDecoders? Decoders { get; init; }

    /// <summary>The stages to choose from; null = those that come with the library.</summary>
    public StageCatalog? Stages { get; init; }

    /// <summary>Is told what became of each request, on any thread.</summary>
    public Action<RequestRecord>? Observer { get; init; }

    /// <summary>Says why a server like this must not run: anybody could use it.</summary>
    /// <exception cref="VoiceCleanException">It must not (kind Usage).</exception>
    public void CheckAccess()
    {
        if (Tokens is not null && NoAuth)
        {
            throw Usage("--no-auth and --token-file contradict each other; leave one out.");
        }

        ListenAddress? open = new[] { Listen, MetricsListen }.FirstOrDefault(a => a is { IsLocal: false });
        if (open is not null && Tokens is null && !NoAuth)
        {
            throw Usage(
                $"{open} can be reached from other machines; name who may use it with --token-file FILE, or say "
                    + "--no-auth if a proxy looks after that.");
        }

        if (MaxPerToken is not null && Tokens is null)
        {
            throw Usage("--max-per-token means nothing without --token-file.");
        }

        if (MicrophonesPerToken is not null && Tokens is null)
        {
            throw Usage("--mic-per-token means nothing without --token-file.");
        }

        if (!HasMicrophones && MicrophoneOrigins.Count > 0)
        {
            throw Usage("--no-mic and --mic-origin contradict each other; leave one out.");
        }
    }

    private static VoiceCleanException Usage(string message) => new(ErrorKind.Usage, ReasonCodes.BadOptions, message);
}

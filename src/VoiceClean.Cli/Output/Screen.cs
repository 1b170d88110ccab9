using Serilog;
using Serilog.Events;
using VoiceClean.Cli.Commands;

namespace VoiceClean.Cli.Output;

/// <summary>Standard error for people: sentences that fit the terminal, and the log.</summary>
internal sealed class Screen : IDisposable
{
    private readonly Serilog.Core.Logger _log;

    public Screen(RunSettings run)
    {
        Quiet = run.Quiet;
        IsVerbose = run.Verbose || run.VeryVerbose;
        Paint.Choose(run.Color);
        LogEventLevel level =
            run.VeryVerbose ? LogEventLevel.Verbose
            : run.Verbose ? LogEventLevel.Debug
            : LogEventLevel.Warning;
        LoggerConfiguration configuration = new LoggerConfiguration()
            .MinimumLevel.Is(run.LogFile is null || run.VeryVerbose ? level : LogEventLevel.Debug)
            .WriteTo.Console(
                level,
                "{Message:lj}{NewLine}{Exception}",
                standardErrorFromLevel: LogEventLevel.Verbose,
                theme: Serilog.Sinks.SystemConsole.Themes.ConsoleTheme.None,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture);
        if (run.LogFile is not null)
        {
            LogFile = new LogFile();
            configuration = configuration.WriteTo.Sink(LogFile, LogEventLevel.Debug);
        }

        _log = configuration.CreateLogger();
    }

    /// <summary>Only errors are wanted.</summary>
    public bool Quiet { get; }

    /// <summary>More than usual is wanted.</summary>
    public bool IsVerbose { get; }

    /// <summary>What happens inside, for whoever asks with -v or a log file.</summary>
    public ILogger Log => _log;

    /// <summary>The log in a file; null if none was asked for.</summary>
    public LogFile? LogFile { get; }

    /// <summary>
    /// One sentence that explains an exit code other than 0, on one line whatever is in a file's name; printed even
    /// when quiet. Only a terminal gets it in lines that fit.
    /// </summary>
    public static void Error(string message) =>
        System.Console.Error.WriteLine(ErrorText(message, Columns, Paint.IsOnError));

    /// <summary>What <see cref="Error"/> prints.</summary>
    /// <param name="message">The sentence, in English.</param>
    /// <param name="columns">Width of the terminal, which would break within words itself; null = on one line.</param>
    /// <param name="isColoured">Whether the name in front is red.</param>
    public static string ErrorText(string message, int? columns, bool isColoured)
    {
        const string Name = "voiceclean:";
        string text = Fitted($"{Name} {Tongue.Say(Paint.OneLine(message))}", columns);
        return Paint.With(Tone.Bad, Name, isColoured) + text[Name.Length..];
    }

    /// <summary>A sentence about a file, with the file in front unless the sentence names it itself.</summary>
    public static string About(string path, string? message) =>
        message?.Contains(path, StringComparison.Ordinal) == true ? message : $"{path}: {message}";

    /// <summary>A sentence that is no error; only a terminal gets it in lines that fit.</summary>
    public static void Sentence(string message) =>
        System.Console.Error.WriteLine(SentenceText(message, Columns, Paint.IsOnError));

    /// <summary>What <see cref="Sentence"/> prints.</summary>
    /// <param name="message">The sentence, in English.</param>
    /// <param name="columns">Width of the terminal; null = on one line.</param>
    /// <param name="isColoured">Whether "warning:" in front is yellow.</param>
    public static string SentenceText(string message, int? columns, bool isColoured) =>
        SaidText(Tongue.Say(Paint.OneLine(message)), columns, isColoured);

    /// <summary>As <see cref="Sentence"/>, for one whose parts are in the language already.</summary>
    public static void Said(string sentence) =>
        System.Console.Error.WriteLine(SaidText(Paint.OneLine(sentence), Columns, Paint.IsOnError));

    private static string SaidText(string sentence, int? columns, bool isColoured)
    {
        string text = Fitted(sentence, columns), warning = Tongue.Say("warning:");
        return text.StartsWith(warning, StringComparison.Ordinal)
            ? Paint.With(Tone.Fair, warning, isColoured) + text[warning.Length..]
            : text;
    }

    /// <summary>Columns of the terminal; null where there is none, and lines that a script reads stay whole.</summary>
    public static int? Columns => System.Console.IsErrorRedirected ? null : System.Console.WindowWidth;

    /// <summary>A sentence in lines that fit the terminal, if there is one.</summary>
    public static string Fitted(string sentence) => Fitted(Paint.OneLine(sentence), Columns);

    private static string Fitted(string line, int? columns) =>
        columns is > 0 and { } width ? string.Join('\n', Wrapped.Lines(line, width, "")) : line;

    /// <summary>One line that is no error, never broken to fit a terminal.</summary>
    public static void Line(string message) =>
        System.Console.Error.WriteLine(Tongue.Say(Paint.OneLine(message)));

    public void Dispose() => _log.Dispose();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using VoiceClean.Errors;
using VoiceClean.Files;

namespace VoiceClean.Cli.Output;

/// <summary>
/// The log in a file. What is logged before it is known that the file may be written is kept; what cannot be written
/// ends no run, but is said and becomes its exit code. Thread-safe.
/// </summary>
internal sealed partial class LogFile : ILogEventSink, IDisposable
{
    private static readonly MessageTemplateTextFormatter Format = new(
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}{Exception}",
        CultureInfo.InvariantCulture);

    private readonly Lock _gate = new();
    private readonly Queue<LogEvent> _early = new();
    private Stream? _stream;

    /// <summary>Why the rest of the log is missing; null if nothing is.</summary>
    public VoiceCleanException? Failure { get; private set; }

    /// <summary>Whether a file is empty or a log of ours, to which may be added.</summary>
    public static bool IsLog(string path)
    {
        try
        {
            using var reader = new StreamReader(InputFile.Open(path));
            char[] head = new char[64];
            int count = reader.ReadBlock(head);
            return count == 0 || FirstLine().IsMatch(new string(head, 0, count));
        }
        catch (Exception e) when (e is VoiceCleanException || OutputErrors.IsFileSystemFailure(e))
        {
            return false;
        }
    }

    /// <summary>Opens it and writes what has been kept.</summary>
    /// <exception cref="VoiceCleanException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">Stopped while waiting for the reader of a pipe.</exception>
    public void Open(WritePlace place, CancellationToken stop)
    {
        lock (_gate)
        {
            _stream = place.Append(stop);
            while (_early.TryDequeue(out LogEvent? logEvent))
            {
                Write(logEvent);
            }
        }
    }

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        lock (_gate)
        {
            if (_stream is null)
            {
                _early.Enqueue(logEvent);
            }
            else
            {
                Write(logEvent);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _stream?.Dispose();
        }
    }

    private void Write(LogEvent logEvent)
    {
        if (Failure is not null)
        {
            return;
        }

        using var line = new StringWriter(CultureInfo.InvariantCulture);
        Format.Format(logEvent, line);
        try
        {
            _stream!.Write(Encoding.UTF8.GetBytes(line.ToString()));     // one call: several runs may share a log
        }
        catch (VoiceCleanException e)
        {
            Failure = e;
        }
        catch (OperationCanceledException)
        {
            // Nobody reads the log, and the run was stopped.
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d \[[A-Z]{3}\] ")]
    private static partial Regex FirstLine();
}

using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Reporting;

namespace VoiceClean.Cli.Output;

/// <summary>
/// The JSON Lines of a run: on standard output as they come, in a file once they are complete (a name only ever shows a
/// complete file; what happened until a crash stands in the journal). A file called .html, .csv or .md becomes a report
/// made from them.
/// </summary>
internal sealed class ReportLines : IDisposable
{
    private readonly Stream? _output;
    private readonly WritePlace? _place;
    private readonly CancellationToken _stop;
    private readonly FileStream? _spool;
    private bool _isClosed;

    /// <param name="toStandardOutput">Whether they go there.</param>
    /// <param name="place">The file, checked; null = none.</param>
    /// <param name="stop">Ends the waiting for readers.</param>
    /// <exception cref="VoiceCleanException">Standard output is closed, or there is no space.</exception>
    public ReportLines(bool toStandardOutput, WritePlace? place, CancellationToken stop)
    {
        _output = toStandardOutput ? StandardOutput.Open(stop) : null;
        (_place, _stop) = (place, stop);
        try
        {
            _spool = place is null ? null : TemporaryFile.Create();
        }
        catch (Exception e) when (OutputErrors.IsFileSystemFailure(e))
        {
            throw NoSpace(e);
        }
    }

    /// <summary>Whether anybody reads the lines.</summary>
    public bool HasReader => _output is not null || _spool is not null;

    /// <summary>Adds the line of one input.</summary>
    /// <exception cref="VoiceCleanException">The reader of standard output went away, or there is no space for
    /// it.</exception>
    public void Add(ClipReport report)
    {
        if (HasReader)
        {
            Write(ReportJson.ToLine(report));
        }
    }

    /// <summary>Adds the summary and publishes the file.</summary>
    /// <returns>The exit code, which becomes that of a failure to write the report.</returns>
    public int Finish(RunSummary summary, int exitCode)
    {
        try
        {
            byte[] line = Encoding.UTF8.GetBytes(ExitCodes.AddTo(ReportJson.ToLine(summary), exitCode) + "\n");
            if (_spool is not null)
            {
                Keep(line);
                Publish(_place!, _spool, isStopped: exitCode >= 128, _stop);
            }

            if (!_isClosed)
            {
                Send(line);
            }

            return exitCode;
        }
        catch (VoiceCleanException e)
        {
            Screen.Error(e.Message);
            return exitCode is ExitCodes.Ok or ExitCodes.SomeFailed ? ExitCodes.Of(e.Kind) : exitCode;
        }
        catch (OperationCanceledException)
        {
            return exitCode;        // stopped, and nobody reads the pipe that was to have the report
        }
    }

    /// <summary>Writes lines to their place, or the report that its ending asks for.</summary>
    /// <param name="place">The file.</param>
    /// <param name="lines">All of them, the summary last.</param>
    /// <param name="isStopped">Whether the run was stopped: then nobody waits for pictures.</param>
    /// <param name="stop">Ends the waiting for readers.</param>
    /// <exception cref="VoiceCleanException">It cannot be written.</exception>
    public static void Publish(WritePlace place, Stream lines, bool isStopped, CancellationToken stop)
    {
        if (ReportFile.IsReport(place.Path))
        {
            using var reader = new RecordReader();
            reader.Add(place.Path, lines);
            var options = new ReportOptions { Language = Tongue.Language };
            ReportFile.Write(
                place,
                reader.Read(CancellationToken.None),
                isStopped ? options with { Worst = 0 } : options,
                Commands.CommandDecoders.Create(),
                isStopped ? CancellationToken.None : stop);
            return;
        }

        place.Write(
            stream =>
            {
                lines.Position = 0;
                lines.CopyTo(stream);
            },
            stop);
    }

    public void Dispose()
    {
        _spool?.Dispose();
        _output?.Dispose();
    }

    private void Write(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        try
        {
            _spool?.Write(bytes);
        }
        catch (IOException e)
        {
            throw NoSpace(e);
        }

        Send(bytes);
    }

    private void Keep(byte[] bytes)
    {
        try
        {
            _spool!.Position = _spool.Length;
            _spool.Write(bytes);
        }
        catch (IOException e)
        {
            throw NoSpace(e);
        }
    }

    private static VoiceCleanException NoSpace(Exception e) => new(
        ErrorKind.Temporary,
        ReasonCodes.NoSpace,
        $"The report cannot be kept in the temporary folder {Path.GetTempPath()}: {SystemErrors.Say(e)}; set TMPDIR to "
            + "a folder with more space.",
        e);

    private void Send(byte[] bytes)
    {
        try
        {
            _output?.Write(bytes);
        }
        catch (VoiceCleanException)
        {
            _isClosed = true;
            throw;
        }
        catch (OperationCanceledException e)
        {
            _isClosed = true;
            throw new OutputException(
                ReasonCodes.OutputClosed,
                "Nobody reads standard output, and the run was stopped; the rest of the lines is lost.",
                e);
        }
    }
}

using System.Text;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Files;
using VoiceClean.Runs.Selection;

namespace VoiceClean.Cli.Output;

/// <summary>
/// The JSON Lines of a run: on standard output as they come, in a file once they are complete (a name only ever shows a
/// complete file; what happened until a crash stands in the journal).
/// </summary>
internal sealed class ReportLines : IDisposable
{
    private readonly Stream? _output;
    private readonly string? _path;
    private readonly FileStream? _spool;
    private bool _isClosed;

    /// <exception cref="VoiceCleanException">The report file would replace an input, or its folder cannot be
    /// written.</exception>
    public ReportLines(bool toStandardOutput, string? path, FileSelection inputs, CancellationToken stop)
    {
        _output = toStandardOutput ? StandardOutput.Open(stop) : null;
        _path = path;
        if (path is null)
        {
            return;
        }

        if (FileIdentity.Of(path) is { } identity && inputs.Files.Any(f => FileIdentity.Of(f.Path) == identity))
        {
            throw new OutputException(
                ReasonCodes.InputIsOutput,
                $"--report {path} is one of the inputs; choose another name.");
        }

        AtomicFile.CheckWritable(path);
        _spool = TemporaryFile.Create();
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
                _spool.Position = _spool.Length;
                _spool.Write(line);
                AtomicFile.Write(_path!, overwrite: true, stream =>
                {
                    _spool.Position = 0;
                    _spool.CopyTo(stream);
                });
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
            throw OutputErrors.Describe(e, Path.GetTempPath());
        }

        Send(bytes);
    }

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

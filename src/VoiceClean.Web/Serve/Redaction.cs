using VoiceClean.Cleaning.Options;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Serve;

/// <summary>
/// What a client is not told: names of files and folders of the server, what its system says, and where a bug is. The
/// log has all of it.
/// </summary>
internal static class Redaction
{
    private static readonly string[] Troubles =
        [ReasonCodes.NoSpace, ReasonCodes.IoError, ReasonCodes.OutOfMemory];

    private const string Trouble =
        "The server is short of space or memory, or cannot read or write; try again later.";

    /// <summary>A problem as a client may see it.</summary>
    public static Problem Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        Problem shown = problem with { Report = problem.Report is { } report ? Of(report) : null };
        return problem.Answer.Status switch
        {
            503 when Troubles.Contains(problem.Answer.Reason) => shown with
            {
                Detail = Trouble,
                Report = shown.Report is null ? null : shown.Report with { Message = Trouble },
            },
            500 => Bug() with { Report = null },
            _ => shown,
        };
    }

    /// <summary>The answer to a bug: a number that stands in the log too.</summary>
    public static Problem Bug()
    {
        string incident = Guid.NewGuid().ToString("N")[..12];
        return Problem.Of(
            ReasonCodes.InternalError,
            $"A bug of ours, or a fault of this server; please report incident {incident} to whoever runs it.") with
        {
            Incident = incident,
        };
    }

    /// <summary>A report as a client may see it.</summary>
    public static ClipReport Of(ClipReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report with { Options = report.Options is { } options ? Of(options) : null };
    }

    /// <summary>Options as a client may see them: a file that the operator named, without its folder.</summary>
    public static CleaningOptions Of(CleaningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Noise.FilePath is { } path
            ? options with { Noise = options.Noise with { FilePath = Path.GetFileName(path) } }
            : options;
    }
}

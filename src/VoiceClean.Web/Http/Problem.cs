using Microsoft.AspNetCore.WebUtilities;
using VoiceClean.Cleaning.Reports;
using VoiceClean.Errors;

namespace VoiceClean.Web.Http;

/// <summary>An answer that is no result, as RFC 9457 writes it.</summary>
/// <param name="Answer">Reason, status, and whether it is worth trying again.</param>
/// <param name="Detail">One sentence, the one the command line prints.</param>
internal sealed record Problem(ReasonStatus Answer, string Detail)
{
    /// <summary>The type of its content.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The whole record of what was found before it failed; null if nothing was looked at.</summary>
    public ClipReport? Report { get; init; }

    /// <summary>When to try again [s]; null = no header.</summary>
    public int? RetryAfter { get; init; } = Answer.RetryAfter;

    /// <summary>What to ask for in the log; null for what is no bug.</summary>
    public string? Incident { get; init; }

    /// <summary>The problem behind a failure of the library.</summary>
    public static Problem Of(VoiceCleanException failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(ReasonStatus.Of(failure.Code, failure.Kind), failure.Message);
    }

    /// <summary>The problem of a reason that only a server knows.</summary>
    public static Problem Of(string reason, string detail) => new(ReasonStatus.Of(reason), detail);

    /// <summary>The body of the answer, UTF-8.</summary>
    public byte[] ToJson() => JsonBytes.OfObject(json =>
    {
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(Answer.Status));
        json.WriteNumber("status", Answer.Status);
        json.WriteString("detail", Detail);
        json.WriteString("reason", Answer.Reason);
        if (Answer.ExitCode is { } exitCode)
        {
            json.WriteNumber("exit_code", exitCode);
        }

        json.WriteBoolean("retryable", Answer.IsRetryable);
        if (Incident is not null)
        {
            json.WriteString("incident", Incident);
        }

        if (Report is not null)
        {
            json.WritePropertyName("report");
            json.WriteRawValue(ReportJson.ToLine(Report), skipInputValidation: true);
        }
    });
}

/// <summary>Ends the handling of a request with an answer that is no result.</summary>
/// <param name="problem">The answer.</param>
internal sealed class RefusalException(Problem problem) : Exception(problem.Detail)
{
    public RefusalException(string reason, string detail)
        : this(Http.Problem.Of(reason, detail))
    {
    }

    /// <summary>The answer.</summary>
    public Problem Problem { get; } = problem;
}

using VoiceClean.Cleaning.Reports;

namespace VoiceClean.Web.Serve;

/// <summary>What became of one request.</summary>
internal sealed record RequestRecord
{
    /// <summary>GET, POST …</summary>
    public required string Method { get; init; }

    /// <summary>The path of the route, or "-" for none: what a stranger asked for stands nowhere.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The status of the answer; 499 if the client went away.</summary>
    public required int Status { get; init; }

    /// <summary>The stable code of what went wrong; empty if all went well.</summary>
    public required string Reason { get; init; }

    /// <summary>How long it took from the headers to the last byte of the answer.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Whose token it was; null where none is asked for.</summary>
    public string? Token { get; init; }

    /// <summary>Bytes of the recording that came.</summary>
    public long UploadBytes { get; init; }

    /// <summary>The whole report; null if nothing was looked at. Never sent in this form: it may name files.</summary>
    public ClipReport? Report { get; init; }

    /// <summary>What the answer to a bug names.</summary>
    public string? Incident { get; init; }

    /// <summary>The exception behind a bug or a trouble of the server's own.</summary>
    public Exception? Exception { get; init; }
}

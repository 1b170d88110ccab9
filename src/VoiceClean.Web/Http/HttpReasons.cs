namespace VoiceClean.Web.Http;

/// <summary>
/// The stable codes of what only a server answers, beside <see cref="VoiceClean.Errors.ReasonCodes"/>.
/// </summary>
internal static class HttpReasons
{
    /// <summary>No place is free, or none came up in time.</summary>
    public const string Busy = "busy";

    /// <summary>The server is about to end.</summary>
    public const string Draining = "draining";

    /// <summary>The body came too slowly, or not at all.</summary>
    public const string SlowBody = "slow_body";

    /// <summary>The body is not what its headers say.</summary>
    public const string BadBody = "bad_body";

    /// <summary>The client went away; nobody reads the answer, it stands in the log.</summary>
    public const string ClientGone = "client_gone";

    /// <summary>No token, or an unknown one.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>One token holds as many places as it may.</summary>
    public const string TokenLimit = "token_limit";

    /// <summary>There is nothing at this path.</summary>
    public const string NoRoute = "no_route";

    /// <summary>The path is there, but not for this method.</summary>
    public const string WrongMethod = "wrong_method";

    /// <summary>The Host header names somebody else.</summary>
    public const string WrongHost = "wrong_host";

    /// <summary>A page of another site asks.</summary>
    public const string WrongOrigin = "wrong_origin";

    /// <summary>The body is of a type that this path does not take.</summary>
    public const string WrongType = "wrong_type";

    /// <summary>Nothing may be written: no folder was named for it.</summary>
    public const string ReadOnly = "read_only";

    /// <summary>A later request has taken the place of this one.</summary>
    public const string Superseded = "superseded";

    /// <summary>What was rendered is not yet what the command line would write.</summary>
    public const string NotExact = "not_exact";

    /// <summary>What the request names is not open (any more).</summary>
    public const string NotOpen = "not_open";
}

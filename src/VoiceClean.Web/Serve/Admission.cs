using VoiceClean.Web.Http;
using VoiceClean.Web.Pool;

namespace VoiceClean.Web.Serve;

/// <summary>Lets requests with a recording in: one place each, taken before the body is read.</summary>
/// <param name="options">The server.</param>
/// <param name="pool">Where the places are.</param>
internal sealed class Admission(ServeOptions options, CleaningPool pool)
{
    /// <summary>Takes a place.</summary>
    /// <param name="token">Whose request it is; null where no tokens are asked for.</param>
    /// <returns>To be disposed of when the request is answered.</returns>
    /// <exception cref="RefusalException">There is none.</exception>
    public AdmittedRequest Enter(string? token)
    {
        if (pool.IsClosed)
        {
            throw new RefusalException(HttpReasons.Draining, "This server is about to end; try another one.");
        }

        string? held = options.MaxPerToken is null ? null : token;
        if (held is not null && !options.Tokens!.TryHold(held, options.MaxPerToken!.Value))
        {
            throw new RefusalException(
                Problem.Of(
                    HttpReasons.TokenLimit,
                    $"This token has {options.MaxPerToken} requests under way already; wait for one of them.") with
                {
                    RetryAfter = pool.SecondsUntilFree(),
                });
        }

        if (pool.TryEnter() is { } place)
        {
            return new AdmittedRequest(place, held is null ? null : () => options.Tokens!.Release(held));
        }

        if (held is not null)
        {
            options.Tokens!.Release(held);
        }

        throw Busy("All places are taken.");
    }

    /// <summary>The refusal of one that must come again later.</summary>
    public RefusalException Busy(string what) =>
        new(Problem.Of(HttpReasons.Busy, $"{what} Try again a little later.") with
        {
            RetryAfter = pool.SecondsUntilFree(),
        });
}

/// <summary>A request that was let in.</summary>
/// <param name="Place">Its place.</param>
/// <param name="Release">Gives back what its token holds; null if nothing.</param>
internal sealed record AdmittedRequest(PoolPlace Place, Action? Release) : IDisposable
{
    public void Dispose()
    {
        Place.Dispose();
        Release?.Invoke();
    }
}

using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>Which route a request found; a feature of the request.</summary>
/// <param name="Route">Null if there is none.</param>
/// <param name="Allowed">The methods under its path if none of them is the request's; else empty.</param>
internal sealed record RouteMatch(Route? Route, IReadOnlyList<string> Allowed)
{
    /// <summary>True if something is served under its path.</summary>
    public bool HasPath => Route is not null || Allowed.Count > 0;

    /// <summary>What the request found.</summary>
    public static RouteMatch Of(HttpContext context) => context.Features.Get<RouteMatch>()!;
}

/// <summary>Finds the route of a request: the first whose path and method are its own.</summary>
/// <remarks>
/// A table of twenty routes needs no compiled tree. The framework's routing, with the host around it, is 2.6 MB of the
/// native program.
/// </remarks>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    /// <summary>All, in the order in which they are tried.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>Adds one behind the others.</summary>
    public Route Add(Route route)
    {
        _routes.Add(route);
        return route;
    }

    /// <summary>Finds the route, and writes the words of its path into the request.</summary>
    public RouteMatch Find(HttpRequest request)
    {
        string[] parts = Parts(request.Path.Value ?? "");
        List<string> allowed = [];
        foreach (Route route in _routes)
        {
            if (!route.IsOf(parts))
            {
                continue;
            }

            if (route.Methods.Contains(request.Method, StringComparer.OrdinalIgnoreCase))
            {
                route.SetValues(request, parts);
                return new RouteMatch(route, []);
            }

            allowed.AddRange(route.Methods.Except(allowed));
        }

        return new RouteMatch(null, allowed);
    }

    /// <summary>Answers who found no route: 405 with what is allowed, or 404.</summary>
    public static Task Refuse(HttpContext context, RouteMatch match)
    {
        context.Response.StatusCode = match.HasPath
            ? StatusCodes.Status405MethodNotAllowed
            : StatusCodes.Status404NotFound;
        if (match.HasPath)
        {
            context.Response.Headers.Allow = string.Join(", ", match.Allowed);
        }

        return Task.CompletedTask;
    }

    /// <summary>What stands between the slashes; one at the end counts for nothing.</summary>
    internal static string[] Parts(string path) => path.Trim('/') is { Length: > 0 } inner ? inner.Split('/') : [];
}

using Microsoft.AspNetCore.Http;

namespace VoiceClean.Web.Http;

/// <summary>What is served under a path.</summary>
/// <param name="methods">"GET", "HEAD", "POST" …</param>
/// <param name="path">"/v1/clean"; a part in braces stands for any word: "/api/clips/{clip}/peaks".</param>
/// <param name="handler">Who answers.</param>
internal sealed class Route(IReadOnlyList<string> methods, string path, RequestDelegate handler)
{
    private readonly string[] _parts = RouteTable.Parts(path);
    private object[] _marks = [];

    /// <summary>The methods it answers.</summary>
    public IReadOnlyList<string> Methods => methods;

    /// <summary>Its path as it was written.</summary>
    public string Path => path;

    /// <summary>Who answers.</summary>
    public RequestDelegate Handler => handler;

    /// <summary>Puts marks on it, for who stands around every request.</summary>
    public Route With(params object[] marks)
    {
        _marks = [.. _marks, .. marks];
        return this;
    }

    /// <summary>Its mark of that type; null if it has none.</summary>
    public T? Mark<T>()
        where T : class
    {
        foreach (object mark in _marks)
        {
            if (mark is T found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>True if the path is this route's, in whatever case of letters.</summary>
    /// <param name="parts">The parts of the path.</param>
    public bool IsOf(string[] parts)
    {
        bool isOf = parts.Length == _parts.Length;
        for (int i = 0; isOf && i < parts.Length; i++)
        {
            isOf = IsName(_parts[i]) || string.Equals(_parts[i], parts[i], StringComparison.OrdinalIgnoreCase);
        }

        return isOf;
    }

    /// <summary>Writes the words that stand for the braces where handlers read them.</summary>
    /// <param name="request">Whose route it is.</param>
    /// <param name="parts">The parts of its path.</param>
    public void SetValues(HttpRequest request, string[] parts)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            if (IsName(_parts[i]))
            {
                request.RouteValues[_parts[i][1..^1]] = parts[i];
            }
        }
    }

    private static bool IsName(string part) => part is ['{', .., '}'];
}

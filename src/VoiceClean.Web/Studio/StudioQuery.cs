using System.Globalization;
using Microsoft.AspNetCore.Http;
using VoiceClean.Cleaning.Options;
using VoiceClean.Errors;
using VoiceClean.Web.Http;

namespace VoiceClean.Web.Studio;

/// <summary>What the query of a request says: known names alone, each once, every figure within its bounds.</summary>
internal sealed class StudioQuery
{
    /// <summary>The longest time that a figure may name [s].</summary>
    public const double MostSeconds = 86_400;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a query.</summary>
    /// <param name="request">The request.</param>
    /// <param name="known">The names that mean something.</param>
    /// <exception cref="RefusalException">There is another name, or one twice.</exception>
    public StudioQuery(HttpRequest request, params string[] known)
    {
        ArgumentNullException.ThrowIfNull(request);
        foreach ((string name, string value) in OptionTable.PairsOf(request.QueryString.Value ?? ""))
        {
            if (!known.Contains(name))
            {
                throw Bad($"'{name}' means nothing here; known are {string.Join(", ", known)}.");
            }

            if (!_values.TryAdd(name, value))
            {
                throw Bad($"{name} is given twice.");
            }
        }
    }

    /// <summary>A number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest.</param>
    /// <param name="otherwise">What holds if it is not there; null = it must be.</param>
    /// <exception cref="RefusalException">It is none.</exception>
    public double Number(string name, double least, double most, double? otherwise)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return otherwise ?? throw Bad($"{name} is missing.");
        }

        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign
            | NumberStyles.AllowExponent;
        return double.TryParse(text, plain, CultureInfo.InvariantCulture, out double value)
            && value >= least
            && value <= most
            ? value
            : throw Bad(FormattableString.Invariant($"{name} must be a number between {least} and {most}."));
    }

    /// <summary>A whole number; as <see cref="Number"/>.</summary>
    public int Integer(string name, int least, int most, int? otherwise)
    {
        double value = Number(name, least, most, otherwise);
        return value == Math.Floor(value) ? (int)value : throw Bad($"{name} must be a whole number.");
    }

    /// <summary>One of a few words, the first if none is said.</summary>
    /// <exception cref="RefusalException">It is another.</exception>
    public string Word(string name, params string[] words) =>
        !_values.TryGetValue(name, out string? text) ? words[0]
        : words.Contains(text) ? text
        : throw Bad($"{name} must be one of {string.Join(", ", words)}.");

    private static RefusalException Bad(string detail) => new(ReasonCodes.BadOptions, detail);
}

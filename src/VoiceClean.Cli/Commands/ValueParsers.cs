using System.CommandLine.Parsing;
using System.Globalization;
using VoiceClean.Cleaning.Options;

namespace VoiceClean.Cli.Commands;

/// <summary>
/// Values with their unit: "500ms", "-40dBFS", "-16LUFS", "1%". Parsed invariantly; a bare number takes the option's
/// own unit.
/// </summary>
internal static class ValueParsers
{
    /// <summary>A plain number within a range.</summary>
    public static Func<ArgumentResult, double> Number(double minimum, double maximum, params string[] units) =>
        result =>
        {
            string text = result.Tokens[0].Value;
            return TryNumber(text, units, out double value) && value >= minimum && value <= maximum
                ? value
                : Fail(result, text, Range(minimum, maximum, units));
        };

    /// <summary>
    /// The same, or the word "off", which becomes not-a-number (the parser cannot hold a nullable number that is null).
    /// </summary>
    public static Func<ArgumentResult, double> NumberOrOff(double minimum, double maximum, params string[] units)
    {
        Func<ArgumentResult, double> number = Number(minimum, maximum, units);
        return result => result.Tokens[0].Value == "off" ? double.NaN : number(result);
    }

    /// <summary>A share: "1%" or 0.01.</summary>
    public static double Share(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        bool percent = text.EndsWith('%');
        return
            TryNumber(percent ? text[..^1] : text, [], out double value)
            && value >= 0
            && (percent ? value / 100 : value) <= 1
            ? percent
                ? value / 100
                : value
            : Fail(result, text, "must be a share like 1% or 0.01");
    }

    /// <summary>A duration: "500ms", "0.8s", "2min", "4h".</summary>
    public static Func<ArgumentResult, TimeSpan> Duration(TimeSpan bareUnit, TimeSpan minimum, TimeSpan maximum) =>
        result =>
        {
            string text = result.Tokens[0].Value;
            if (DurationConverter.TryParse(text, bareUnit, out TimeSpan value) && value >= minimum && value <= maximum)
            {
                return value;
            }

            Fail(
                result,
                text,
                FormattableString.Invariant(
                    $"must be a duration between {minimum.TotalSeconds}s and {maximum.TotalSeconds}s, like 500ms or 0.8s"
                ));
            return default;
        };

    /// <summary>Parses a number that may carry one of <paramref name="units"/> (case does not matter).</summary>
    public static bool TryNumber(string text, ReadOnlySpan<string> units, out double value)
    {
        string number = text.Trim();
        foreach (string unit in units)
        {
            if (number.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^unit.Length].TrimEnd();
                break;
            }
        }

        return double.TryParse(
                number,
                NumberStyles.Float & ~NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture,
                out value) && double.IsFinite(value);
    }

    /// <summary>Reports a bad value with what would be good; the result is not used.</summary>
    public static double Fail(ArgumentResult result, string text, string expectation)
    {
        string option = result.Parent is OptionResult { Option: var o } ? o.Name : "value";
        result.AddError($"{option} {text}: {expectation}.");
        return double.NaN;
    }

    private static string Range(double minimum, double maximum, string[] units)
    {
        string unit = units.Length > 0 ? units[0] : "";
        return FormattableString.Invariant($"must be a number between {minimum} and {maximum}{unit}");
    }
}

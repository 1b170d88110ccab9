using System.Globalization;
using System.Text.Json.Nodes;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>Figures as people read them; "-" for what is not known.</summary>
internal static class Figures
{
    /// <summary>A figure with its unit.</summary>
    public static string Cell(double? value, string format, string unit)
        => value is { } v && double.IsFinite(v) ? v.ToString(format, CultureInfo.InvariantCulture) + " " + unit : "-";

    /// <summary>The signal-to-noise ratio: ">40 dB" and "&lt;-20 dB" where it cannot be measured any more.</summary>
    public static string Snr(Measurements measured, string format) =>
        SnrBound(measured) is { Length: > 0 } bound
            ? bound + Cell(measured.SnrDb, "F0", "dB")
            : Cell(measured.SnrDb, format, "dB");

    /// <summary>What stands before a ratio that is only a bound.</summary>
    public static string SnrBound(Measurements measured) =>
        measured.SnrIsLowerBound == true ? ">"
        : measured.SnrIsUpperBound == true ? "<"
        : "";

    /// <summary>What a step cost: "decode 142.6 ms"; last the speed.</summary>
    public static string Cost(string key, JsonNode? value)
    {
        double number = value?.GetValue<double>() ?? 0;
        return key.EndsWith("_ms", StringComparison.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"{key[..^3].Replace('_', '-'),-20} {number,9:N1} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{key.Replace('_', ' '),-20} {number,9:N1} x");
    }
}

using System.Globalization;
using VoiceClean.Inspection;

namespace VoiceClean.Cli.Output;

/// <summary>Figures as people read them; "-" for what is not known.</summary>
internal static class Figures
{
    /// <summary>A figure with its unit.</summary>
    public static string Cell(double? value, string format, string unit)
        => value is { } v && double.IsFinite(v) ? v.ToString(format, CultureInfo.InvariantCulture) + " " + unit : "-";

    /// <summary>The signal-to-noise ratio: ">40 dB" where it cannot be measured any more.</summary>
    public static string Snr(Measurements measured, string format) =>
        measured.SnrIsLowerBound == true
            ? ">" + Cell(measured.SnrDb, "F0", "dB")
            : Cell(measured.SnrDb, format, "dB");
}

using System.Globalization;
using System.Text.Json;

namespace VoiceClean.Reporting;

/// <summary>Figures as short as they can be told, so that a page of 10,000 rows stays small.</summary>
internal static class JsonFigures
{
    /// <summary>Writes a number of at most so many digits behind the point, or null.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, double? value, int digits)
    {
        if (value is { } v && double.IsFinite(v))
        {
            string text = Math.Round(v, digits).ToString("0.####", CultureInfo.InvariantCulture);
            json.WriteRawValue(text == "-0" ? "0" : text, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>The same under a name.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string name, double? value, int digits)
    {
        json.WritePropertyName(name);
        json.WriteFigure(value, digits);
    }
}

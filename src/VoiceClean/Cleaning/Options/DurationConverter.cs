using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json;

namespace VoiceClean.Cleaning.Options;

/// <summary>
/// Durations in option files and reports carry their unit: "0.5s"; "500ms", "2min" and "4h" are read as well.
/// </summary>
internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    /// <summary>Reads a duration with or without a unit.</summary>
    /// <param name="text">"500ms", "0.5s", "2min", "4h" or a bare number.</param>
    /// <param name="bareUnit">What a bare number counts.</param>
    /// <param name="duration">The result; undefined if false is returned.</param>
    public static bool TryParse(string text, TimeSpan bareUnit, out TimeSpan duration)
    {
        (string Suffix, TimeSpan Unit)[] units =
        [
            ("ms", TimeSpan.FromMilliseconds(1)),
            ("min", TimeSpan.FromMinutes(1)),
            ("s", TimeSpan.FromSeconds(1)),
            ("m", TimeSpan.FromMinutes(1)),
            ("h", TimeSpan.FromHours(1)),
        ];
        string number = text.Trim();
        TimeSpan unit = bareUnit;
        foreach ((string suffix, TimeSpan value) in units)
        {
            if (number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                (number, unit) = (number[..^suffix.Length].TrimEnd(), value);
                break;
            }
        }

        duration = default;
        if (
            !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double count)
            || Math.Abs(count * unit.TotalSeconds) > 1e9
            || double.IsNaN(count))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(count * unit.Ticks));
        return true;
    }

    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string text =
            reader.TokenType == JsonTokenType.Number
                ? reader.GetDouble().ToString(CultureInfo.InvariantCulture)
                : reader.GetString() ?? "";
        return TryParse(text, TimeSpan.FromSeconds(1), out TimeSpan duration)
            ? duration
            : throw new JsonException($"'{text}' is no duration; write it like \"0.5s\" or \"500ms\".");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options)
        => writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds}s"));
}

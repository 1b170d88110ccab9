using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Cleaning.Options;

/// <summary>A time within a range; a bare number is seconds, in every option.</summary>
internal sealed class DurationSyntax(ValueRange seconds) : ValueSyntax<TimeSpan>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Duration;

    /// <inheritdoc/>
    public override string Unit => "s";

    /// <inheritdoc/>
    public override double? Minimum => seconds.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => seconds.Maximum;

    /// <inheritdoc/>
    public override string Expectation
        => $"a time between {Short(seconds.Minimum)} and {Short(seconds.Maximum)}, like 500ms, 0.5s or 2min "
            + "(a bare number is seconds)";

    /// <inheritdoc/>
    public override bool TryParse(string text, out TimeSpan value) =>
        DurationConverter.TryParse(text, TimeSpan.FromSeconds(1), out value) && seconds.Contains(value.TotalSeconds);

    /// <inheritdoc/>
    public override string Format(TimeSpan value) => Show(value);

    /// <summary>A time in the largest unit that shows it as a whole number, else in seconds; exact to 100 ns.</summary>
    public static string Show(TimeSpan value)
    {
        (long ticks, string unit) = value.Ticks switch
        {
            0 => (TimeSpan.TicksPerSecond, "s"),
            var t when t % TimeSpan.TicksPerHour == 0 => (TimeSpan.TicksPerHour, "h"),
            var t when t % TimeSpan.TicksPerMinute == 0 => (TimeSpan.TicksPerMinute, "min"),
            _ => (TimeSpan.TicksPerSecond, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / (decimal)ticks:0.#######}{unit}");
    }

    private static string Short(double seconds) => Show(TimeSpan.FromSeconds(seconds));
}

/// <summary>A time before and a time after something; one time stands for both.</summary>
internal sealed class DurationPairSyntax(ValueRange seconds) : ValueSyntax<(TimeSpan Before, TimeSpan After)>
{
    private readonly DurationSyntax _time = new(seconds);

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Duration;

    /// <inheritdoc/>
    public override string Unit => "s";

    /// <inheritdoc/>
    public override double? Minimum => seconds.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => seconds.Maximum;

    /// <inheritdoc/>
    public override string Expectation => $"one or two times (before,after), each {_time.Expectation}";

    /// <inheritdoc/>
    public override bool TryParse(string text, out (TimeSpan Before, TimeSpan After) value)
    {
        string[] parts = text.Split(',');
        value = default;
        return parts.Length <= 2
            && _time.TryParse(parts[0], out value.Before)
            && _time.TryParse(parts[^1], out value.After);
    }

    /// <inheritdoc/>
    public override string Format((TimeSpan Before, TimeSpan After) value) =>
        value.Before == value.After
            ? _time.Format(value.Before)
            : $"{_time.Format(value.Before)},{_time.Format(value.After)}";
}

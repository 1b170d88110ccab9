using System.Globalization;
using VoiceClean.Errors;

namespace VoiceClean.Cleaning.Options;

/// <summary>A unit of a number, its other spellings and what they are worth.</summary>
/// <param name="Name">The unit of a bare number, as it is shown: "LUFS".</param>
/// <param name="Others">Other spellings and how many of <paramref name="Name"/> one of them is.</param>
internal sealed record NumberUnit(string Name, params (string Name, double Factor)[] Others)
{
    public static readonly NumberUnit None = new("");
    public static readonly NumberUnit Fraction = new("", ("%", 0.01));
    public static readonly NumberUnit Ratio = new("", (":1", 1));
    public static readonly NumberUnit Decibel = new("dB");
    public static readonly NumberUnit AboveLoudness = new("dB", ("LU", 1));
    public static readonly NumberUnit FullScale = new("dBFS", ("dB", 1));
    public static readonly NumberUnit Loudness = new("LUFS", ("LKFS", 1), ("dB", 1));
    public static readonly NumberUnit TruePeak = new("dBTP", ("dBFS", 1), ("dB", 1));
    public static readonly NumberUnit Hertz = new("Hz", ("kHz", 1_000), ("k", 1_000));

    /// <summary>
    /// Reads a number that may carry the unit (case does not matter), in the unit of a bare number. The minus sign that
    /// texts are set with is understood: "−16 LUFS" was copied from one.
    /// </summary>
    public bool TryParse(string text, out double value)
    {
        string number = text.Trim().Replace('−', '-');
        double factor = 1;
        foreach ((string name, double worth) in Others.Prepend((Name, 1)).OrderByDescending(u => u.Item1.Length))
        {
            if (name.Length > 0 && number.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                (number, factor) = (number[..^name.Length].TrimEnd(), worth);
                break;
            }
        }

        bool isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        value = factor < 1 ? value / (1 / factor) : value * factor;      // 60% is 0.6 to the bit
        return isNumber && double.IsFinite(value);
    }
}

/// <summary>A number within a range.</summary>
internal sealed class NumberSyntax(ValueRange range, NumberUnit unit) : ValueSyntax<double>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Number;

    /// <inheritdoc/>
    public override string Unit => unit.Name;

    /// <inheritdoc/>
    public override double? Minimum => range.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => range.Maximum;

    /// <inheritdoc/>
    public override string Expectation =>
        FormattableString.Invariant(
            $"a number {(unit.Name.Length > 0 ? $"of {unit.Name} " : "")}between {range.Minimum} and {range.Maximum}");

    /// <inheritdoc/>
    public override bool TryParse(string text, out double value) =>
        unit.TryParse(text, out value) && range.Contains(value);

    /// <inheritdoc/>
    public override string Format(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:R}{unit.Name}");
}

/// <summary>A whole number within a range.</summary>
internal sealed class IntegerSyntax(ValueRange range, NumberUnit unit) : ValueSyntax<int>
{
    private readonly NumberSyntax _number = new(range, unit);

    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Number;

    /// <inheritdoc/>
    public override string Unit => unit.Name;

    /// <inheritdoc/>
    public override double? Minimum => range.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => range.Maximum;

    /// <inheritdoc/>
    public override string Expectation => unit.Name.Length > 0
        ? FormattableString.Invariant($"a whole number of {unit.Name} between {range.Minimum} and {range.Maximum}")
        : FormattableString.Invariant($"a whole number between {range.Minimum} and {range.Maximum}");

    /// <inheritdoc/>
    public override bool TryParse(string text, out int value)
    {
        bool isNumber = _number.TryParse(text, out double number) && Math.Round(number) == number;
        value = isNumber ? (int)number : 0;
        return isNumber;
    }

    /// <inheritdoc/>
    public override string Format(int value) => string.Create(CultureInfo.InvariantCulture, $"{value}{unit.Name}");
}

/// <summary>A share, as "1%" or 0.01.</summary>
internal sealed class ShareSyntax(ValueRange range) : ValueSyntax<double>
{
    /// <inheritdoc/>
    public override OptionKind Kind => OptionKind.Share;

    /// <inheritdoc/>
    public override double? Minimum => range.Minimum;

    /// <inheritdoc/>
    public override double? Maximum => range.Maximum;

    /// <inheritdoc/>
    public override string Expectation =>
        FormattableString.Invariant(
            $"a share between {range.Minimum} and {range.Maximum}, like 1% or 0.01 (a bare number is a fraction of 1)");

    /// <inheritdoc/>
    public override bool TryParse(string text, out double value)
    {
        bool isPercent = text.TrimEnd().EndsWith('%');
        bool isNumber = NumberUnit.None.TryParse(isPercent ? text.TrimEnd()[..^1] : text, out value);
        value = isPercent ? value / 100 : value;
        return isNumber && range.Contains(value);
    }

    /// <inheritdoc/>
    public override string Format(double value)
    {
        string percent = string.Create(CultureInfo.InvariantCulture, $"{value * 100:R}%");
        return TryParse(percent, out double back) && back == value
            ? percent
            : value.ToString("R", CultureInfo.InvariantCulture);
    }
}

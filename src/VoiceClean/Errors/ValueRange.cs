using System.Runtime.CompilerServices;

namespace VoiceClean.Errors;

/// <summary>
/// The values an option may have. It stands once, beside the option's property; the property checks with it, and the
/// table of options shows it.
/// </summary>
/// <param name="Minimum">The least value; of a time, in seconds.</param>
/// <param name="Maximum">The greatest value; of a time, in seconds.</param>
internal readonly record struct ValueRange(double Minimum, double Maximum)
{
    /// <summary>Returns <paramref name="value"/> if it lies within; NaN never does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside or is not a number.</exception>
    public double Checked(double value, [CallerMemberName] string name = "") =>
        Check.InRange(value, Minimum, Maximum, name);

    /// <summary>Returns <paramref name="value"/> if it lies within.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public int Checked(int value, [CallerMemberName] string name = "") =>
        Check.InRange(value, (int)Minimum, (int)Maximum, name);

    /// <summary>Returns <paramref name="value"/> if it lies within, read in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside.</exception>
    public TimeSpan Checked(TimeSpan value, [CallerMemberName] string name = "") =>
        Check.InRange(value, TimeSpan.FromSeconds(Minimum), TimeSpan.FromSeconds(Maximum), name);

    /// <summary>The value within that is nearest to <paramref name="value"/>; NaN stays.</summary>
    public double Clamped(double value) => Math.Clamp(value, Minimum, Maximum);

    /// <summary>Whether <paramref name="value"/> lies within; NaN never does.</summary>
    public bool Contains(double value) => value >= Minimum && value <= Maximum;
}
